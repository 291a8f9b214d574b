//! What is shown when a page cannot be.

use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};

use super::Page;
use crate::reference::reference;
use crate::{Problem, Visit, visit};

const PROBLEM_JSON: &str = "application/problem+json";

/// A problem, as a page of the town or as `application/problem+json` (RFC 9457).
pub(crate) fn problem(visit: &Visit, problem: &Problem) -> Response {
    let status = problem.status();
    if problem.is_ours() {
        tracing::error!(reference = visit.reference(), %problem, "a page could not be shown");
    }
    let mut response = if visit.wants_json() { json(visit, problem) } else { page(visit, problem) };
    *response.status_mut() = status;
    say_when_again(&mut response, problem);
    response
}

fn say_when_again(response: &mut Response, problem: &Problem) {
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

fn page(visit: &Visit, problem: &Problem) -> Response {
    let (title, words) = problem.words();
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (words) }
        @if let Problem::Town(town::Error::Refused(refusals)) = problem {
            ul class="govuk-list govuk-list--bullet" { @for refusal in refusals { li { (refusal.words) } } }
        }
        @if problem.is_ours() {
            p class="govuk-body" { "If it happens again, give this reference: " code { (visit.reference()) } }
        }
        p class="govuk-body" {
            @if matches!(problem, Problem::SignedOut | Problem::Form) && visit.name().is_none() {
                a class="govuk-link" href="/sign-in" { "Sign in" }
            } @else {
                a class="govuk-link" href="/" { "Go to the board" }
            }
        }
    };
    Page::new(title, body).response(visit)
}

fn plain_json(problem: &Problem, reference: &str) -> serde_json::Value {
    let (title, detail) = problem.words();
    serde_json::json!({
        "type": "about:blank",
        "title": title,
        "status": problem.status().as_u16(),
        "detail": detail,
        "instance": format!("urn:request:{reference}"),
    })
}

fn json(visit: &Visit, problem: &Problem) -> Response {
    let mut body = plain_json(problem, visit.reference());
    if let Problem::Town(town::Error::Refused(refusals)) = problem {
        let errors =
            refusals.iter().map(|one| serde_json::json!({ "field": one.field, "detail": one.words }));
        body["errors"] = errors.collect();
    }
    if let Problem::Town(town::Error::Changed(changed)) = problem {
        let change =
            |one: &town::editing::ChangedField| serde_json::json!({ "field": one.name, "now": one.now });
        body["changes"] = changed.fields.iter().map(change).collect();
        body["changed_by"] = changed.by.clone().into();
        body["changed_at"] = changed.at.clone().into();
        body["code"] = changed.code.clone().into();
        body["etag"] = format!("\"{}\"", changed.version).into();
    }
    ([(header::CONTENT_TYPE, PROBLEM_JSON)], body.to_string()).into_response()
}

/// A problem for when not even the town can be asked who asks: it stands alone.
pub(crate) fn bare(parts: &Parts, problem: &Problem) -> Response {
    let reference = reference(parts);
    if problem.is_ours() {
        tracing::error!(reference, %problem, "a page could not be shown");
    }
    let mut response = if visit::wants_json(&parts.headers, parts.uri.path()) {
        let headers = [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CACHE_CONTROL, "no-store")];
        (problem.status(), headers, plain_json(problem, &reference).to_string()).into_response()
    } else {
        let (title, words) = problem.words();
        standing_alone(problem.status(), title, &words)
    };
    say_when_again(&mut response, problem);
    response
}

/// A page of trouble for when not even the town can be asked: it stands alone.
pub(crate) fn bare_problem(status: StatusCode) -> Response {
    let words = match status {
        StatusCode::FORBIDDEN => {
            "This was sent from another site, so it was not accepted. Nothing was changed."
        }
        _ => "Sorry, there is a problem with het. Nothing was changed. Try again later.",
    };
    standing_alone(status, "There is a problem", words)
}

fn standing_alone(status: StatusCode, title: &str, words: &str) -> Response {
    let html = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head { meta charset="utf-8"; title { (title) } }
            body { main { h1 { (title) } p { (words) } } }
        }
    };
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, html.into_string()).into_response()
}
