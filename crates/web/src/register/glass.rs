//! `GET` and `POST /register/break-glass`.

use maud::html;
use town::accounts::Attempt;
use town::register::{BREAK_GLASS_REASONS, Given, SearchForm};

use super::fields::{name_and_birth, nhs_number, one_of, searched, words};
use super::page;
use crate::accounts::knock;
use crate::components::{Button, WarningText};
use crate::{Answer, Errors, Sent, Visit};

/// The glass.
pub(crate) async fn glass_page(visit: Visit) -> Answer {
    form(&visit, &SearchForm::default(), &Given::default(), Errors::default())
}

/// It is broken, and one record is open.
pub(crate) async fn break_glass(visit: Visit, sent: Sent) -> Answer {
    let search = searched(&sent);
    let given = Given { reason: sent.text("reason").to_owned(), words: sent.text("words").to_owned() };
    knock(&visit, Attempt::BreakGlass, visit.actor().name()).await?;
    match visit.town().break_glass(visit.actor(), &search, &given, town::now()).await {
        Ok(id) => Ok(crate::see_other::see_other(&format!("/register/people/{id}"))),
        Err(town::Error::Refused(refusals)) => {
            form(&visit, &search, &given, Errors::of(refusals).dates(&["date_of_birth"]))
        }
        Err(error) => Err(error.into()),
    }
}

fn form(visit: &Visit, search: &SearchForm, given: &Given, errors: Errors) -> Answer {
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { "Break the glass" }
                (WarningText {
                    text: "This shows you the whole of one record, which your role does not show you. Somebody else will look at \
                           who did it and why. The person is told, if they ask.".into(),
                    hidden_word: "Warning".into(),
                    ..WarningText::default()
                })
                (visit.form("/register/break-glass", html! {
                    (one_of("reason", "Why do you need the record?", BREAK_GLASS_REASONS, &given.reason, &errors))
                    (words("Why, in your words", "Say enough for somebody else to judge it", &given.words, &errors))
                    h2 class="govuk-heading-m" { "Whose record?" }
                    p class="govuk-hint" { "Their NHS number, or their family name and date of birth." }
                    (nhs_number("nhs_number", "NHS number", &search.nhs_number, &errors))
                    (name_and_birth(search, &errors))
                    (Button {
                        text: "Break the glass".into(),
                        classes: "govuk-button--warning".into(),
                        prevent_double_click: Some(true),
                        ..Button::default()
                    })
                }))
            }
        }
    };
    let page = page("Break the glass", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
