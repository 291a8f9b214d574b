//! Every connection to the database is taken, or another process writes to it for long: whoever asks is answered or told soon, and
//! afterwards all goes on by itself.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use town::Town;

use super::writers::{EMAIL, PASSWORD, save, signed_in};
use crate::asking::Served;
use crate::program::Place;

#[test]
fn the_connections_are_exhausted() {
    let Some(place) = Place::postgres() else { return };
    place.add_user(EMAIL, "editor", PASSWORD);
    let served = Served::of(&mut place.command(&["serve", "--listen", "127.0.0.1:0", "--no-jobs"]));
    let (client, token) = signed_in(&served);
    let mut slowest = Duration::ZERO;
    let mut refused = 0;
    for _ in 0..super::times() {
        let mut lock = Command::new("psql")
            .args([
                place.url.as_deref().unwrap(),
                "-qtAc",
                "BEGIN",
                "-c",
                "LOCK TABLE session IN ACCESS EXCLUSIVE MODE",
            ])
            .args(["-c", "SELECT pg_sleep(6)", "-c", "COMMIT"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(700));
        // Nine who are signed in hold all eight connections, waiting for the table.
        let waiting: Vec<_> = (0..9)
            .map(|_| {
                let mut client = client.clone();
                std::thread::spawn(move || client.get("/organisations").status)
            })
            .collect();
        std::thread::sleep(Duration::from_millis(500));
        let asking = ["/", "/health/ready", "/sign-in", "/api/indicators"].map(|path| {
            let mut stranger = served.stranger();
            std::thread::spawn(move || {
                let began = Instant::now();
                (path, stranger.get(path), began.elapsed())
            })
        });
        for (path, answer, took) in asking.map(|one| one.join().unwrap()) {
            assert_eq!(answer.status, 503, "{path}: {}", answer.body);
            assert!(took < Duration::from_secs(5), "{path} took {took:?}");
            slowest = slowest.max(took);
            refused += 1;
            if path != "/health/ready" {
                assert!(answer.head.contains("retry-after: 5"), "{}", answer.head);
                let json = answer.head.contains("application/problem+json");
                assert_eq!(json, path.starts_with("/api"), "{path}: {}", answer.head);
            }
        }
        assert!(lock.wait().unwrap().success());
        let answers: Vec<u16> = waiting.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(answers.iter().all(|status| [200, 503].contains(status)), "{answers:?}");
        let answer = save(&mut client.clone(), &token, "Synthetic afterwards");
        assert!([303, 422].contains(&answer.status), "it goes on by itself: {}", answer.body);
    }
    served.stop();
    place.done(&["audit", "verify"]);
    println!(
        "connections exhausted: {refused} refused with 503, after {:.1} s at most",
        slowest.as_secs_f64()
    );
}

/// SQLite has one writer: while another process holds it, people go on reading, signed in or not, whoever saves or signs in waits, and
/// is told after ten seconds.
#[test]
fn another_process_writes_for_long() {
    let place = Place::sqlite();
    place.add_user(EMAIL, "editor", PASSWORD);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _within = runtime.enter();
    // Sessions that were last used some minutes ago: that they are used now is to be noted.
    let sessions: Vec<String> = runtime.block_on(async {
        let town = Town::open(&place.address()).await.unwrap();
        let earlier = town::now().checked_sub(Duration::from_secs(300)).unwrap();
        let mut sessions = Vec::new();
        for _ in 0..9 {
            sessions.push(town.sign_in(EMAIL, PASSWORD, earlier).await.unwrap().unwrap().token);
        }
        town.close().await.unwrap();
        sessions
    });
    let served = Served::of(&mut place.command(&["serve", "--listen", "127.0.0.1:0", "--no-jobs"]));
    let (client, token) = signed_in(&served);
    let (mut read, mut told) = (Duration::ZERO, Duration::ZERO);
    for round in 0..super::times() {
        let other = runtime.block_on(store::Store::open(&place.address())).unwrap();
        let held = runtime.block_on(other.write()).unwrap();
        let timed = |mut client: crate::asking::Client, path: &'static str| {
            std::thread::spawn(move || {
                let began = Instant::now();
                (client.get(path).status, began.elapsed())
            })
        };
        let saving: Vec<_> = (0..4)
            .map(|person| {
                let (mut client, token) = (client.clone(), token.clone());
                std::thread::spawn(move || save(&mut client, &token, &format!("Synthetic {round}-{person}")))
            })
            .collect();
        let signing_in: Vec<_> = (0..4)
            .map(|_| {
                let mut stranger = served.stranger();
                let fields = [("email", EMAIL), ("password", PASSWORD), ("to", "/")];
                let token = stranger.token();
                std::thread::spawn(move || {
                    let began = Instant::now();
                    (stranger.send_with(&token, "/sign-in", &fields).status, began.elapsed())
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(300));
        let signed_in =
            sessions.iter().map(|token| timed(served.stranger().holding(token), "/organisations"));
        let strangers = ["/", "/indicators", "/sign-in"].map(|path| timed(served.stranger(), path));
        let reading: Vec<_> = signed_in.chain(strangers).collect();
        for (status, took) in reading.into_iter().map(|one| one.join().unwrap()) {
            assert_eq!(status, 200);
            assert!(took < Duration::from_secs(2), "reading took {took:?}");
            read = read.max(took);
        }
        for answer in saving.into_iter().map(|one| one.join().unwrap()) {
            assert_eq!(answer.status, 503, "{}", answer.body);
            told = told.max(answer.took);
        }
        for (status, took) in signing_in.into_iter().map(|one| one.join().unwrap()) {
            assert_eq!(status, 503);
            told = told.max(took);
        }
        runtime.block_on(held.abandon()).unwrap();
        runtime.block_on(other.close()).unwrap();
        let answer = save(&mut client.clone(), &token, &format!("Synthetic afterwards {round}"));
        assert_eq!(answer.status, 303, "it goes on by itself: {}", answer.body);
    }
    served.stop();
    place.done(&["audit", "verify"]);
    println!(
        "another process wrote: pages after {:.2} s at most, who saves or signs in told after {:.1} s at most",
        read.as_secs_f64(),
        told.as_secs_f64()
    );
}
