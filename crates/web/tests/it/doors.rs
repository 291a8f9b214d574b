//! Every row of the route table, as every role, against the policy.

use web::Method;

use super::pages::example;
use super::serving::{Role, serving};

/// What changes who asks (signing in and out, an invitation, one's own account) is looked at apart.
fn is_door(path: &str) -> bool {
    ["/sign-", "/invitation/", "/account/"].iter().any(|door| path.starts_with(door))
}

#[test]
fn every_page_is_shown_or_refused_as_the_policy_says() {
    for role in Role::ALL {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
            let Some(path) = example(route.path()).filter(|path| !is_door(path)) else { continue };
            let answer = client.get(&path);
            let asked = format!("{role:?} GET {path}");
            match (role.may(route.permission()), role) {
                (true, _) => assert_eq!(answer.status, 200, "{asked}"),
                (false, Role::Public) => {
                    assert_eq!(answer.status, 303, "{asked}");
                    assert!(answer.header("location").starts_with("/sign-in?to="), "{asked}");
                }
                (false, _) => assert_eq!(answer.status, 403, "{asked}"),
            }
            if answer.status == 200 && answer.is_page() {
                assert!(answer.body.contains("This town is synthetic"), "{asked} does not say so");
            }
            if role == Role::Public {
                assert!(!answer.body.contains("Synthetic member"), "{asked} names a member");
            }
        }
    }
}

#[test]
fn no_form_is_taken_without_its_token() {
    for role in Role::ALL {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Post) {
            let Some(path) = example(route.path()) else { continue };
            let answer = client.post(&path, &[("title", "x")]);
            // A row that takes files cannot even read such a form.
            assert!(
                [403, 400].contains(&answer.status),
                "{role:?} POST {path} without a token: {}",
                answer.status
            );
            let forged = client.post(&path, &[("form-token", &"0".repeat(128))]);
            assert!(
                [403, 400].contains(&forged.status),
                "{role:?} POST {path} with a made-up token: {}",
                forged.status
            );
        }
    }
}

#[test]
fn no_form_is_taken_from_who_may_not_send_it() {
    for role in Role::ALL {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Post) {
            // Publishing is taken as it is and takes its time: the browser does it.
            let skipped = |path: &String| is_door(path) || path == "/reports/progress";
            let Some(path) = example(route.path()) else { continue };
            if skipped(&path) && role.may(route.permission()) {
                continue;
            }
            let answer = client.send(&path, &[("number", "")]);
            // An empty form is refused where it lacks something, and kept where it may be empty.
            let expected: &[u16] = if role.may(route.permission()) { &[422, 303, 400, 428] } else { &[403] };
            assert!(expected.contains(&answer.status), "{role:?} POST {path}: {}", answer.status);
        }
    }
}

#[test]
fn what_is_not_there_is_said_so() {
    let mut client = serving().client(Role::Editor);
    for path in [
        "/actions/nothing",
        "/recommendations/999",
        "/subgroups/x/edit",
        "/reports/12345",
        "/reports/x",
        "/nowhere",
    ] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
    assert_eq!(client.get("/reports/progress?period=yesterday").status, 400);
    assert_eq!(client.get("/reports/progress/exe").status, 404);
}

#[test]
fn lists_are_filtered_sorted_and_downloaded_alike() {
    let mut client = serving().client(Role::Reader);
    let all = client.get("/actions.csv").body.lines().count() - 1;
    let late = client.get("/actions.csv?status=late").body;
    assert!(late.lines().count() > 1 && late.lines().count() - 1 < all, "{late}");
    assert!(late.lines().skip(1).all(|line| line.contains(",late,")), "{late}");
    let page = client.get("/actions?status=late&sort=due").body;
    assert!(page.contains(&format!("{} of {all} actions", late.lines().count() - 1)));
    assert!(page.contains("/actions.csv?status=late&amp;sort=due"));
    // Every other list: what it is filtered by, what its file then holds, and how many columns it can be sorted by.
    for (list, filter, csv_holds, sorts) in [
        ("/subgroups", "words=housing", "Housing and health", 6),
        ("/recommendations", "subgroup=housing", "Housing and health", 5),
        ("/members", "subgroup=housing&sort=role", "Housing and health", 6),
        ("/organisations", "words=a&sort=members", "Organisation,Kind,Members", 3),
        ("/gaps", "missing=Owner&sort=most", "Owner,No", 0),
        ("/indicators", "words=mmr&sort=name", "mmr-5y", 3),
        ("/data", "kind=synthetic&sort=new", "synthetic", 7),
        ("/data/series", "words=mmr&sort=periods", "mmr-5y", 4),
    ] {
        let page = client.get(&format!("{list}?{filter}"));
        assert_eq!(page.status, 200, "{list}");
        let escaped = filter.replace('&', "&amp;");
        assert!(
            page.body.contains(&format!("{list}.csv?{escaped}")),
            "{list} offers the file of what it shows"
        );
        assert_eq!(
            page.body.matches("(sort by this)").count() + page.body.matches("(sorted by this)").count(),
            sorts,
            "{list}"
        );
        let file = client.get(&format!("{list}.csv?{filter}")).body;
        assert!(file.contains(csv_holds), "{list}: {file}");
        let all = client.get(&format!("{list}.csv")).body;
        assert!(file.lines().count() <= all.lines().count(), "{list}");
    }
    let found = client.get("/actions?words=zzzz").body;
    assert!(found.contains("No action is like that"));
}
