//! What people do, in a browser: from the board to a report, an action by keyboard alone, and every page held to the
//! accessibility rules of axe-core at the width of a desk and of a phone.

use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use web::Method;

use super::browser::{Width, go, in_browser, press, sign_in, tab_to, write};
use super::pages::example;
use super::serving::{Role, may, serving};

/// Follows the first link that a selector finds, and waits for the page it leads to.
async fn follow(client: &Client, selector: &str) -> String {
    let link = client.find(Locator::Css(selector)).await.unwrap();
    let to = link.attr("href").await.unwrap().unwrap();
    link.click().await.unwrap();
    client.wait().for_url(&serving().url(&to).parse().unwrap()).await.unwrap();
    to
}

/// How long a report may take to be made by a program that is not optimised, on a machine that does other things.
const MAKING: std::time::Duration = std::time::Duration::from_secs(180);

async fn heading(client: &Client) -> String {
    client.find(Locator::Css("h1")).await.unwrap().text().await.unwrap()
}

#[test]
fn from_the_board_to_an_indicator_to_a_report() {
    in_browser("walk", Width::Desk, async |client| {
        sign_in(&client, Role::Editor).await;
        go(&client, "/").await;
        assert!(heading(&client).await.contains("gap"));
        follow(&client, ".het-measure__name a").await;
        assert!(client.find(Locator::Css("main svg")).await.is_ok(), "an indicator shows a chart");
        follow(&client, "nav a[href='/reports']").await;
        follow(&client, "a[href='/reports/progress']").await;
        client.find(Locator::Css("main form button")).await.unwrap().click().await.unwrap();
        client.wait().at_most(MAKING).for_element(Locator::Css(".het-report h1")).await.unwrap();
        let shown = client.find(Locator::Css(".het-report")).await.unwrap().text().await.unwrap();
        client.find(Locator::Css(".het-keep form button")).await.unwrap().click().await.unwrap();
        client.wait().at_most(MAKING).for_element(Locator::Css(".govuk-notification-banner")).await.unwrap();
        let published = client.find(Locator::Css(".het-report")).await.unwrap().text().await.unwrap();
        assert_eq!(published, shown, "what is published is what was looked at");
        let address = client.current_url().await.unwrap();
        check_page(&client, address.path(), "the published report").await;
        let mut public = serving().client(Role::Public);
        let page = public.get(address.path());
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("Synthetic member"), "a published report names nobody");
        for (format, start) in [("pdf", "%PDF-"), ("docx", "PK"), ("xlsx", "PK"), ("html", "<!DOCTYPE html>")]
        {
            let file = public.get(&format!("{}/{format}", address.path()));
            assert_eq!(file.status, 200, "{format}");
            assert!(file.body.starts_with(start), "{format}");
        }
    });
}

#[test]
fn an_action_is_made_by_keyboard_alone() {
    in_browser("keyboard", Width::Desk, async |client| {
        sign_in(&client, Role::Editor).await;
        go(&client, "/actions").await;
        tab_to(&client, "Add an action").await;
        press(&client, Key::Enter).await;
        client.wait().for_element(Locator::Id("title")).await.unwrap();
        tab_to(&client, "Save this action").await;
        press(&client, Key::Enter).await;
        client.wait().for_element(Locator::Css(".govuk-error-summary")).await.unwrap();
        assert!(heading(&client).await.contains("Add an action"));
        for (id, words) in [
            ("title", "Open the library on Sundays"),
            ("code", "K-01"),
            ("subgroup", "Housing"),
            ("owner", "Synthetic"),
            ("due-day", "31"),
            ("due-month", "3"),
            ("due-year", "2027"),
        ] {
            tab_to(&client, id).await;
            write(&client, words).await;
        }
        tab_to(&client, "recommendations").await;
        press(&client, Key::Space).await;
        tab_to(&client, "milestone-0-title").await;
        write(&client, "Staff are found").await;
        for (id, words) in [("day", "1"), ("month", "2"), ("year", "2027")] {
            tab_to(&client, &format!("milestone-0-due-{id}")).await;
            write(&client, words).await;
        }
        tab_to(&client, "Save this action").await;
        press(&client, Key::Enter).await;
        client.wait().for_url(&serving().url("/actions/K-01").parse().unwrap()).await.unwrap();
        assert_eq!(heading(&client).await, "Open the library on Sundays");
        let shown = client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
        for words in ["31 March 2027", "Staff are found", "1 February 2027", "Housing and health"] {
            assert!(shown.contains(words), "{words} is missing in {shown}");
        }
    });
}

#[test]
fn two_editors_meet_on_a_phone() {
    in_browser("editors", Width::Phone, async |client| {
        sign_in(&client, Role::Editor).await;
        go(&client, "/actions/A03/edit").await;
        let mut other = serving().client(Role::Editor);
        let shown = other.get("/actions/A03/edit").form_with("title");
        assert_eq!(other.send_back("/actions/A03/edit", shown, &[("title", "Meet halfway")]).status, 303);
        client.find(Locator::Id("title")).await.unwrap().send_keys(" and again").await.unwrap();
        let save = client.find(Locator::XPath("//button[contains(., 'Save this action')]")).await.unwrap();
        save.click().await.unwrap();
        client.wait().for_element(Locator::Css(".govuk-notification-banner")).await.unwrap();
        let told = client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
        assert!(told.contains("changed this while you were editing it"), "{told}");
        assert!(told.contains("Meet halfway"), "{told}");
        let title = client.find(Locator::Id("title")).await.unwrap().prop("value").await.unwrap().unwrap();
        assert!(title.ends_with(" and again"), "{title}");
        check_shown(&client, "/actions/A03/edit", "what the other saved").await;
    });
}

#[test]
fn every_page_is_accessible_at_a_desk() {
    in_browser("desk", Width::Desk, async |client| check_every_page(&client).await);
}

#[test]
fn every_page_is_accessible_on_a_phone() {
    in_browser("phone", Width::Phone, async |client| check_every_page(&client).await);
}

async fn check_every_page(client: &Client) {
    for role in [Role::Public, Role::Editor] {
        if role == Role::Editor {
            sign_in(client, role).await;
        }
        let mut reads = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
            let Some(path) = example(route.path()) else { continue };
            // The public sees the same pages with less on them; the board has other parts, and signing in is theirs alone.
            let looked_at = role == Role::Editor || path == "/" || path == "/sign-in";
            if looked_at && may(role, route.permission()) && reads.get(&path).is_page() {
                check_page(client, &path, &format!("{role:?}")).await;
            }
        }
    }
    check_register(client).await;
    check_parts(client, Role::Administrator, &["/accounts", "/machines", "/audit"]).await;
    check_parts(client, Role::PartnerGuest, &["/shared"]).await;
    check_page(client, "/nowhere", "a page of trouble").await;
    check_page(client, "/actions?words=zzzz", "an empty list").await;
    check_page(client, "/reports/progress?period=2026-07-01/2026-09-30", "a report").await;
}

/// The pages under these paths that only a role sees.
async fn check_parts(client: &Client, role: Role, starts: &[&str]) {
    client.delete_all_cookies().await.unwrap();
    sign_in(client, role).await;
    let mut reads = serving().client(role);
    for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
        let Some(path) = example(route.path()) else { continue };
        if starts.iter().any(|start| path.starts_with(start)) && reads.get(&path).is_page() {
            check_page(client, &path, &format!("{role:?}")).await;
        }
    }
}

/// The pages of the register: before a reason is given and after, as those who read records and as those who break the glass.
async fn check_register(client: &Client) {
    let record = format!("/register/people/{}", serving().person);
    for role in [Role::Director, Role::ImmunisationLead] {
        client.delete_all_cookies().await.unwrap();
        sign_in(client, role).await;
        check_page(client, &record, &format!("{role:?}, before a reason")).await;
        let mut sends = serving().client(role);
        if role == Role::ImmunisationLead {
            let given = [("reason", "care"), ("words", "")];
            assert_eq!(sends.send(&format!("{record}/reason"), &given).status, 303);
        } else {
            let given =
                [("reason", "danger"), ("words", "A synthetic emergency"), ("nhs_number", "999 000 0026")];
            let broken = sends.send("/register/break-glass", &given);
            assert_eq!(broken.status, 303);
            check_page(client, broken.header("location"), "a broken glass").await;
        }
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
            let Some(path) = example(route.path()).filter(|path| path.starts_with("/register")) else {
                continue;
            };
            if may(role, route.permission()) && sends.get(&path).is_page() {
                check_page(client, &path, &format!("{role:?}")).await;
            }
        }
    }
}

/// The script of axe-core, as the build installed it.
fn axe() -> Option<String> {
    std::fs::read_to_string(concat!(env!("HET_NODE_MODULES"), "/axe-core/axe.min.js")).ok()
}

/// Opens a page and holds it to axe-core's rules and to its own width.
async fn check_page(client: &Client, path: &str, who: &str) {
    go(client, path).await;
    check_shown(client, path, who).await;
}

/// Holds the page that is shown to axe-core's rules and to its own width.
pub async fn check_shown(client: &Client, path: &str, who: &str) {
    let Some(axe) = axe() else {
        println!("not held to axe-core, which the build did not install: {path}");
        return;
    };
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let over = client.execute(wide, Vec::new()).await.unwrap();
    assert_eq!(over, json!(0), "{path} as {who} is wider than its window by this many pixels");
    client.execute(&axe, Vec::new()).await.unwrap();
    let run = "const done = arguments[arguments.length - 1]; \
               const told = node => node.html.slice(0, 200); \
               const said = rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(told).join(' | '); \
               axe.run(document, { resultTypes: ['violations'] }) \
               .then(found => done(found.violations.map(said)), error => done(['axe: ' + error]));";
    let found = client.execute_async(run, Vec::new()).await.unwrap();
    assert_eq!(found, Value::Array(Vec::new()), "{path} as {who}");
}
