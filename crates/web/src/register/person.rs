//! `GET /register/people/{person}` and `POST /register/people/{person}/reason`: a record, after a reason.

use maud::{Markup, html};
use town::Permission;
use town::register::{Given, Opened, PersonView, READING_REASONS};

use super::fields::{moment, one_of, shown, words};
use super::page;
use crate::components::{Button, InsetText, SummaryList, SummaryRow, WarningText};
use crate::{Answer, Errors, Sent, Visit};

/// The record, or the question why.
pub(crate) async fn show(visit: Visit) -> Answer {
    match visit.town().record(visit.actor(), visit.param("person"), town::now()).await? {
        Opened::Shown(view) => record(&visit, &view),
        other => closed(&visit, &other, &Given::default(), Errors::default()),
    }
}

/// The reason is noted and the record opens.
pub(crate) async fn give_reason(visit: Visit, sent: Sent) -> Answer {
    let id = visit.param("person").to_owned();
    let given = Given { reason: sent.text("reason").to_owned(), words: sent.text("words").to_owned() };
    match visit.town().give_reason(visit.actor(), &id, &given, town::now()).await {
        Ok(()) => {
            // Back to the page of the record that was asked for; its name is one of ours.
            let next = ["correct", "readings", "rights"].into_iter().find(|next| *next == sent.text("next"));
            let next = next.map(|next| format!("/{next}")).unwrap_or_default();
            Ok(crate::see_other::see_other(&format!("/register/people/{id}{next}")))
        }
        Err(town::Error::Refused(refusals)) => {
            closed(&visit, &Opened::NeedsReason, &given, Errors::of(refusals))
        }
        Err(error) => Err(error.into()),
    }
}

/// A page of a record that is not open to whoever asks.
pub(super) fn closed(visit: &Visit, opened: &Opened, given: &Given, errors: Errors) -> Answer {
    let id = visit.param("person");
    let next = visit.path().strip_prefix(&format!("/register/people/{id}/")).unwrap_or_default();
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                @match opened {
                    Opened::Erased { at, kind } => {
                        h1 class="govuk-heading-l" { "This record is not there any more" }
                        p class="govuk-body" { (erased(kind)) " on " (moment(at)) "." }
                    },
                    Opened::NeedsBrokenGlass => {
                        h1 class="govuk-heading-l" { "Your role does not read people's records" }
                        @if visit.may(Permission::BreakGlass) {
                            p class="govuk-body" {
                                "In an emergency you can "
                                a class="govuk-link" href="/register/break-glass" { "break the glass" }
                                ". Somebody else looks at it afterwards."
                            }
                        }
                    },
                    _ => {
                        h1 class="govuk-heading-l" { "Why do you need this record?" }
                        p class="govuk-body" {
                            "What you say is kept with your name, and shown to the person if they ask. It opens the record to you for 15 minutes."
                        }
                        (visit.form(&format!("/register/people/{id}/reason"), html! {
                            @if !next.is_empty() && next != "reason" { input type="hidden" name="next" value=(next); }
                            (one_of("reason", "The reason", READING_REASONS, &given.reason, &errors))
                            (words("More about it (optional)", "Needed for another reason", &given.words, &errors))
                            (Button { text: "Open the record".into(), prevent_double_click: Some(true), ..Button::default() })
                        }))
                    },
                }
            }
        }
    };
    let page = page("Why do you need this record?", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn erased(kind: &str) -> &'static str {
    match kind {
        "erasure" => "It was erased, as the person may ask,",
        "anonymised" => "The time for which it may be kept had passed, and it was made anonymous",
        _ => "The time for which it may be kept had passed, and it was deleted",
    }
}

fn record(visit: &Visit, view: &PersonView) -> Answer {
    let person = |id: &str, words: &str| {
        html! { a class="govuk-link" href={ "/register/people/" (id) } { (words) } }
    };
    let mut rows = vec![
        SummaryRow::new("Date of birth", town::long_date(*view.date_of_birth.reveal())),
        SummaryRow::new("Sex", view.sex),
        SummaryRow::new("NHS number", shown(&view.nhs_number)),
        SummaryRow::new("Address", shown(&view.address)),
        SummaryRow::new("Telephone", shown(&view.telephone)),
        SummaryRow::new("Language", or_unknown(&view.language)),
        SummaryRow::new("Small area", or_unknown(&view.lsoa)),
        SummaryRow::new("Notes", shown(&view.notes)),
    ];
    if view.sees_family {
        let guardian = match &view.guardian {
            Some((id, what)) => html! { (person(id, what)) },
            None => html! { "Nobody is named" },
        };
        rows.push(SummaryRow::new("Looked after by", guardian));
        if !view.looks_after.is_empty() {
            let children = html! {
                ul class="govuk-list govuk-!-margin-bottom-0" {
                    @for (index, id) in view.looks_after.iter().enumerate() {
                        li { (person(id, &format!("Child {}", index + 1))) }
                    }
                }
            };
            rows.push(SummaryRow::new("Looks after", children));
        }
    }
    let sharing = html! {
        @if view.sharing.is_empty() { "Nobody" }
        @for (index, words) in view.sharing.iter().enumerate() { @if index > 0 { br; } (words) }
    };
    rows.push(SummaryRow::new("May be shared with", sharing));
    let body = html! {
        h1 class="govuk-heading-l" { (view.name.reveal()) }
        @if view.whole {
            (WarningText {
                text: "You broke the glass: you see all of this record, and somebody else will look at why.".into(),
                hidden_word: "Warning".into(),
                ..WarningText::default()
            })
        }
        (SummaryList { rows, ..SummaryList::default() })
        (InsetText {
            text: html! { "Came from: " (view.source) ". Last changed on " (moment(&view.changed_at)) "." }.into(),
            ..InsetText::default()
        })
        (what_can_be_done(visit, &view.id))
    };
    page("Record", body).show(visit)
}

fn or_unknown(text: &str) -> Markup {
    html! { @if text.is_empty() { span class="govuk-hint govuk-!-margin-bottom-0" { "Not known" } } @else { (text) } }
}

fn what_can_be_done(visit: &Visit, id: &str) -> Markup {
    html! {
        ul class="govuk-list" {
            @if visit.may(Permission::EditRegister) {
                li { a class="govuk-link" href={ "/register/people/" (id) "/correct" } { "Correct this record" } }
            }
            @if visit.may(Permission::ReadRegister) {
                li { a class="govuk-link" href={ "/register/people/" (id) "/readings" } { "Who has read this record" } }
            }
            @if visit.may(Permission::RegisterRights) {
                li { a class="govuk-link" href={ "/register/people/" (id) "/rights" } { "Rights of this person" } }
            }
        }
    }
}
