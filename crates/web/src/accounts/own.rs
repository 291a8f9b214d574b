//! One's own account: password, second factor, sessions.

use maud::{Markup, html};
use town::accounts::{OwnSession, SecondFactor};

use crate::components::{Button, Field, PasswordInput};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Sent, Visit};

/// `GET /account`.
pub(crate) async fn own_account(visit: Visit) -> Answer {
    show(&visit, Errors::default()).await
}

/// `POST /account/password`.
pub(crate) async fn change_password(visit: Visit, sent: Sent) -> Answer {
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
    visit.town().end_own_session(visit.actor(), sent.text("session")).await?;
    Ok(visit.done("/account", Notice::Saved))
}

/// `POST /account/sessions/end-others`.
pub(crate) async fn end_other_sessions(visit: Visit, _: Sent) -> Answer {
    visit.town().end_other_sessions(visit.actor(), visit.session().unwrap_or_default()).await?;
    Ok(visit.done("/account", Notice::Saved))
}

async fn show(visit: &Visit, errors: Errors) -> Answer {
    let (town, actor, now) = (visit.town(), visit.actor(), town::now());
    let sessions = town.own_sessions(actor, visit.session().unwrap_or_default(), now).await?;
    let factor = town.own_second_factor(actor).await?;
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Your account" }
        p class="govuk-body" { "You sign in with " (actor.name()) "." }
        h2 class="govuk-heading-m" { "Second factor" }
        (second_factor(visit, factor))
        h2 class="govuk-heading-m" { "Sessions" }
        (list(visit, &sessions))
        h2 class="govuk-heading-m" { "Password" }
        (password_form(visit, &errors))
    };
    let page = Page::new("Your account", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn second_factor(visit: &Visit, factor: SecondFactor) -> Markup {
    html! {
        @if factor.is_on {
            p class="govuk-body" {
                "On: a code of your authenticator is asked for when you sign in. You have "
                (factor.recovery_codes_left) " recovery codes left."
            }
            (visit.form("/account/second-factor/off", html! {
                (PasswordInput {
                    field: Field::new("second-factor-password", "Your password"),
                    classes: "govuk-!-width-two-thirds".into(),
                    ..PasswordInput::default()
                })
                (Button { text: "Turn off".into(), classes: "govuk-button--warning".into(), ..Button::default() })
            }))
        } @else {
            p class="govuk-body" { "Off: whoever has your password can sign in." }
            p class="govuk-body" { a class="govuk-link" href="/account/second-factor" { "Turn on the second factor" } }
        }
    }
}

fn list(visit: &Visit, sessions: &[OwnSession]) -> Markup {
    let when = |moment: town::Moment| moment.strftime("%-d %B %Y, %H:%M UTC").to_string();
    html! {
        table class="govuk-table" {
            caption class="govuk-table__caption govuk-visually-hidden" { "Your sessions" }
            thead class="govuk-table__head" {
                tr class="govuk-table__row" {
                    th class="govuk-table__header" scope="col" { "Began" }
                    th class="govuk-table__header" scope="col" { "Last used" }
                    th class="govuk-table__header" scope="col" { "What can be done" }
                }
            }
            tbody class="govuk-table__body" {
                @for session in sessions {
                    tr class="govuk-table__row" {
                        td class="govuk-table__cell" { (when(session.began)) }
                        td class="govuk-table__cell" { (when(session.last_used)) }
                        td class="govuk-table__cell" {
                            @if session.is_this {
                                "This session"
                            } @else {
                                (visit.form("/account/sessions/end", html! {
                                    input type="hidden" name="session" value=(session.id);
                                    button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit" {
                                        "End" span class="govuk-visually-hidden" { " the session that began " (when(session.began)) }
                                    }
                                }))
                            }
                        }
                    }
                }
            }
        }
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
