//! What every answer carries whatever made it, what is kept by nobody, and ways of asking that are not there.

use web::Method;

use super::pages::example;
use super::serving::{Answered, Role, may, serving};

/// An answer of each kind: pages, files, data, trouble, a redirect, what the machine asks, and refusals before any handler.
fn kinds(behind_https: bool) -> Vec<(String, Answered)> {
    let at = if behind_https { serving().behind_https } else { serving().address };
    let (mut public, mut reader) =
        (serving().client_at(at, Role::Public), serving().client_at(at, Role::Reader));
    let page = public.get("/").body;
    // Its style sheet, its script and its icon, whatever they are called.
    let assets = page.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_owned);
    let mut kinds = Vec::new();
    for path in [
        "/",
        "/sign-in",
        "/actions",
        "/nowhere",
        "/api/indicators",
        "/api/indicators/none",
        "/api/openapi.json",
        "/town.css",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/assets/none",
        "/indicators/mmr-5y/data.xlsx",
        "/indicators/mmr-5y/chart.svg",
    ] {
        kinds.push((format!("the public, {path}"), public.get(path)));
    }
    for path in assets {
        kinds.push((format!("the public, {path}"), public.get(&path)));
    }
    for path in ["/actions.csv", "/account", "/actions/new", "/reports/progress/html"] {
        kinds.push((format!("a reader, {path}"), reader.get(path)));
    }
    kinds.push(("another method".to_owned(), reader.ask("DELETE", "/actions", "")));
    reader.says("Origin", "https://evil.example");
    kinds.push(("another site".to_owned(), reader.post("/sign-out", &[])));
    kinds
}

#[test]
fn every_answer_tells_browsers_what_pages_never_do() {
    for (asked, answer) in kinds(false) {
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.split("; ").any(|found| found == part), "{asked}: {part} is not in {policy}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            // No other origin is let read anything, and nothing tells what het is made of.
            ("access-control-allow-origin", ""),
            ("server", ""),
            ("x-powered-by", ""),
        ] {
            assert_eq!(answer.header(name), value, "{asked}: {name}");
        }
        if !answer.body.is_empty() {
            let kind = answer.header("content-type");
            assert!(!kind.is_empty(), "{asked} has no content type");
            let is_text = kind.starts_with("text/") || kind.contains("+xml");
            assert!(!is_text || kind.contains("charset=utf-8"), "{asked}: {kind}");
        }
        assert_eq!(answer.header("strict-transport-security"), "", "{asked}: not over plain HTTP");
    }
}

#[test]
fn over_https_browsers_stay_there_and_every_cookie_is_bound_to_the_host() {
    let mut cookies = 0;
    for (asked, answer) in kinds(true) {
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains",
            "{asked}"
        );
        cookies += check_cookies(&answer, &asked);
    }
    let mut client = serving().client_at(serving().behind_https, Role::Reader);
    cookies += check_cookies(&client.send("/sign-out", &[]), "signing out");
    assert!(cookies >= 3, "{cookies}");
}

/// Holds each cookie of an answer to its marks, and gives how many there are.
fn check_cookies(answer: &Answered, asked: &str) -> usize {
    let cookies = answer.headers("set-cookie");
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-het-"), "{asked}: {cookie}");
        for mark in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.split("; ").any(|found| found == mark), "{asked}: {mark} is not in {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{asked}: {cookie}");
    }
    cookies.len()
}

#[test]
fn what_is_a_persons_own_is_kept_by_nobody() {
    for role in [Role::Editor, Role::ImmunisationLead] {
        let mut client = serving().client(role);
        for route in web::routes().into_iter().filter(|route| route.method() == Method::Get) {
            let Some(path) =
                example(route.path()).filter(|path| may(role, route.permission()) && path != "/town.css")
            else {
                continue;
            };
            assert_eq!(client.get(&path).header("cache-control"), "no-store", "{role:?} GET {path}");
        }
    }
    let mut public = serving().client(Role::Public);
    assert_eq!(public.get("/indicators").header("cache-control"), "no-cache");
    assert_eq!(public.get("/sign-in").header("cache-control"), "no-store", "a page with a form's secret");
}

#[test]
fn who_signs_out_is_out_and_the_browser_forgets() {
    let mut client = serving().client(Role::Reader);
    let mut stolen = client.clone();
    assert_eq!(stolen.get("/account").status, 200);
    let answer = client.send("/sign-out", &[]);
    assert_eq!((answer.status, answer.header("clear-site-data")), (303, "\"cache\", \"storage\""));
    assert_eq!(client.get("/account").status, 303);
    assert_eq!(stolen.get("/account").status, 303, "the session is over, not the cookie alone");
}

#[test]
fn signing_in_begins_a_new_session_and_ends_the_old_one() {
    let mut client = serving().client(Role::Reader);
    let mut before = client.clone();
    let (email, password) = serving().account(Role::Reader);
    let again = client.send("/sign-in", &[("email", email), ("password", password), ("to", "/")]);
    assert_eq!(again.status, 303);
    assert_ne!(client.cookies(), before.cookies());
    assert_eq!(before.get("/account").status, 303);
    assert_eq!(client.get("/account").status, 200);
}

#[test]
fn a_client_cannot_say_where_it_comes_from() {
    let mut near = serving().client(Role::Public);
    near.says("X-Forwarded-For", "203.0.113.9");
    assert_eq!(near.get("/metrics").status, 200, "without a proxy the header is nothing");
    let mut behind = serving().client_at(serving().behind_https, Role::Public);
    for (forwarded, status) in
        [("203.0.113.9", 404), ("127.0.0.1, 203.0.113.9", 404), ("203.0.113.9, 127.0.0.1", 200)]
    {
        behind.says("X-Forwarded-For", forwarded);
        assert_eq!(behind.get("/metrics").status, status, "{forwarded}");
    }
    // Only a proxy's reference is taken over, and only one that can stand in a line of the log.
    near.says("X-Request-Id", "mine");
    assert_ne!(near.get("/").header("x-request-id"), "mine");
    behind.says("X-Request-Id", "of-the-proxy-1");
    assert_eq!(behind.get("/").header("x-request-id"), "of-the-proxy-1");
    behind.says("X-Request-Id", "a \"line\"");
    assert_eq!(behind.get("/").header("x-request-id").len(), 16);
}

#[test]
fn other_ways_of_asking_are_not_there() {
    let mut client = serving().client(Role::Editor);
    for method in ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE"] {
        for path in ["/", "/actions", "/actions/A01/edit", "/api/indicators", "/assets/none", "/health/live"]
        {
            let answer = client.ask(method, path, "");
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(!answer.body.contains("het-session"), "{method} {path} gives back what it was sent");
        }
    }
}

#[test]
fn no_secret_stands_in_the_log() {
    let mut client = serving().client(Role::ImmunisationLead);
    let token = client.token();
    let (email, password) = serving().account(Role::ImmunisationLead);
    client.send("/sign-in", &[("email", email), ("password", "not-this-password"), ("to", "/")]);
    client.get("/invitation/0123456789abcdef0123456789abcdef");
    client.get("/register?nhs_number=9990000018");
    let log = serving().log();
    assert!(log.contains("somebody could not sign in") && log.contains("/invitation/{token}"), "{log}");
    let mut secrets =
        vec![token.as_str(), email, password, "not-this-password", "0123456789abcdef", "9990000018"];
    secrets.extend(client.cookies().into_iter().filter(|value| value.len() > 16));
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}

#[test]
fn a_file_is_refused_by_its_name_and_by_what_is_in_it() {
    let mut client = serving().client(Role::Editor);
    let token = client.token();
    client.says("Content-Type", "multipart/form-data; boundary=xx");
    let part = |head: &str, content: &str| {
        format!("--xx\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    for (name, content, words) in [
        ("figures.exe", "a,b\n", "end in xls, xlsx, ods"),
        ("..\\..\\cover.ods", "#!/bin/sh\n", "not a workbook"),
        ("cover.ods", "", "empty"),
    ] {
        let body = part("name=\"form-token\"", &token)
            + &part("name=\"kind\"", "cover")
            + &part(&format!("name=\"files\"; filename=\"{name}\""), content)
            + "--xx--\r\n";
        let answer = client.ask("POST", "/data/import", &body);
        assert!(answer.body.contains(words), "{name}: {words} is not in\n{}", answer.body);
        assert!(!answer.body.contains(".."), "{name}: no folder of the name is kept");
    }
}
