//! A writing process is killed (SIGKILL) at a random moment: everything that it acknowledged is there afterwards, the audit
//! log is whole, what was changed and what the log says of it are both there or neither, and the program starts again by itself.
//!
//! `HET_KILL_TRIALS` says how many times (3 when it is not set); the trial of the issue is 300 on each database. Killing a process
//! is not cutting the power: that what was acknowledged reached the disk rests on `synchronous = FULL` and `fsync`, which
//! `het doctor` checks.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use town::accounts::NewUser;
use town::register::PersonForm;
use town::{Actor, Keys, Opening, Role, Setup, Town};

use crate::program::{Place, both};

const ADDRESS: &str = "HET_TRIAL_ADDRESS";
const ROUND: &str = "HET_TRIAL_ROUND";

/// The keys of the register: those of a trial protect nothing.
const KEYS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

async fn open(address: &str) -> Town {
    let keys = Some(Keys::parse(KEYS).unwrap());
    Town::open_with(Opening { keys, ..Opening::at(address) }).await.unwrap()
}

/// The process that is killed: this very test binary, started again with an address. Three tasks set the town's name, one adds
/// people to the register, one adds accounts; each says on standard output what was acknowledged.
#[test]
fn writer() {
    let (Ok(address), Ok(round)) = (std::env::var(ADDRESS), std::env::var(ROUND)) else { return };
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let town = open(&address).await;
        let people = tokio::spawn(add_people_for_ever(town.clone()));
        let setters = (0..3).map(|task| tokio::spawn(set_for_ever(town.clone(), format!("{round}-{task}"))));
        let setters: Vec<_> = setters.collect();
        add_for_ever(town, round).await;
        drop((setters, people));
    });
}

async fn set_for_ever(town: Town, task: String) {
    for number in 0.. {
        let name = format!("town-{task}-{number}");
        let setup = Setup { town_name: Some(name.clone()), ..Setup::default() };
        town.set_up(&Actor::command_line("trial"), setup).await.unwrap();
        println!("\nack {name}");
    }
}

async fn add_for_ever(town: Town, round: String) {
    for number in 0.. {
        let email = format!("user-{round}-{number}@example.org");
        let (name, password) = ("A".to_owned(), format!("Lantern-{round}-{number}-quiet"));
        let new = NewUser { email: email.clone(), name, role: Role::Reader, password };
        town.add_user(&Actor::command_line("trial"), new).await.unwrap();
        println!("\nack {email}");
    }
}

async fn add_people_for_ever(town: Town) {
    let lead = Actor::account("trial@example.org", Role::ImmunisationLead);
    for number in 0.. {
        let form = PersonForm {
            family_name: format!("Trial {number}"),
            given_name: "Synthetic".to_owned(),
            date_of_birth: "2019-03-31".to_owned(),
            sex: "unknown".to_owned(),
            ..PersonForm::default()
        };
        let id = town.add_person(&lead, &form, town::today(), town::now()).await.unwrap();
        println!("\nack person {id}");
    }
}

/// Starts a writer, kills it after `moment` from its first acknowledgement, and gives what it had acknowledged.
fn killed_after(place: &Place, round: usize, moment: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::writer", "--nocapture", "--test-threads", "1"])
        .env(ADDRESS, place.address())
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    let (first, began) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        let mut acknowledged = Vec::new();
        for line in lines.lines().map_while(Result::ok) {
            if let Some(what) = line.strip_prefix("ack ") {
                let _ = first.send(());
                acknowledged.push(what.to_owned());
            }
        }
        acknowledged
    });
    began
        .recv_timeout(Duration::from_secs(60))
        .expect("the writer never began: it did not start again by itself");
    std::thread::sleep(moment);
    // SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    let mut acknowledged = reading.join().unwrap();
    // The last line may have been cut off in the middle of its name, which then is not an acknowledgement.
    acknowledged.pop();
    acknowledged
}

/// Checks what is there after a kill; `opened` are the records that were opened after an earlier one. Gives how many entries both logs
/// have.
fn check(place: &Place, acknowledged: &[String], round: usize, opened: &mut HashSet<String>) -> usize {
    place.done(&["audit", "verify"]);
    let log = place.done(&["audit", "export", "--format", "json"]);
    let entries: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let subjects: HashSet<&str> = entries.iter().filter_map(|entry| entry["subject"].as_str()).collect();
    let names: HashSet<&str> =
        entries.iter().filter_map(|entry| entry["detail"]["town-name"].as_str()).collect();
    for what in acknowledged.iter().filter(|what| !what.starts_with("person ")) {
        let there = names.contains(what.as_str()) || subjects.contains(format!("account {what}").as_str());
        assert!(there, "round {round}: {what} was acknowledged and is not there");
    }
    // What was changed and what the log says of it.
    let last = entries.iter().rev().find_map(|entry| entry["detail"]["town-name"].as_str());
    let (name, users) = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let town = open(&place.address()).await;
        let name = town.settings().await.unwrap().town_name;
        let users = town.users(&Actor::command_line("trial")).await.unwrap();
        town.close().await.unwrap();
        (name, users)
    });
    assert_eq!(Some(name.as_str()), last, "round {round}");
    let logged = subjects.iter().filter(|subject| subject.starts_with("account ")).count();
    assert_eq!(users.len(), logged, "round {round}");
    entries.len() + check_register(place, acknowledged, round, opened)
}

/// Every acknowledged person is there with their entry, and everybody else that the register's log speaks of; whoever was not opened before
/// is opened.
fn check_register(
    place: &Place,
    acknowledged: &[String],
    round: usize,
    opened: &mut HashSet<String>,
) -> usize {
    let log = place.done(&["audit", "export", "--register", "--format", "json"]);
    let logged: HashSet<String> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|entry| entry["subject"].as_str().map(str::to_owned))
        .collect();
    for what in acknowledged.iter().filter(|what| what.starts_with("person ")) {
        assert!(logged.contains(what), "round {round}: {what} was acknowledged and is not there");
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let town = open(&place.address()).await;
        let lead = Actor::account("trial@example.org", Role::ImmunisationLead);
        for subject in logged.difference(opened) {
            let id = subject.strip_prefix("person ").unwrap();
            town.record(&lead, id, town::now()).await.unwrap();
        }
        let uses = town.key_uses(&Actor::command_line("trial")).await.unwrap();
        // A row for each person, and one for the reading of whoever added them.
        assert_eq!(uses[0].rows, 2 * logged.len() as i64, "round {round}");
        town.close().await.unwrap();
    });
    let entries = logged.len();
    *opened = logged;
    entries
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let trials = std::env::var("HET_KILL_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    std::thread::scope(|scope| {
        for place in both() {
            scope.spawn(move || kill_again_and_again(&place, trials, seed));
        }
    });
}

fn kill_again_and_again(place: &Place, trials: usize, seed: u64) {
    let (mut random, mut acknowledged, mut entries, began) = (seed, 0, 0, Instant::now());
    let mut opened = HashSet::new();
    for round in 0..trials {
        // Marsaglia's xorshift, 2003.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let found = killed_after(place, round, Duration::from_millis(random % 500));
        acknowledged += found.len();
        if round + 1 == trials {
            // In the end every record is opened once more.
            opened.clear();
        }
        entries = check(place, &found, round, &mut opened);
    }
    println!(
        "{}: {trials} kills (seed {seed}), {acknowledged} acknowledged writes, none lost; {entries} audit entries; {:.0} s",
        if place.url.is_some() { "PostgreSQL" } else { "SQLite" },
        began.elapsed().as_secs_f64()
    );
}
