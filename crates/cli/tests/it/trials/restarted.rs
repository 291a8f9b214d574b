//! PostgreSQL is restarted, in both ways, while people save.

use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::writers::{EMAIL, PASSWORD, Writers, check_answers, check_kept};
use crate::asking::Served;

#[test]
fn postgres_is_restarted_under_load() {
    let Some(cluster) = Cluster::start(None, "") else { return };
    let place = cluster.place();
    place.add_user(EMAIL, "editor", PASSWORD);
    let served = Served::of(&mut place.command(&["serve", "--listen", "127.0.0.1:0"]));
    let mut all: Vec<super::writers::Answer> = Vec::new();
    let (mut acknowledged, mut refused, mut slowest, mut back) =
        (Vec::new(), 0, Duration::ZERO, Duration::ZERO);
    let rounds = super::times();
    for round in 0..2 * rounds {
        let mode = ["fast", "immediate"][round % 2];
        let writers = Writers::start(&served, 4, &round.to_string());
        std::thread::sleep(Duration::from_millis(700));
        assert!(cluster.down(mode));
        std::thread::sleep(Duration::from_millis(1_000));
        assert!(cluster.up());
        let up = Instant::now();
        std::thread::sleep(Duration::from_millis(2_500));
        let answers = writers.finish();
        let again = answers.iter().find(|answer| answer.status == 303 && answer.at > up);
        back = back.max(again.expect("it recovers without help").at - up);
        slowest = answers.iter().map(|answer| answer.took).max().unwrap().max(slowest);
        refused += answers.iter().filter(|answer| answer.status == 503).count();
        acknowledged
            .extend(answers.iter().filter(|answer| answer.status == 303).map(|answer| answer.name.clone()));
        all.extend(answers);
    }
    let mut client = served.sign_in(EMAIL, PASSWORD);
    let list = client.get("/organisations.csv").body;
    let missing: Vec<&String> =
        acknowledged.iter().filter(|name| !list.contains(&format!("{name},"))).collect();
    assert!(missing.is_empty(), "acknowledged and lost: {missing:?} in {}", &list[..list.len().min(500)]);
    let log = served.stop();
    if all.iter().any(|answer| ![303, 503].contains(&answer.status)) {
        println!("{}", log.lines().filter(|line| line.contains("ERROR")).collect::<Vec<_>>().join("\n"));
    }
    check_answers(&all);
    check_kept(&place, &acknowledged);
    println!(
        "PostgreSQL restarted {} times fast and {} times immediate under load: {} acknowledged, none lost; {refused} refused with 503; \
         slowest answer {:.1} s; saving again {:.1} s after the server was up, at most",
        rounds,
        rounds,
        acknowledged.len(),
        slowest.as_secs_f64(),
        back.as_secs_f64()
    );
}
