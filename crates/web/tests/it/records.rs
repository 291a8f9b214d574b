//! Records of people, as those who read them meet them.

use super::serving::{Role, serving};

#[test]
fn a_record_is_found_opened_for_a_reason_and_its_readings_shown() {
    let mut hub = serving().client(Role::HubWorker);
    let found = hub.send("/register/search", &[("nhs_number", "999 000 0018")]);
    assert_eq!(found.status, 200);
    let (_, rest) = found.body.split_once("/register/people/").unwrap();
    let id = rest.split('"').next().unwrap();
    let path = format!("/register/people/{id}");
    // Found by its number and name, and still shut.
    assert!(found.body.contains("1 found"));
    let shut = hub.get(&path);
    assert!(shut.body.contains("Why do you need this record?") && !shut.body.contains("Synthetic Street"));
    for below in ["correct", "readings"] {
        let page = hub.get(&format!("{path}/{below}"));
        assert!(page.body.contains("Why do you need this record?"), "{below}");
        assert!(page.body.contains(&format!("name=\"next\" value=\"{below}\"")), "{below}");
    }
    assert_eq!(hub.send(&format!("{path}/reason"), &[("reason", "because")]).status, 422);
    let opened = hub.send(&format!("{path}/reason"), &[("reason", "contact"), ("next", "readings")]);
    assert_eq!((opened.status, opened.header("location")), (303, format!("{path}/readings").as_str()));
    let shown = hub.get(&path);
    assert!(shown.body.contains("Synthetic Street") && shown.body.contains("Not shown to your role"));
    assert!(!shown.body.contains("999 000 0018"), "a hub worker does not see the number");
    assert_eq!(shown.header("cache-control"), "no-store");
    let readings = hub.get(&format!("{path}/readings")).body;
    assert!(readings.contains("hub-worker@demo.example") && readings.contains("Found it in a search"));
    // Somebody else's reason opens nothing to me.
    let mut lead = serving().client(Role::ImmunisationLead);
    assert!(lead.get(&path).body.contains("Why do you need this record?"));
    // What was looked for stands in no address.
    assert_eq!(
        hub.get("/register?nhs_number=9990000018").body.matches("999 000 0018").count(),
        1,
        "the hint alone"
    );
}

#[test]
fn nobody_without_a_part_in_it_is_told_that_a_record_is_there() {
    for role in [Role::Reader, Role::Editor, Role::Administrator] {
        let mut client = serving().client(role);
        let there = client.get(&format!("/register/people/{}", serving().person));
        let not_there = client.get("/register/people/0123456789abcdef");
        assert_eq!((there.status, not_there.status), (403, 403), "{role:?}");
        assert!(!client.get("/").body.contains("href=\"/register\""), "{role:?} is shown no way there");
    }
    let mut lead = serving().client(Role::ImmunisationLead);
    assert_eq!(lead.get("/register/people/0123456789abcdef").status, 404);
    assert_eq!(lead.get("/register/reviews/0123456789abcdef").status, 404);
}

#[test]
fn somebody_is_added_and_corrected_by_form() {
    let mut lead = serving().client(Role::ImmunisationLead);
    let mut fields = vec![
        ("given_name", "Corisande"),
        ("family_name", "Ivelmarch"),
        ("date_of_birth-day", "5"),
        ("date_of_birth-month", "6"),
        ("date_of_birth-year", "2021"),
        ("sex", "female"),
        ("nhs_number", "943 476 5919"),
        ("postcode", "zy1 1aa"),
    ];
    assert_eq!(lead.send("/register/new", &fields[..5]).status, 422);
    let added = lead.send("/register/new", &fields);
    assert_eq!(added.status, 303);
    let path = added.header("location").to_owned();
    let page = lead.get(&path).body;
    assert!(
        page.contains("Corisande Ivelmarch") && page.contains("5 June 2021") && page.contains("943 476 5919")
    );
    assert_eq!(lead.send("/register/new", &fields).status, 422, "the number is hers");
    fields[1] = ("family_name", "Ivelstow");
    assert_eq!(lead.send(&format!("{path}/correct"), &fields).status, 422, "not without a reason");
    fields.push(("reason", "wrong"));
    assert_eq!(lead.send(&format!("{path}/correct"), &fields).status, 303);
    assert!(lead.get(&path).body.contains("Corisande Ivelstow"));
}
