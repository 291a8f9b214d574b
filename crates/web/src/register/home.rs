//! `GET /register` and `POST /register/search`: looking for people. What is looked for is sent by form, so that it stands in no address,
//! no history and no log.

use maud::{Markup, html};
use town::Permission;
use town::register::{Search, SearchForm};

use super::fields::{name_and_birth, nhs_number, searched, shown};
use crate::components::{Button, Field, Input, InsetText};
use crate::layout::Section;
use crate::layout::listing::{Column, Listing};
use crate::{Answer, Errors, Page, Sent, Visit};

/// The way into the register.
pub(crate) async fn home(visit: Visit) -> Answer {
    page(&visit, &SearchForm::default(), Errors::default(), None)
}

/// Who was found.
pub(crate) async fn search(visit: Visit, sent: Sent) -> Answer {
    let form = searched(&sent);
    match visit.town().search_people(visit.actor(), &form, town::now()).await {
        Ok(found) => page(&visit, &form, Errors::default(), Some(&found)),
        Err(town::Error::Refused(refusals)) => {
            page(&visit, &form, Errors::of(refusals).dates(&["date_of_birth"]), None)
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, form: &SearchForm, errors: Errors, found: Option<&Search>) -> Answer {
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { "Register" }
                @if let Some(found) = found { (results(found)) }
                @if visit.may(Permission::SearchRegister) {
                    h2 class="govuk-heading-m" { @if found.is_some() { "Look again" } @else { "Look for somebody" } }
                    (visit.form("/register/search", fields(form, &errors)))
                    p class="govuk-body" {
                        "Everybody who is found is told, if they ask, that you found them."
                    }
                } @else {
                    (InsetText {
                        text: "Your role does not read people's records.".into(),
                        ..InsetText::default()
                    })
                }
                (others(visit))
            }
        }
    };
    let page = Page::new("Register", body).within(Section::Register);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn fields(form: &SearchForm, errors: &Errors) -> Markup {
    html! {
        p class="govuk-hint" { "Fill one of the three." }
        (nhs_number("nhs_number", "NHS number", &form.nhs_number, errors))
        (Input {
            field: Field::new("postcode", "Postcode").hint("All of it, such as LU1 1AA").error(errors.on("postcode")),
            value: form.postcode.clone(),
            classes: "govuk-input--width-10".into(),
            autocomplete: "off".into(),
            spellcheck: Some(false),
            ..Input::default()
        })
        (name_and_birth(form, errors))
        (Button { text: "Search".into(), ..Button::default() })
    }
}

fn results(found: &Search) -> Markup {
    let row = |one: &town::register::Found| {
        vec![
            html! { a class="govuk-link" href={ "/register/people/" (one.id) } { (one.name.reveal()) } },
            html! { (town::long_date(*one.date_of_birth.reveal())) },
            shown(&one.postcode),
        ]
    };
    html! {
        @if found.found.is_empty() {
            p class="govuk-body" { "Nobody in the register is like that." }
        } @else {
            (Listing {
                caption: format!("{} found", if found.more { "The first 50".to_owned() } else { found.found.len().to_string() }),
                columns: vec![Column::new("Name"), Column::new("Date of birth"), Column::new("Postcode")],
                rows: found.found.iter().map(row).collect(),
                ..Listing::default()
            })
            @if found.more { p class="govuk-body" { "There are more: look by NHS number or by name." } }
        }
    }
}

/// The other things that this role can do here.
fn others(visit: &Visit) -> Markup {
    let links = [
        (Permission::EditRegister, "/register/new", "Add somebody"),
        (
            Permission::BreakGlass,
            "/register/break-glass",
            "Break the glass: read a whole record in an emergency",
        ),
        (Permission::ReviewReadings, "/register/reviews", "Look at the times when the glass was broken"),
    ];
    html! {
        ul class="govuk-list" {
            @for (permission, href, words) in links {
                @if visit.may(permission) { li { a class="govuk-link" href=(href) { (words) } } }
            }
        }
    }
}
