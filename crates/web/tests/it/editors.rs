//! Two people, or a person and a program, who edit one thing: nobody's work is overwritten unseen.

use scraper::{Html, Selector};
use serde_json::Value;
use web::Method;

use super::pages::example;
use super::serving::{Role, serving};

/// The words of a page, as one reads them.
fn words(body: &str) -> String {
    let main = Selector::parse("main").unwrap();
    let page = Html::parse_document(body);
    let text: String = page.select(&main).flat_map(|main| main.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_later_editor_is_shown_what_the_other_saved() {
    let path = "/actions/A05/edit";
    let (mut first, mut second) = (serving().client(Role::Editor), serving().client(Role::Editor));
    let (shown, also_shown) = (first.get(path).form_with("title"), second.get(path).form_with("title"));
    let title = shown.iter().find(|(name, _)| name == "title").unwrap().1.clone();

    let saved = first.send_back(path, shown, &[("title", "Walk to school"), ("percent", "41")]);
    assert_eq!(saved.status, 303);

    let mine = [("percent", "57"), ("description", "Every child, every day")];
    let met = second.send_back(path, also_shown, &mine);
    assert_eq!(met.status, 409);
    let told = words(&met.body);
    for part in ["changed this while you were editing it", "Walk to school", &title, "41%", "57%"] {
        assert!(told.contains(part), "{part} is not in: {told}");
    }
    let kept = words(&first.get("/actions/A05").body);
    assert!(kept.contains("Walk to school") && kept.contains("41%"), "{kept}");
    assert!(!kept.contains("Every child, every day"), "nothing of the later form was kept: {kept}");

    // What only one of them changed is in the form already; both wrote a percentage, and the writer's own stands there.
    let again = met.form_with("title");
    let field = |name: &str| again.iter().find(|(found, _)| found == name).unwrap().1.clone();
    assert_eq!(field("title"), "Walk to school");
    assert_eq!(field("description"), "Every child, every day");
    assert_eq!(field("percent"), "57");
    assert_eq!(second.send_back(path, again, &[]).status, 303);
    let kept = words(&second.get("/actions/A05").body);
    for part in ["Walk to school", "Every child, every day", "57%"] {
        assert!(kept.contains(part), "{part} is not in: {kept}");
    }
}

#[test]
fn a_form_of_what_was_given_another_code_is_kept_under_that_one() {
    let path = "/recommendations/9/edit";
    let (mut first, mut second) = (serving().client(Role::Editor), serving().client(Role::Editor));
    let (shown, also_shown) = (first.get(path).form_with("words"), second.get(path).form_with("words"));
    assert_eq!(first.send_back(path, shown, &[("number", "9b")]).status, 303);
    let met = second.send_back(path, also_shown, &[("words", "Let everybody have a garden")]);
    assert_eq!(met.status, 409);
    assert!(met.body.contains("action=\"/recommendations/9b/edit\""), "{}", words(&met.body));
    let again = met.form_with("words");
    assert_eq!(second.send_back("/recommendations/9b/edit", again, &[("number", "9")]).status, 303);
    assert!(words(&second.get("/recommendations/9").body).contains("Let everybody have a garden"));
}

#[test]
fn every_form_that_edits_carries_what_was_seen() {
    let mut client = serving().client(Role::Editor);
    let mut forms = 0;
    for route in web::routes().into_iter().filter(|route| route.method() == Method::Post) {
        let edits = route.path().ends_with("/edit") || route.path().ends_with("/targets");
        let Some(path) = example(route.path()).filter(|_| edits) else { continue };
        let shown = client.get(&path);
        assert!(shown.body.contains("name=\"seen\""), "{path}");
        // A form that does not say what was seen, and one that says nonsense.
        assert_eq!(client.send(&path, &[("title", "x")]).status, 428, "{path}");
        assert_eq!(client.send(&path, &[("title", "x"), ("seen", "x")]).status, 400, "{path}");
        // Saved as it is, it is in order.
        let fields = shown.form_with("seen");
        assert_eq!(client.send_back(&path, fields, &[]).status, 303, "{path}");
        forms += 1;
    }
    assert_eq!(forms, 7);
}

#[test]
fn a_program_says_which_version_it_changes() {
    let path = "/subgroups/housing/edit";
    let mut program = serving().program();
    let read = program.get(path);
    assert_eq!((read.status, read.header("content-type")), (200, "application/json"));
    let version = read.header("etag").to_owned();
    assert!(version.len() > 10 && version.starts_with('"'), "{version}");
    let fields: Value = serde_json::from_str(&read.body).unwrap();
    let name = fields["name"].as_str().unwrap().to_owned();

    let unseen = program.post(path, &[("name", &name), ("purpose", "Good work")]);
    assert_eq!((unseen.status, unseen.header("content-type")), (428, "application/problem+json"));

    program.if_match(&version);
    let empty = program.post(path, &[("name", "")]);
    assert_eq!((empty.status, empty.header("content-type")), (422, "application/problem+json"));
    let problem: Value = serde_json::from_str(&empty.body).unwrap();
    assert_eq!(problem["errors"][0]["field"], "name");

    assert_eq!(program.post(path, &[("name", &name), ("purpose", "Good work")]).status, 303);
    let late = program.post(path, &[("name", &name), ("purpose", "Better work")]);
    assert_eq!((late.status, late.header("content-type")), (412, "application/problem+json"));
    let problem: Value = serde_json::from_str(&late.body).unwrap();
    assert_eq!(problem["changes"][0]["now"], "Good work", "{problem}");
    assert_eq!(problem["changed_by"], "machine a program");
    let version = problem["etag"].as_str().unwrap();
    assert_eq!(program.get(path).header("etag"), version);
    program.if_match(version);
    assert_eq!(program.post(path, &[("name", &name), ("purpose", "Better work")]).status, 303);
}
