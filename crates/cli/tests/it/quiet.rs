//! Nothing of a person is said where nobody asked for it: everything that a full run logs, prints and keeps is searched for every
//! synthetic person's name, number, address and telephone.

use std::path::Path;

use synthetic::SyntheticPerson;

use crate::asking::{Client, Served};
use crate::program::{Place, both};

const PASSWORD: &str = "Lantern-quiet-harbour-17";

fn people() -> Vec<SyntheticPerson> {
    let postcodes: Vec<String> = ["ZY1 1AA", "ZY1 1AB", "ZY2 3DE"].map(str::to_owned).to_vec();
    synthetic::people(11, 24, &postcodes, town::today())
}

fn csv(people: &[SyntheticPerson]) -> String {
    let mut text = "family_name,given_name,date_of_birth,sex,nhs_number,address,postcode,telephone,language,guardian_nhs_number,guardian_is,notes\n".to_owned();
    for person in people {
        let guardian = person.guardian.map(|number| number.reveal()).unwrap_or_default();
        let fields = [
            &person.family_name,
            &person.given_name,
            &person.born.to_string(),
            &person.sex.to_owned(),
            &person.nhs_number.reveal(),
            &person.address,
            &person.postcode,
            &person.telephone,
            &person.language.to_owned(),
            &guardian,
            &person.guardian_is.to_owned(),
            &person.notes,
        ];
        text.push_str(&fields.map(String::as_str).join(","));
        text.push('\n');
    }
    text
}

/// What must not be met, in the forms in which it is written.
fn secrets(people: &[SyntheticPerson]) -> Vec<String> {
    let mut found = vec![
        "Corisande".to_owned(),
        "Ivelmarch".to_owned(),
        "9434765919".to_owned(),
        "943 476 5919".to_owned(),
    ];
    for person in people {
        let letters = person.family_name.to_lowercase();
        let plain = person.postcode.replace(' ', "");
        let encoded = person.nhs_number.reveal_grouped().replace(' ', "%20");
        found.extend([
            person.family_name.clone(),
            letters,
            person.given_name.clone(),
            person.address.clone(),
        ]);
        found.extend([person.nhs_number.reveal(), person.nhs_number.reveal_grouped(), encoded]);
        found.extend([person.postcode.clone(), plain, person.telephone.clone(), person.notes.clone()]);
    }
    found.retain(|text| !text.is_empty());
    found.sort();
    found.dedup();
    found
}

fn refuse(secrets: &[String], what: &str, bytes: &[u8]) {
    for secret in secrets {
        let met = bytes.windows(secret.len()).position(|window| window == secret.as_bytes());
        let around = |at: usize| String::from_utf8_lossy(&bytes[at.saturating_sub(300)..at]).into_owned();
        assert!(met.is_none(), "{what} holds '{secret}' after {}", met.map(around).unwrap_or_default());
    }
}

/// Everything that is kept under a folder, however deep.
fn refuse_files(secrets: &[String], folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            refuse_files(secrets, &path);
        } else {
            refuse(secrets, &path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_full_run_says_nothing_of_anybody() {
    for place in both() {
        let outside = tempfile::tempdir().unwrap();
        let path = |name: &str| outside.path().join(name).display().to_string();
        let (people, mut said) = (people(), Vec::new());
        let secrets = secrets(&people);
        let keys = path("register.keys");
        said.push(place.done(&["keys", "new", "--out", &keys]));
        let place = Place { keys: Some(keys.clone()), ..place };
        std::fs::write(path("people.csv"), csv(&people)).unwrap();
        let damaged =
            csv(&people).replace(&people[3].nhs_number.reveal(), "9990000019").replace("female", "femal");
        std::fs::write(path("damaged.csv"), &damaged).unwrap();
        std::fs::write(path("cut.csv"), &damaged[..damaged.len() / 2]).unwrap();
        for file in ["damaged.csv", "cut.csv"] {
            said.push(place.refused(&["register", "import", &path(file)], 1));
        }
        said.push(place.done(&["register", "import", &path("people.csv"), "--dry-run"]));
        said.push(place.done(&["register", "import", &path("people.csv")]));
        for role in ["immunisation-lead", "director"] {
            let email = format!("{role}@example.org");
            place.add_user(&email, role, PASSWORD);
        }
        let served = Served::start(&place);
        let mut lead = served.sign_in("immunisation-lead@example.org", PASSWORD);
        let mut director = served.sign_in("director@example.org", PASSWORD);
        use_everything(&mut lead, &mut director, &people);
        said.push(served.stop());
        assert!(said.last().unwrap().contains("/register/people/{person}"), "the log names the route");
        said.push(place.done(&["keys", "new", "--out", &keys]));
        said.push(place.done(&["keys", "rotate"]));
        said.push(place.done(&["keys", "list"]));
        said.push(String::from_utf8(place.het(&["doctor"]).stdout).unwrap());
        said.push(place.done(&["audit", "verify"]));
        said.push(place.done(&["audit", "export"]));
        said.push(place.done(&["audit", "export", "--register"]));
        said.push(place.done(&["backup", "key", "--out", &path("backup.key")]));
        std::fs::create_dir(outside.path().join("kept")).unwrap();
        said.push(place.done(&["backup", "--out", &path("kept"), "--key", &path("backup.key")]));
        let to = Place::sqlite();
        said.push(place.done(&["move", "--to", &to.address()]));
        for (number, text) in said.iter().enumerate() {
            refuse(&secrets, &format!("output {number}"), text.as_bytes());
        }
        refuse_files(&secrets, place.folder.path());
        refuse_files(&secrets, to.folder.path());
        refuse_files(&secrets, &outside.path().join("kept"));
    }
}

/// Looks for everybody in every way, opens, reads, corrects and adds, breaks the glass and looks at it; and does what people do wrong.
fn use_everything(lead: &mut Client, director: &mut Client, people: &[SyntheticPerson]) {
    for person in people {
        let number = person.nhs_number.reveal_grouped();
        let found = lead.send("/register/search", &[("nhs_number", &number)]);
        assert_eq!(found.status, 200);
        assert!(found.body.contains(&person.family_name), "the page itself names whom it found");
        let (_, rest) = found.body.split_once("/register/people/").unwrap();
        let path = format!("/register/people/{}", rest.split('"').next().unwrap());
        let words = format!("{} rang about {}", person.given_name, person.family_name);
        assert_eq!(
            lead.send(&format!("{path}/reason"), &[("reason", "care"), ("words", &words)]).status,
            303
        );
        assert!(lead.get(&path).body.contains(&person.given_name));
        assert!(lead.get(&format!("{path}/readings")).body.contains(&words));
        assert!(lead.get(&format!("{path}/correct")).body.contains(&person.nhs_number.reveal_grouped()));
        assert_eq!(lead.send("/register/search", &[("postcode", &person.postcode)]).status, 200);
        // Wrong values, numbers in addresses, forms that lack half.
        assert_eq!(
            lead.send(&format!("{path}/correct"), &[("family_name", &person.family_name)]).status,
            422
        );
        assert_eq!(lead.send("/register/search", &[("family_name", &person.family_name)]).status, 422);
        assert_eq!(lead.get(&format!("/register/people/{}", person.nhs_number.reveal())).status, 404);
        assert_eq!(
            lead.get(&format!(
                "/register?nhs_number={}&name={}",
                person.nhs_number.reveal(),
                person.family_name
            ))
            .status,
            200
        );
        assert_eq!(director.get(&format!("/register/new?name={}", person.family_name)).status, 403);
    }
    let fields = [
        ("given_name", "Corisande"),
        ("family_name", "Ivelmarch"),
        ("date_of_birth-day", "5"),
        ("date_of_birth-month", "6"),
        ("date_of_birth-year", "2021"),
        ("sex", "female"),
        ("nhs_number", "943 476 5919"),
    ];
    let added = lead.send("/register/new", &fields);
    assert_eq!(added.status, 303);
    let mut corrected = fields.to_vec();
    corrected.extend([("reason", "wrong"), ("address", "7 Synthetic Street")]);
    assert_eq!(lead.send(&format!("{}/correct", added.location), &corrected).status, 303);
    let words = format!("{} is missing", people[0].family_name);
    let glass = [("reason", "danger"), ("words", &*words), ("nhs_number", "943 476 5919")];
    assert_eq!(director.send("/register/break-glass", &glass).status, 303);
    let reviews = lead.get("/register/reviews").body;
    let (_, rest) = reviews.split_once("/register/reviews/").unwrap();
    let review = format!("/register/reviews/{}", rest.split('"').next().unwrap());
    assert!(lead.get(&review).body.contains(&words));
    assert_eq!(lead.send(&review, &[("decision", "justified"), ("words", &words)]).status, 303);
}
