//! The clock of the machine is set back while het is served (libfaketime, where it is installed).

use std::time::Duration;

use super::writers::{EMAIL, PASSWORD, save, signed_in};
use crate::asking::Served;
use crate::program::both;

fn library() -> Option<String> {
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    let found = folders
        .filter_map(|folder| Some(folder.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .find(|library| library.exists())?;
    Some(found.display().to_string())
}

#[test]
fn the_clock_is_set_back() {
    let Some(library) = library() else {
        println!("skipped: libfaketime is not installed");
        return;
    };
    for place in both() {
        place.add_user(EMAIL, "editor", PASSWORD);
        let clock = place.folder.path().join("clock");
        std::fs::write(&clock, "+0\n").unwrap();
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command
            .env("LD_PRELOAD", &library)
            .env("FAKETIME_TIMESTAMP_FILE", &clock)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        let served = Served::of(&mut command);
        let (mut client, token) = signed_in(&served);
        assert_eq!(save(&mut client, &token, "Synthetic before").status, 303);
        // Six attempts at another account, so that it is locked when the clock jumps.
        let wrong = [("email", "other@example.org"), ("password", "Wrong-guess-entirely-9"), ("to", "/")];
        let tries = |count: usize| -> Vec<u16> {
            (0..count).map(|_| served.stranger().send("/sign-in", &wrong).status).collect()
        };
        assert_eq!(tries(7).last(), Some(&429));

        // Three hours back, as when a wrong clock is put right.
        std::fs::write(&clock, "-3h\n").unwrap();
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(client.get("/account").status, 200, "a session goes on");
        assert_eq!(save(&mut client, &token, "Synthetic after").status, 303);
        let (mut again, _) = signed_in(&served);
        assert_eq!(again.get("/account").status, 200, "and others begin");
        // What was counted before counts, and nobody is locked out for hours.
        let locked = served.stranger().send("/sign-in", &wrong);
        let locked = if locked.status == 422 { served.stranger().send("/sign-in", &wrong) } else { locked };
        assert_eq!(locked.status, 429);
        let wait = locked.head.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap();
        assert!(wait.parse::<u64>().unwrap() <= 60, "nobody is locked out for hours: {wait} s");
        // Forwards again, past it all.
        std::fs::write(&clock, "+13h\n").unwrap();
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(client.get("/account").status, 303, "a session ends after twelve hours");
        assert_eq!(tries(1), [422]);
        // What is done now is noted as done tomorrow, which the doctor sees today.
        signed_in(&served);
        served.stop();
        place.done(&["audit", "verify"]);
        assert!(place.doctor().contains("the clock was set back"));
    }
}
