//! Every row of the route table, as every role, against the policy.

use town::Permission;
use web::Method;

use super::pages::example;
use super::serving::{Role, may, roles, serving};

/// What changes who asks (signing in and out, an invitation, one's own account) is looked at apart.
fn is_door(path: &str) -> bool {
    ["/sign-", "/invitation/", "/account/"].iter().any(|door| path.starts_with(door))
}

#[test]
fn every_page_is_shown_or_refused_as_the_policy_says() {
    let (mut own, mut beyond) = (Vec::new(), Vec::new());
    for role in roles() {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
            let Some(path) = example(route.path()).filter(|path| !is_door(path)) else { continue };
            let answer = client.get(&path);
            let asked = format!("{role:?} GET {path}");
            match (may(role, route.permission()), role) {
                // Who reaches only their own is offered the page exactly where they get it.
                (true, _) if reaches_own(role, route.permission()) => {
                    let (thing, what) = path.rsplit_once('/').unwrap();
                    let what = if ["new", "sharing"].contains(&what) { what } else { "edit" };
                    let offered = client.get(thing).body.contains(&format!("\"{thing}/{what}\""));
                    let expected = if offered { 200 } else { 403 };
                    assert_eq!(answer.status, expected, "{asked}");
                    (if expected == 200 { &mut own } else { &mut beyond }).push(asked.clone());
                }
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
    assert!(own.iter().any(|asked| asked.contains("/actions/A01/edit")), "{own:?}");
    assert!(beyond.iter().any(|asked| asked.contains("/subgroups/housing/edit")), "{beyond:?}");
}

/// Whether the policy lets a role change only what is its own, at a page of one thing.
fn reaches_own(role: Role, permission: Permission) -> bool {
    use Permission::{EditActions, EditIndicators, EditSubgroup, ManageActions};
    [Role::SubgroupChair, Role::ActionOwner].contains(&role)
        && [EditActions, EditIndicators, EditSubgroup, ManageActions].contains(&permission)
}

#[test]
fn no_form_is_taken_without_its_token() {
    for role in roles() {
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
    for role in roles() {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Post) {
            // Publishing is taken as it is and takes its time: the browser does it.
            let skipped = |path: &String| is_door(path) || path == "/reports/progress";
            let Some(path) = example(route.path()) else { continue };
            if skipped(&path) && may(role, route.permission()) {
                continue;
            }
            let answer = client.send(&path, &[("number", "")]);
            // An empty form is refused where it lacks something, and kept where it may be empty.
            let expected: &[u16] = match may(role, route.permission()) {
                true if reaches_own(role, route.permission()) => &[422, 303, 400, 428, 403],
                // A new link is shown in answer to the form, this once.
                true if path.ends_with("/reset") => &[200],
                // No machine has no name.
                true if path == "/machines/revoke" => &[404],
                true => &[422, 303, 400, 428],
                false => &[403],
            };
            assert!(expected.contains(&answer.status), "{role:?} POST {path}: {}", answer.status);
        }
    }
}

#[test]
fn nobody_reaches_what_belongs_to_others() {
    // The chair's subgroup drives A01; this action is driven by another.
    let mut director = serving().client(Role::Director);
    let list = director.get("/actions.csv?subgroup=housing&sort=code").body;
    let code = list.lines().nth(1).and_then(|line| line.split(',').next()).unwrap();
    for role in [Role::SubgroupChair, Role::ActionOwner] {
        let mut client = serving().client(role);
        assert_eq!(client.get(&format!("/actions/{code}")).status, 200, "{role:?} reads {code}");
        for what in ["edit", "sharing"] {
            let path = format!("/actions/{code}/{what}");
            assert_eq!(client.get(&path).status, 403, "{role:?} {path}");
            // What a director was shown does not help either.
            let shown = director.get(&path);
            let field = if what == "edit" { "title" } else { "organisations" };
            let mut fields = shown.form_with(field);
            fields.retain(|(name, _)| name != "form-token");
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            assert_eq!(client.send(&path, &fields).status, 403, "{role:?} sends {path}");
        }
    }
    // A chair gives nothing away to another subgroup and takes nothing from it.
    let mut chair = serving().client(Role::SubgroupChair);
    let shown = chair.get("/actions/A01/edit").form_with("title");
    let away = chair.send_back("/actions/A01/edit", shown, &[("subgroup", "work")]);
    assert_eq!(away.status, 403, "{}", away.body);
}

#[test]
fn a_guest_sees_what_is_shared_with_their_organisation_and_nothing_else() {
    let mut guest = serving().client(Role::PartnerGuest);
    let list = guest.get("/shared");
    assert!(list.body.contains("/shared/A01") && !list.body.contains("/shared/A02"), "{}", list.body);
    assert_eq!(guest.get("/shared/A01").status, 200);
    // An action of others and one that is not there cannot be told apart.
    let words =
        |body: &str| body.split("<main").nth(1).unwrap_or_default().replace("A02", "").replace("A99", "");
    let (others, none) = (guest.get("/shared/A02"), guest.get("/shared/A99"));
    assert_eq!((others.status, none.status), (404, 404));
    assert_eq!(words(&others.body), words(&none.body));
    assert_eq!(guest.get("/actions/A01").status, 403);
    let mut chair = serving().client(Role::SubgroupChair);
    let shown = chair.get("/actions/A01/sharing").form_with("organisations");
    let kept: Vec<(&str, &str)> = shown.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let nobody: Vec<(&str, &str)> =
        kept.iter().copied().filter(|(name, _)| *name != "organisations").collect();
    assert_eq!(chair.post("/actions/A01/sharing", &nobody).status, 303);
    assert_eq!(guest.get("/shared/A01").status, 404, "what is no longer shared is gone at once");
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
