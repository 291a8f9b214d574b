//! Signing in.

use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use town::Refusal;
use town::accounts::{Attempt, Started};

use super::door;
use crate::components::{Button, Field, Input, PasswordInput};
use crate::cookies::Cookie;
use crate::notice::Notice;
use crate::see_other::see_other;
use crate::{Answer, Errors, Page, Sent, Visit};

/// `GET /sign-in?to=/where`.
pub(crate) async fn sign_in_page(visit: Visit) -> Answer {
    let to = own_page(visit.query("to").unwrap_or("/"));
    if visit.name().is_some() {
        return Ok(see_other(to));
    }
    show(&visit, to, "", Errors::default())
}

/// `POST /sign-in`.
pub(crate) async fn sign_in(visit: Visit, sent: Sent) -> Answer {
    let (email, password) = (sent.text("email").trim(), sent.text("password"));
    let to = own_page(sent.text("to"));
    let mut refusals = Vec::new();
    for (field, value, words) in
        [("email", email, "Enter your email address"), ("password", password, "Enter your password")]
    {
        if value.is_empty() {
            refusals.push(Refusal { field: field.into(), words: words.into() });
        }
    }
    // The longest password that an account can have, in the widest letters.
    if password.len() > 128 * 4 || email.len() > 254 {
        refusals.push(wrong());
    }
    if !refusals.is_empty() {
        return show(&visit, to, email, Errors::of(refusals));
    }
    door::knock(&visit, Attempt::SignIn, email).await?;
    let started = {
        let _turn = visit.app().door().checking().acquire().await;
        visit.town().sign_in(email, password, town::now()).await?
    };
    let Some(started) = started else {
        visit.app().metrics().sign_in_refused();
        tracing::warn!(from = visit.from().map(door::network_words), "somebody could not sign in");
        return show(&visit, to, email, Errors::of(vec![wrong()]));
    };
    visit.town().forget_attempts(Attempt::SignIn, email).await?;
    entered(&visit, &started, to).await
}

/// Sends the browser on with the session that began, to the second factor where one is still to come.
pub(super) async fn entered(visit: &Visit, started: &Started, to: &str) -> Answer {
    // Whoever was signed in on this browser is not any more.
    if let Some(old) = visit.session() {
        visit.town().sign_out(old).await?;
    }
    if !started.needs_code {
        return Ok(welcome(visit, &started.token, to));
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    let mut response = see_other(&format!("/sign-in/code?{query}"));
    if let Some(cookie) = Cookie::Session.set(&started.token, visit.app().options().https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The page again, for whoever was not signed in by another service.
pub(super) fn refused_there(visit: &Visit, to: &str, words: &str) -> Answer {
    show(visit, to, "", Errors::of(vec![Refusal { field: "email".into(), words: words.into() }]))
}

/// Sends the browser on with its new session.
pub(super) fn welcome(visit: &Visit, token: &str, to: &str) -> Response {
    let https = visit.app().options().https;
    let mut response = visit.done(to, Notice::SignedIn);
    for cookie in [Cookie::Session.set(token, https), Cookie::Door.clear(https)].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn wrong() -> Refusal {
    Refusal { field: "email".into(), words: "The email address or the password is not right".into() }
}

/// A page of het, and nothing that a browser would take for another site.
pub(super) fn own_page(to: &str) -> &str {
    let own = to.starts_with('/')
        && !to.starts_with("//")
        && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if own { to } else { "/" }
}

fn show(visit: &Visit, to: &str, email: &str, errors: Errors) -> Answer {
    let fields = html! {
        input type="hidden" name="to" value=(to);
        (Input {
            field: Field::new("email", "Email address").error(errors.on("email")),
            value: email.into(),
            kind: "email".into(),
            autocomplete: "username".into(),
            spellcheck: Some(false),
            classes: "govuk-!-width-two-thirds".into(),
            ..Input::default()
        })
        (PasswordInput {
            field: Field::new("password", "Password").error(errors.on("password")),
            classes: "govuk-!-width-two-thirds".into(),
            ..PasswordInput::default()
        })
        (Button { text: "Sign in".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let there = providers(visit, to);
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { "Sign in" }
                @if !there.0.is_empty() {
                    (there)
                    h2 class="govuk-heading-m" { "Or with your password" }
                }
                (visit.form("/sign-in", fields))
                p class="govuk-body" {
                    "No account? Ask whoever looks after het in your town. Indicators and published reports can be read without one."
                }
            }
        }
    };
    let page = Page::new("Sign in", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

/// The providers that can be signed in at, as links.
fn providers(visit: &Visit, to: &str) -> Markup {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    let providers = visit.app().site().map(|_| visit.town().providers()).unwrap_or_default();
    html! {
        @for provider in providers {
            a class="govuk-button" role="button" draggable="false" data-module="govuk-button"
                href=(format!("/sign-in/with/{}?{query}", provider.code)) {
                "Sign in with " (provider.label)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_to() {
        let check = |to, expected| assert_eq!(own_page(to), expected, "{to}");
        check("/actions/CYP-07?page=2", "/actions/CYP-07?page=2");
        check("/", "/");
        check("", "/");
        check("//evil.example", "/");
        check("https://evil.example", "/");
        check("/\\evil.example", "/");
        check("/\tx", "/");
        check("javascript:alert(1)", "/");
    }
}
