//! One's own account: password, second factors, sessions.

use maud::{Markup, html};
use town::accounts::{Attempt, OwnPasskey, OwnSession, SecondFactor};

use crate::components::{Button, Field, PasswordInput};
use crate::layout::listing::{Column, Listing};
use crate::layout::plural;
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Sent, Visit};

/// `GET /account`.
pub(crate) async fn own_account(visit: Visit) -> Answer {
    show(&visit, Errors::default()).await
}

/// `POST /account/password`.
pub(crate) async fn change_password(visit: Visit, sent: Sent) -> Answer {
    super::knock(&visit, Attempt::OwnPassword, visit.actor().name()).await?;
    let _turn = visit.app().door().checking().acquire().await;
    let (old, new) = (sent.text("old-password"), sent.text("password"));
    let changed =
        visit.town().change_own_password(visit.actor(), visit.session().unwrap_or_default(), old, new).await;
    match changed {
        Ok(()) => Ok(visit.done("/account", Notice::Saved)),
        Err(town::Error::Refused(refusals)) => show(&visit, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/sessions/end`.
pub(crate) async fn end_session(visit: Visit, sent: Sent) -> Answer {
    let this = visit.session().unwrap_or_default();
    visit.town().end_own_session(visit.actor(), this, sent.text("session"), town::now()).await?;
    Ok(visit.done("/account", Notice::Saved))
}

/// `POST /account/sessions/end-others`.
pub(crate) async fn end_other_sessions(visit: Visit, _: Sent) -> Answer {
    visit.town().end_other_sessions(visit.actor(), visit.session().unwrap_or_default(), town::now()).await?;
    Ok(visit.done("/account", Notice::Saved))
}

async fn show(visit: &Visit, errors: Errors) -> Answer {
    let (town, actor, now) = (visit.town(), visit.actor(), town::now());
    let sessions = town.own_sessions(actor, visit.session().unwrap_or_default(), now).await?;
    let factor = town.own_second_factor(actor).await?;
    let passkeys = town.own_passkeys(actor, now).await?;
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Your account" }
        p class="govuk-body" { "You sign in with " (actor.name()) "." }
        h2 class="govuk-heading-m" { "Second factor" }
        (second_factor(factor, &passkeys))
        h2 class="govuk-heading-m" { "Sessions" }
        (list(visit, &sessions))
        h2 class="govuk-heading-m" { "Password" }
        (password_form(visit, &errors))
    };
    let page = Page::new("Your account", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

/// The ways to confirm that it is oneself, and how to add and remove them.
fn second_factor(factor: SecondFactor, passkeys: &[OwnPasskey]) -> Markup {
    let is_on = factor.is_on || !passkeys.is_empty();
    let asked = match (passkeys.is_empty(), factor.is_on) {
        (false, true) => "your passkey, a code of your authenticator",
        (false, false) => "your passkey",
        (true, _) => "a code of your authenticator",
    };
    html! {
        @if is_on {
            p class="govuk-body" {
                "On: after your password het asks for " (asked) " or a recovery code. You have "
                (plural(factor.recovery_codes_left.unsigned_abs(), "recovery code")) " left."
            }
        } @else {
            p class="govuk-body" { "Off: whoever has your password can sign in. Add a passkey or an authenticator." }
        }
        @if !passkeys.is_empty() { (passkey_table(passkeys)) }
        ul class="govuk-list" {
            li { a class="govuk-link" href="/account/passkeys/new" { "Add a passkey" } }
            @if factor.is_on {
                li { a class="govuk-link" href="/account/second-factor/off" { "Turn off the authenticator" } }
            } @else {
                li { a class="govuk-link" href="/account/second-factor" { "Turn on an authenticator" } }
            }
        }
    }
}

fn when(moment: town::Moment) -> String {
    moment.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

fn passkey_table(passkeys: &[OwnPasskey]) -> Listing {
    let row = |passkey: &OwnPasskey| {
        vec![
            html! { span class="het-wrap" { (passkey.name) } },
            html! { (when(passkey.added)) },
            html! { @match passkey.last_used { Some(at) => (when(at)), None => "Not yet" } },
            html! {
                a class="govuk-link" href=(format!("/account/passkeys/{}/remove", passkey.id)) {
                    "Remove" span class="govuk-visually-hidden" { " " (passkey.name) }
                }
            },
        ]
    };
    Listing {
        caption: "Your passkeys".into(),
        hide_caption: true,
        columns: ["Passkey", "Added", "Last used", "What can be done"].map(Column::new).into(),
        rows: passkeys.iter().map(row).collect(),
    }
}

fn list(visit: &Visit, sessions: &[OwnSession]) -> Markup {
    let row = |session: &OwnSession| {
        let end = html! {
            @if session.is_this { "This session" } @else {
                (visit.form("/account/sessions/end", html! {
                    input type="hidden" name="session" value=(session.id);
                    button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit" {
                        "End" span class="govuk-visually-hidden" { " the session that began " (when(session.began)) }
                    }
                }))
            }
        };
        vec![html! { (when(session.began)) }, html! { (when(session.last_used)) }, end]
    };
    let table = Listing {
        caption: "Your sessions".into(),
        hide_caption: true,
        columns: ["Began", "Last used", "What can be done"].map(Column::new).into(),
        rows: sessions.iter().map(row).collect(),
    };
    html! {
        (table)
        @if sessions.len() > 1 {
            (visit.form("/account/sessions/end-others", html! {
                (Button { text: "End all others".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
            }))
        }
        p class="govuk-body" { "A session ends by itself after 30 minutes without use, and 12 hours after it began." }
    }
}

fn password_form(visit: &Visit, errors: &Errors) -> Markup {
    let password = |name: &str, label: &str, autocomplete: &str| PasswordInput {
        field: Field::new(name, label).error(errors.on(name)),
        classes: "govuk-!-width-two-thirds".into(),
        autocomplete: autocomplete.into(),
        ..PasswordInput::default()
    };
    visit.form(
        "/account/password",
        html! {
            (password("old-password", "Your password", "current-password"))
            (password("password", "New password of at least 12 characters", "new-password"))
            (Button { text: "Change password".into(), prevent_double_click: Some(true), ..Button::default() })
        },
    )
}
