//! `het backup`, `het restore`, `het move`, `het doctor` and `het audit`, as an administrator types them.

use crate::program::{Place, both};

fn path(place: &Place, name: &str) -> String {
    place.folder.path().join(name).display().to_string()
}

#[test]
fn a_town_is_backed_up_proved_and_restored() {
    for place in both() {
        place.done(&["set", "--name", "Before"]);
        let (key, backups) = (path(&place, "key"), path(&place, "backups"));
        std::fs::create_dir(&backups).unwrap();
        place.done(&["backup", "key", "--out", &key]);
        assert!(place.refused(&["backup", "key", "--out", &key], 1).contains("never written over"));
        place.refused(&["backup", "--out", &backups], 2);
        let made = place.done(&["backup", "--out", &backups, "--key", &key]);
        let (file, _) = made.split_once(':').filter(|(file, _)| file.ends_with(".hetbackup")).expect(&made);
        let file = file.to_owned();
        assert!(place.done(&["backup", "list", &backups]).contains(&file));
        assert!(place.done(&["backup", "verify", &file, "--key", &key]).contains("follow each other"));
        place.done(&["set", "--name", "After"]);

        // Into a new place.
        let to = Place::sqlite();
        assert!(to.done(&["restore", &file, "--key", &key]).contains("every table compared"));
        assert!(to.done(&["set"]).starts_with("Before"));
        // Where something is, only when told to, and not with another key.
        assert!(to.refused(&["restore", &backups, "--key", &key], 1).contains("--replace"));
        let other = path(&to, "other");
        to.done(&["backup", "key", "--out", &other]);
        let said = to.refused(&["restore", &backups, "--key", &other, "--replace"], 1);
        assert!(said.contains("which the key file does not hold"), "{said}");
        let said = to.done(&["restore", &backups, "--key", &key, "--replace"]);
        assert!(said.contains("What was there before"), "{said}");
        let said = to.refused(&["restore", &backups, "--key", &key, "--at", "2020-01-01T00:00:00Z"], 1);
        assert!(said.contains("no backup"), "{said}");

        // A byte of it changed.
        let mut bytes = std::fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        assert!(to.refused(&["backup", "verify", &file, "--key", &key], 1).contains("damaged"));
    }
}

#[test]
fn a_key_that_everybody_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::sqlite();
    let key = path(&place, "key");
    place.done(&["backup", "key", "--out", &key]);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = place.refused(&["backup", "--out", &path(&place, "b"), "--key", &key], 1);
    assert!(said.contains("chmod 600"), "{said}");
}

#[test]
fn a_town_is_moved() {
    for place in both() {
        place.done(&["set", "--name", "Moving"]);
        for to in both() {
            let said = place.done(&["move", "--to", &to.address()]);
            assert!(said.contains("every table compared"), "{said}");
            assert!(to.done(&["set"]).starts_with("Moving"));
            assert!(place.refused(&["move", "--to", &to.address()], 1).contains("not empty"));
        }
    }
}

#[test]
fn the_doctor_says_what_is_wrong() {
    let place = Place::sqlite();
    let said = place.done(&["doctor"]);
    for part in
        ["database", "writes", "tables", "audit log", "disk", "settings", "accounts", "backups", "clock"]
    {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert!(said.contains("synchronous 2"), "{said}");
    assert!(!said.contains("BAD"), "{said}");
    place.done(&["set", "--name", "Town"]);
    let file = place.folder.path().join("het.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let sign = b"\"town-name\":\"Town\"";
    let at = bytes.windows(sign.len()).position(|window| window == sign).unwrap();
    bytes[at + 14] = b'C';
    std::fs::write(&file, bytes).unwrap();
    let output = place.het(&["doctor"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("its words were changed"), "{said}");
    assert!(place.refused(&["audit", "verify"], 1).contains("entry 1"));
}

#[test]
fn the_end_of_the_audit_log_is_noted_and_held() {
    for place in both() {
        place.done(&["set", "--name", "One"]);
        let said = place.done(&["audit", "verify"]);
        let hash = said.trim().rsplit(' ').next().unwrap().to_owned();
        place.done(&["set", "--name", "Two"]);
        place.done(&["audit", "verify", "--entries", "1", "--hash", &hash]);
        place.refused(&["audit", "verify", "--entries", "2", "--hash", &hash], 1);
        place.refused(&["audit", "verify", "--entries", "9", "--hash", &hash], 1);
        let csv = place.done(&["audit", "export", "--format", "csv"]);
        assert_eq!(csv.lines().count(), 3, "{csv}");
        assert!(csv.contains(&hash), "{csv}");
    }
}
