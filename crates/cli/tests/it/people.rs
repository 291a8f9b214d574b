//! The register and its keys, as an administrator types them.

use crate::program::{Place, both};

const PEOPLE: &str = "family_name,given_name,date_of_birth,sex,nhs_number
Thistlemere,Audemira,2019-03-31,female,9990000018
Amberwick,Drustan,2020-01-01,male,9434765919
";

fn path(place: &Place, name: &str) -> String {
    place.folder.path().join(name).display().to_string()
}

fn with_people(place: Place) -> Place {
    let (keys, file) = (path(&place, "register.keys"), path(&place, "people.csv"));
    place.done(&["keys", "new", "--out", &keys]);
    std::fs::write(&file, PEOPLE).unwrap();
    let place = Place { keys: Some(keys), ..place };
    assert!(place.done(&["register", "import", &file]).contains("2 new, 0 changed, 0 unchanged"));
    place
}

#[test]
fn people_are_imported_whole_or_not() {
    for place in both() {
        let file = path(&place, "people.csv");
        std::fs::write(&file, PEOPLE).unwrap();
        assert!(place.refused(&["register", "import", &file], 1).contains("keys"), "the register is shut");
        let place = with_people(place);
        std::fs::write(&file, PEOPLE.replace("9434765919", "9434765918")).unwrap();
        let said = place.refused(&["register", "import", &file], 1);
        assert!(said.contains("people.csv, cell E3, row 3, nhs_number: '9999999999'"), "{said}");
        assert!(said.contains("nothing was kept") && !said.contains("943476"), "{said}");
        assert!(place.doctor().contains("2 people"));
        assert!(place.done(&["audit", "verify"]).contains("register: 1 entries"));
    }
}

#[test]
fn a_new_key_takes_over_and_the_old_one_can_go() {
    for place in both() {
        let place = with_people(place);
        let keys = place.keys.clone().unwrap();
        place.done(&["keys", "new", "--out", &keys]);
        let said = place.doctor();
        assert!(
            said.contains("WARNING  keys") && said.contains("2 rows are sealed by an older key"),
            "{said}"
        );
        assert!(place.done(&["keys", "rotate"]).starts_with("2 rows"));
        assert!(place.doctor().contains("seals everything"));
        // The old line goes; the new one alone opens everything.
        let text = std::fs::read_to_string(&keys).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let newest = lines[1].to_owned();
        assert_eq!(lines.len(), 3);
        std::fs::write(&keys, format!("{newest}\n")).unwrap();
        assert!(place.done(&["keys", "list"]).contains("2 rows"));
        // A key in the environment, and from a command.
        let bare = Place { keys: None, ..place };
        assert!(
            bare.done(&["keys", "list", "--keys-command", &format!("echo {newest}")]).contains("it seals")
        );
        let output = bare.command(&["doctor"]).env("HET_KEYS", &newest).output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().contains("seals everything"));
        // Without it, and with another one, the doctor says so.
        let output = bare.het(&["doctor"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stdout).unwrap().contains("2 rows are sealed: say where"));
        let other = path(&bare, "other.keys");
        bare.done(&["keys", "new", "--out", &other]);
        let output = bare.het(&["doctor", "--keys", &other]);
        assert!(String::from_utf8(output.stdout).unwrap().contains("a key that was not given"));
    }
}

#[test]
fn a_backup_holds_the_register_and_not_its_keys() {
    for place in both() {
        let place = with_people(place);
        let (key, backups) = (path(&place, "backup.key"), path(&place, "backups"));
        std::fs::create_dir(&backups).unwrap();
        place.done(&["backup", "key", "--out", &key]);
        place.done(&["backup", "--out", &backups, "--key", &key]);
        let to = Place::sqlite();
        assert!(to.done(&["restore", &backups, "--key", &key]).contains("every table compared"));
        // Restored, it is still sealed.
        let output = to.het(&["doctor"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("2 people") && said.contains("BAD      keys"), "{said}");
        let to = Place { keys: place.keys.clone(), ..to };
        assert!(to.doctor().contains("seals everything"));
        assert!(to.done(&["audit", "verify"]).contains("register: 1 entries"));
        // And what was there before is put aside with its register.
        let said = to.done(&["restore", &backups, "--key", &key, "--replace"]);
        assert!(said.contains("What was there before"), "{said}");
        let kept = std::fs::read_dir(to.folder.path()).unwrap();
        let names: Vec<String> =
            kept.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(names.iter().any(|name| name.starts_with("het-register.sqlite.before-")), "{names:?}");
    }
}

#[test]
fn a_move_takes_the_register_along() {
    for place in both() {
        let place = with_people(place);
        for to in both() {
            let said = place.done(&["move", "--to", &to.address()]);
            assert!(said.contains("register.person"), "{said}");
            let to = Place { keys: place.keys.clone(), ..to };
            let said = to.doctor();
            assert!(said.contains("2 people") && said.contains("seals everything"), "{said}");
        }
    }
}

#[test]
fn a_changed_entry_of_the_registers_log_is_found() {
    let place = with_people(Place::sqlite());
    let file = place.folder.path().join("het-register.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let sign = b"\"added\":2";
    let at = bytes.windows(sign.len()).position(|window| window == sign).unwrap();
    bytes[at + 8] = b'3';
    std::fs::write(&file, bytes).unwrap();
    let said = place.refused(&["audit", "verify"], 1);
    assert!(said.contains("register") && said.contains("entry 1"), "{said}");
}
