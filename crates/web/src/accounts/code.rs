//! The second step of signing in.

use std::time::Instant;

use maud::html;
use town::Refusal;

use super::sign_in::{own_page, welcome};
use crate::components::{Button, Field, Input};
use crate::route::see_other;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /sign-in/code?to=/where`.
pub(crate) async fn code_page(visit: Visit) -> Answer {
    let to = own_page(visit.query("to").unwrap_or("/"));
    let waits = match visit.waiting_session() {
        Some(token) => visit.town().waits_for_code(token).await?,
        None => false,
    };
    if waits { show(&visit, to, Errors::default()) } else { Ok(see_other("/sign-in")) }
}

/// `POST /sign-in/code`.
pub(crate) async fn give_code(visit: Visit, sent: Sent) -> Answer {
    let (to, code) = (own_page(sent.text("to")), sent.text("code").trim());
    let Some(waiting) = visit.waiting_session() else { return Ok(see_other("/sign-in")) };
    let refuse = |words: &str| Errors::of(vec![Refusal { field: "code".into(), words: words.into() }]);
    if code.is_empty() || code.len() > 64 {
        return show(&visit, to, refuse("Enter the code"));
    }
    // Counted by the waiting session: only whoever has the password has one.
    let knocked = visit.app().door().knock(visit.from(), &format!("code {waiting}"), Instant::now());
    knocked.map_err(|wait| Problem::TooMany { seconds: wait.as_secs().max(1) })?;
    match visit.town().give_code(waiting, code, town::now()).await? {
        Some(started) => Ok(welcome(&visit, &started.token, to)),
        None => {
            visit.app().metrics().sign_in_refused();
            if visit.town().waits_for_code(waiting).await? {
                show(&visit, to, refuse("This code is not right, or was used before"))
            } else {
                Ok(see_other("/sign-in"))
            }
        }
    }
}

fn show(visit: &Visit, to: &str, errors: Errors) -> Answer {
    let fields = html! {
        input type="hidden" name="to" value=(to);
        (Input {
            field: Field::new("code", "Code").hint("Six figures from your authenticator, or one of your recovery codes").error(errors.on("code")),
            autocomplete: "one-time-code".into(),
            spellcheck: Some(false),
            classes: "govuk-input--width-20".into(),
            ..Input::default()
        })
        (Button { text: "Continue".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Enter your code" }
        (visit.form("/sign-in/code", fields))
        p class="govuk-body" {
            "No authenticator and no recovery code? Ask whoever looks after het in your town to reset your account."
        }
    };
    let page = Page::new("Enter your code", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
