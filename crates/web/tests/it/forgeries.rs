//! Every form of the route table, sent by somebody who does not have it from a page of their own session: refused, and noted.

use web::{Method, Route};

use super::pages::example;
use super::serving::{Answered, Role, may, roles, serving};

/// Every row that takes a form, with its address.
fn forms() -> Vec<(Route, String)> {
    let rows = web::routes().into_iter().filter(|route| route.method() == Method::Post);
    rows.filter_map(|route| example(route.path()).map(|path| (route, path))).collect()
}

/// Refused, and a line of the log says why.
fn check(answer: &Answered, reason: &str, asked: &str) {
    assert_eq!(answer.status, 403, "{asked}");
    let lines = serving().logged(answer);
    let is_note = |line: &&serde_json::Value| line["fields"]["message"] == "refused";
    let note = lines.iter().find(is_note).unwrap_or_else(|| panic!("{asked} is not noted: {lines:?}"));
    assert_eq!(note["fields"]["reason"], reason, "{asked}");
}

/// Why a role is refused a row when its token is not its own: the policy is asked first.
fn reason(role: Role, route: &Route) -> &'static str {
    match (may(role, route.permission()), role) {
        (true, _) => "form-token",
        (false, Role::Public) => "signed-out",
        (false, _) => "policy",
    }
}

#[test]
fn a_form_without_its_own_token_is_refused_and_noted() {
    let other = serving().client(Role::Editor).token();
    for (number, role) in roles().enumerate() {
        let from = format!("198.51.100.{number}");
        let mut client = serving().client_from(&from, role);
        // Of another session of the same account.
        let same = serving().client_from(&from, role).token();
        let made_up = "0".repeat(128);
        for (route, path) in forms() {
            let why = reason(role, &route);
            for (kind, token) in
                [("no", ""), ("a made-up", &made_up), ("its other", &same), ("another", &other)]
            {
                let answer = client.post(&path, &[("form-token", token), ("title", "x")]);
                check(&answer, why, &format!("{role:?} POST {path} with {kind} token"));
            }
        }
    }
}

#[test]
fn a_form_with_files_is_no_exception() {
    let mut client = serving().client(Role::Editor);
    client.says("Content-Type", "multipart/form-data; boundary=xx");
    let body = "--xx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ncover\r\n--xx--\r\n";
    for (route, path) in forms() {
        let answer = client.ask("POST", &path, body);
        check(&answer, reason(Role::Editor, &route), &format!("POST {path} with files and no token"));
    }
}

#[test]
fn a_form_from_another_site_is_refused_whatever_token_it_has() {
    let from: [&[(&str, &str)]; 5] = [
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
        &[("Sec-Fetch-Site", "same-site"), ("Origin", "https://other.example.org")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
    ];
    for (number, role) in roles().enumerate() {
        let mut client = serving().client_from(&format!("198.51.100.{number}"), role);
        let token = client.token();
        for headers in from {
            let mut elsewhere = client.clone();
            headers.iter().for_each(|(name, value)| elsewhere.says(name, value));
            for (_, path) in forms() {
                let answer = elsewhere.post(&path, &[("form-token", &token), ("title", "x")]);
                check(&answer, "other-site", &format!("{role:?} POST {path} from {headers:?}"));
            }
        }
    }
}

/// The same form from a page of its own session is taken: what is above is refused for what it lacks, and for nothing else.
#[test]
fn a_form_of_ones_own_is_taken() {
    let mut client = serving().client(Role::Reader);
    for origin in [("Sec-Fetch-Site", "same-origin"), ("Origin", &*format!("http://{}", serving().address))] {
        client.says(origin.0, origin.1);
        assert_eq!(client.send("/account/sessions/end-others", &[]).status, 303, "{origin:?}");
    }
}

#[test]
fn a_refusal_by_the_policy_is_noted_with_role_and_session() {
    let mut reader = serving().client(Role::Reader);
    let answer = reader.get("/actions/new");
    assert_eq!(answer.status, 403);
    let note = note(&answer);
    assert_eq!((&note["role"], &note["needs"]), (&"reader".into(), &"manage-actions".into()));
    let session = note["session"].as_str().unwrap();
    assert_eq!(session.len(), 16, "a name of the session, not its token");
    assert!(!reader.cookies().iter().any(|cookie| cookie.contains(session)), "nobody can sign in with it");
    let mut program = serving().program();
    let answer = program.get("/register");
    assert_eq!(answer.status, 403);
    assert_eq!(note_of(&answer, "program"), "machine a program");
    assert_eq!(note_of(&serving().client(Role::Public).get("/actions"), "reason"), "signed-out");
    let metrics = reader.get("/metrics").body;
    assert!(metrics.contains("het_refusals_total{reason=\"policy\"}"), "{metrics}");
}

fn note(answer: &Answered) -> serde_json::Value {
    let lines = serving().logged(answer);
    let note = lines.into_iter().find(|line| line["fields"]["message"] == "refused");
    note.unwrap()["fields"].take()
}

fn note_of(answer: &Answered, field: &str) -> String {
    note(answer)[field].as_str().unwrap().to_owned()
}
