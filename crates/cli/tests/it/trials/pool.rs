//! Every connection to the database is taken: whoever asks is told soon, and when they are given back all goes on by itself.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
