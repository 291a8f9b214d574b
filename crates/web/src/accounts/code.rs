//! The second step of signing in: a code, or a passkey.

use maud::html;
use town::Refusal;
use town::accounts::{Attempt, Started, Waiting};

use super::door;
use super::passkey::asking_form;
use super::sign_in::{own_page, welcome};
use crate::components::{Button, Field, Input};
use crate::see_other::see_other;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /sign-in/code?to=/where`.
pub(crate) async fn code_page(visit: Visit) -> Answer {
    let to = own_page(visit.query("to").unwrap_or("/"));
    show(&visit, to, Errors::default()).await
}

/// `POST /sign-in/code`.
pub(crate) async fn give_code(visit: Visit, sent: Sent) -> Answer {
    let (to, code) = (own_page(sent.text("to")), sent.text("code").trim());
    let Some(waiting) = visit.waiting_session() else { return Ok(see_other("/sign-in")) };
    if code.is_empty() || code.len() > 64 {
        return show(&visit, to, refuse("code", "Enter the code")).await;
    }
    let Some(can) = knocked(&visit, waiting).await? else { return Ok(see_other("/sign-in")) };
    let started = visit.town().give_code(waiting, code, town::now()).await?;
    given(&visit, to, (&can, started), refuse("code", "This code is not right, or was used before")).await
}

/// `POST /sign-in/passkey`.
pub(crate) async fn give_passkey(visit: Visit, sent: Sent) -> Answer {
    let to = own_page(sent.text("to"));
    let site = visit.app().passkey_site();
    let (Some(waiting), Some(site)) = (visit.waiting_session(), site) else {
        return Ok(see_other("/sign-in"));
    };
    let Some(can) = knocked(&visit, waiting).await? else { return Ok(see_other("/sign-in")) };
    let started = visit.town().give_passkey(waiting, &site, sent.text("answer"), town::now()).await?;
    let wrong = refuse("passkey", "The passkey did not answer as it should: try again");
    given(&visit, to, (&can, started), wrong).await
}

/// Counts an attempt at the second factor of the account that a session waits for, whichever session it is: whoever has the password
/// can begin as many as they like. `None` when it does not wait.
async fn knocked(visit: &Visit, waiting: &str) -> Result<Option<Waiting>, Problem> {
    let Some(can) = visit.town().waits_for(waiting, town::now()).await? else { return Ok(None) };
    door::knock(visit, Attempt::Code, &can.email).await?;
    Ok(Some(can))
}

fn refuse(field: &str, words: &str) -> Errors {
    Errors::of(vec![Refusal { field: field.into(), words: words.into() }])
}

async fn given(
    visit: &Visit,
    to: &str,
    (can, started): (&Waiting, Option<Started>),
    errors: Errors,
) -> Answer {
    match started {
        Some(started) => {
            visit.town().forget_attempts(Attempt::Code, &can.email).await?;
            Ok(welcome(visit, &started.token, to))
        }
        None => {
            visit.app().metrics().sign_in_refused();
            show(visit, to, errors).await
        }
    }
}

/// The page of whoever waits; others are sent to sign in.
async fn show(visit: &Visit, to: &str, errors: Errors) -> Answer {
    let Some(waiting) = visit.waiting_session() else { return Ok(see_other("/sign-in")) };
    let Some(can) = visit.town().waits_for(waiting, town::now()).await? else {
        return Ok(see_other("/sign-in"));
    };
    let site = visit.app().passkey_site().filter(|_| can.passkey);
    let passkey = match &site {
        Some(site) => visit.town().ask_passkey(waiting, site, town::now()).await?.map(|options| {
            let fields = html! {
                input type="hidden" name="to" value=(to);
                button class="govuk-button" type="submit" id="passkey" { "Use your passkey" }
            };
            let trouble = format!(
                "The passkey did not answer: try again, or use a code. Passkeys work only at {}.",
                site.address_of("/")
            );
            asking_form(visit, "/sign-in/passkey", ("sign", &options), fields, &trouble)
        }),
        None => None,
    };
    let title = if can.passkey { "Confirm that it is you" } else { "Enter your code" };
    let fields = html! {
        input type="hidden" name="to" value=(to);
        (Input {
            field: Field::new("code", if can.code { "Code" } else { "Recovery code" }).hint(hint(&can)).error(errors.on("code")),
            autocomplete: "one-time-code".into(),
            spellcheck: Some(false),
            classes: "govuk-input--width-30".into(),
            ..Input::default()
        })
        (Button {
            text: "Continue".into(),
            classes: if passkey.is_some() { "govuk-button--secondary".into() } else { String::new() },
            prevent_double_click: Some(true),
            ..Button::default()
        })
    };
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { (title) }
        @if let Some(passkey) = passkey {
            div class="het-scripted" {
                p class="govuk-body" { "Your password was right. Now show your passkey." }
                (passkey)
                h2 class="govuk-heading-m" { "Or enter a code" }
            }
        }
        (visit.form("/sign-in/code", fields))
        p class="govuk-body" {
            "None of these at hand? Ask whoever looks after het in your town to reset your account."
        }
    };
    let page = Page::new(title, body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn hint(can: &Waiting) -> &'static str {
    if can.code {
        "Six figures from your authenticator, or one of your recovery codes"
    } else {
        "One of those that you were shown when you added your first passkey"
    }
}
