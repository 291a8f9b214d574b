//! Two processes serve one town on one PostgreSQL: what is changed, ended, tried or done at one counts at the other.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::asking::Served;
use crate::program::Place;

const EMAIL: &str = "editor@example.org";
const PASSWORD: &str = "Lantern-quiet-harbour-17";

fn serve(place: &Place) -> Served {
    Served::of(&mut place.command(&["serve", "--listen", "127.0.0.1:0"]))
}

fn psql(place: &Place, sql: &str) -> String {
    let url = place.url.as_deref().unwrap();
    let output = Command::new("psql").args([url, "-qtAc", sql]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Waits until a question has an answer, for at most so long.
fn until(place: &Place, question: &str, answer: &str, most: Duration) {
    let began = Instant::now();
    loop {
        let found = psql(place, question);
        if found == answer {
            return;
        }
        assert!(began.elapsed() < most, "{question}: {found} after {most:?}, not {answer}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn what_is_done_at_one_counts_at_the_other() {
    let Some(place) = Place::postgres() else { return };
    place.done(&["set", "--name", "Before"]);
    place.add_user(EMAIL, "editor", PASSWORD);
    let (one, other) = (serve(&place), serve(&place));

    // A session is everybody's, and so is its end.
    let mut at_one = one.sign_in(EMAIL, PASSWORD);
    let mut at_other = at_one.at(&other);
    assert!(at_one.get("/").body.contains("Before"));
    assert!(at_other.get("/").body.contains("Before"));
    assert_eq!(at_other.get("/account").status, 200);

    // A change is seen at the next request, though both keep pages and settings.
    for number in 0..20 {
        let (from, to) =
            if number % 2 == 0 { (&mut at_one, &mut at_other) } else { (&mut at_other, &mut at_one) };
        let name = format!("Synthetic partner {number}");
        assert_eq!(to.get("/organisations").status, 200);
        assert_eq!(from.send("/organisations/new", &[("name", &name), ("kind", "charity")]).status, 303);
        assert!(to.get("/organisations").body.contains(&name), "{name}");
    }
    place.done(&["set", "--name", "After"]);
    assert!(at_one.get("/").body.contains("After") && at_other.get("/").body.contains("After"));

    assert_eq!(at_other.send("/sign-out", &[]).status, 303);
    assert_eq!(at_one.get("/account").status, 303, "it was ended at the other");

    // Attempts are counted together: six at once, three at each.
    let wrong = [("email", EMAIL), ("password", "Wrong-guess-entirely-9"), ("to", "/")];
    let tried: Vec<u16> = (0..8)
        .map(|number| {
            (if number % 2 == 0 { &one } else { &other }).stranger().send("/sign-in", &wrong).status
        })
        .collect();
    assert_eq!(tried, [422, 422, 422, 422, 422, 422, 429, 429], "six are answered, more are not");
    let answer = other.stranger().send("/sign-in", &wrong);
    assert!(answer.head.contains("retry-after: "), "{}", answer.head);

    one.stop();
    other.stop();
    place.done(&["audit", "verify"]);
}

#[test]
fn a_job_is_done_once() {
    let Some(place) = Place::postgres() else { return };
    let (one, other) = (serve(&place), serve(&place));
    until(&place, "SELECT COUNT(*) FROM job", "1", Duration::from_secs(20));
    for run in 1..=3 {
        psql(&place, "UPDATE job SET due_at = 0");
        let wanted = run.to_string();
        until(&place, "SELECT runs FROM job WHERE holder = ''", &wanted, Duration::from_secs(15));
        // Both have looked again by then.
        std::thread::sleep(Duration::from_secs(6));
        assert_eq!(psql(&place, "SELECT runs, failures FROM job"), format!("{run}|0"));
    }
    assert_eq!(psql(&place, "SELECT COUNT(*) FROM audit_entry WHERE action = 'run job'"), "3");
    let figures = one.stranger().get("/metrics").body;
    assert!(figures.contains("het_job_runs_total{job=\"clear-up\"} 3"), "{figures}");
    assert!(place.doctor().contains("clear-up done at"));
    let logs = one.stop() + &other.stop();
    assert_eq!(logs.matches("a job was done").count(), 3, "{logs}");
    place.done(&["audit", "verify"]);
}

/// A connection that keeps a job from going on.
struct Lock(Child);

impl Lock {
    fn on(place: &Place, sql: &str) -> Lock {
        let mut child = Command::new("psql")
            .args([place.url.as_deref().unwrap(), "-qtA"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let words = format!("BEGIN; {sql}; SELECT 'locked';\n");
        child.stdin.as_mut().unwrap().write_all(words.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "locked");
        Lock(child)
    }

    fn release(mut self) {
        // At the end of its input it goes, and what it did not commit with it.
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

#[test]
fn a_job_of_a_killed_process_is_taken_over() {
    let Some(place) = Place::postgres() else { return };
    let one = serve(&place);
    until(&place, "SELECT COUNT(*) FROM job", "1", Duration::from_secs(20));
    let lock = Lock::on(&place, "LOCK TABLE session IN SHARE MODE");
    psql(&place, "UPDATE job SET due_at = 0");
    until(&place, "SELECT holder <> '' FROM job", "t", Duration::from_secs(15));
    let other = serve(&place);
    // Whoever has it and shows it keeps it, for longer than a lease lasts.
    let holder = psql(&place, "SELECT holder FROM job");
    std::thread::sleep(Duration::from_secs(30));
    assert_eq!(psql(&place, "SELECT holder FROM job"), holder);
    one.kill();
    let began = Instant::now();
    lock.release();
    until(&place, "SELECT runs FROM job WHERE holder = ''", "1", Duration::from_secs(60));
    println!("taken over and done {:.1} s after it was killed", began.elapsed().as_secs_f64());
    assert!(other.stop().contains("a job was done"));
    assert_eq!(psql(&place, "SELECT COUNT(*) FROM audit_entry WHERE action = 'run job'"), "1");
    place.done(&["audit", "verify"]);
}
