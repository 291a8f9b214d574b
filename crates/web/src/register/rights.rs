//! `GET /register/people/{person}/rights` and what it leads to: the record for the person, consents, holds, erasure.

use maud::{Markup, html};
use town::register::{AccessFormat, ERASURE_REASONS, Given, HOLD_REASONS, Opened, Rights};

use super::fields::{moment, one_of};
use super::page;
use super::person::closed;
use crate::components::{Button, Choice, Field, InsetText, Select, Textarea, WarningText};
use crate::layout::listing::{Column, Listing};
use crate::{Answer, Errors, Notice, Sent, Visit, download};

/// What stands about somebody's rights.
pub(crate) async fn rights(visit: Visit) -> Answer {
    let opened = visit.town().record(visit.actor(), visit.param("person"), town::now()).await?;
    if !matches!(opened, Opened::Shown(_)) {
        return closed(&visit, &opened, &Given::default(), Errors::default());
    }
    show(&visit, Errors::default()).await
}

/// The whole record, for the person it is about.
pub(crate) async fn access(visit: Visit, sent: Sent) -> Answer {
    let id = visit.param("person").to_owned();
    let Some(format) = AccessFormat::from_extension(sent.text("format")) else {
        return again(&visit, "format", "Choose a format").await;
    };
    let day = (visit.as_of(), town::now());
    let content = visit.town().give_access(visit.actor(), &id, format, day).await?;
    download::download(content, format.media_type(), &format!("record-{id}.{}", format.extension()))
}

/// A consent is noted or taken back.
pub(crate) async fn consent(visit: Visit, sent: Sent) -> Answer {
    let given = (sent.text("purpose"), sent.text("given_by"));
    let done = visit.town().note_consent(
        visit.actor(),
        visit.param("person"),
        given,
        sent.has("withdraw"),
        town::now(),
    );
    after(&visit, done.await).await
}

/// A hold is set or lifted.
pub(crate) async fn hold(visit: Visit, sent: Sent) -> Answer {
    let (id, now) = (visit.param("person"), town::now());
    let done = if sent.has("lift") {
        visit.town().lift_holds(visit.actor(), id, now).await
    } else {
        let given = Given { reason: sent.text("hold").to_owned(), words: sent.text("hold-words").to_owned() };
        visit.town().hold(visit.actor(), id, &given, now).await
    };
    after(&visit, done).await
}

/// A record is erased.
pub(crate) async fn erase(visit: Visit, sent: Sent) -> Answer {
    let id = visit.param("person");
    match visit.town().erase_person(visit.actor(), id, sent.text("erasure"), town::now()).await {
        Ok(()) => Ok(visit.done(&format!("/register/people/{id}"), Notice::Saved)),
        other => after(&visit, other).await,
    }
}

async fn after(visit: &Visit, done: town::Result<()>) -> Answer {
    match done {
        Ok(()) => {
            Ok(visit.done(&format!("/register/people/{}/rights", visit.param("person")), Notice::Saved))
        }
        Err(town::Error::Refused(refusals)) => show(visit, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn again(visit: &Visit, field: &str, words: &str) -> Answer {
    let refusal = town::Refusal { field: field.to_owned(), words: words.to_owned() };
    show(visit, Errors::of(vec![refusal])).await
}

async fn show(visit: &Visit, errors: Errors) -> Answer {
    let id = visit.param("person");
    let rights = visit.town().rights(visit.actor(), id).await?;
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { "Rights of this person" }
                h2 class="govuk-heading-m" { "Give them their record" }
                p class="govuk-body" { "Everything that is held, what it said before, and everybody who has seen it." }
                (visit.form(&format!("/register/people/{id}/access"), access_fields(&errors)))
                h2 class="govuk-heading-m" { "What it is used for" }
                (purposes(&rights))
                (visit.form(&format!("/register/people/{id}/consent"), consent_fields(&rights, &errors)))
                h2 class="govuk-heading-m" { "Keep it from being erased" }
                (holds(visit, id, &rights, &errors))
                h2 class="govuk-heading-m" { "Erase it" }
                (erasure(visit, id, &rights, &errors))
            }
        }
    };
    let page = page("Rights of this person", body).under(format!("/register/people/{id}"), "Record");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn access_fields(errors: &Errors) -> Markup {
    html! {
        (Select {
            field: Field::new("format", "Format").error(errors.on("format")),
            choices: vec![
                Choice::new("pdf", "PDF, to be read"),
                Choice::new("json", "JSON, for another program"),
                Choice::new("html", "A web page"),
            ],
            value: "pdf".into(),
            ..Select::default()
        })
        (Button { text: "Download the record".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
    }
}

fn purposes(rights: &Rights) -> Listing {
    let row = |one: &town::register::Consented| {
        let purpose = one.purpose;
        vec![
            html! { (purpose.name) },
            html! { (purpose.article_6) br; (purpose.article_9) },
            html! {
                @match (&one.since, purpose.consent) {
                    (Some((at, by)), _) => {
                        "Given by " @if by == "self" { "the person" } @else { "whoever looks after them" } " on " (moment(at))
                    },
                    (None, true) => "Not given: it is not used for this",
                    (None, false) => "Not needed",
                }
            },
        ]
    };
    Listing {
        caption: "Purposes".into(),
        hide_caption: true,
        columns: vec![Column::new("Purpose"), Column::new("Lawful basis"), Column::new("Consent")],
        rows: rights.purposes.iter().map(row).collect(),
    }
}

fn consent_fields(rights: &Rights, errors: &Errors) -> Markup {
    let asked = rights.purposes.iter().filter(|one| one.purpose.consent);
    let mut choices = vec![Choice::new("", "Choose a purpose")];
    choices.extend(asked.map(|one| Choice::new(&one.purpose.code, &one.purpose.name)));
    html! {
        (Select {
            field: Field::new("purpose", "Consent to").error(errors.on("purpose")),
            choices,
            ..Select::default()
        })
        (one_of("given_by", "Who consents?", &[("self", "The person"), ("guardian", "Whoever looks after them")], "", errors))
        div class="govuk-button-group" {
            (Button { text: "Note this consent".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
            button class="govuk-button govuk-button--secondary" type="submit" name="withdraw" value="yes" data-module="govuk-button" {
                "Take this consent back"
            }
        }
    }
}

fn holds(visit: &Visit, id: &str, rights: &Rights, errors: &Errors) -> Markup {
    let action = format!("/register/people/{id}/hold");
    html! {
        @if let Some((until, rule)) = &rights.kept_until {
            p class="govuk-body" { "It is kept until " (town::long_date(*until)) ". " (rule.words) " (" (rule.source) ")." }
        }
        @for hold in &rights.holds {
            (InsetText {
                text: html! {
                    "Held since " (moment(&hold.since)) " by " (hold.set_by) ": " (hold.reason) ". " (hold.words.reveal())
                }.into(),
                ..InsetText::default()
            })
        }
        @if rights.holds.is_empty() {
            (visit.form(&action, html! {
                (one_of("hold", "Why is it held?", HOLD_REASONS, "", errors))
                (Textarea {
                    field: Field::new("hold-words", "For what").hint("For example, the number of the case").error(errors.on("hold-words")),
                    rows: 2,
                    ..Textarea::default()
                })
                (Button { text: "Hold this record".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
            }))
        } @else {
            (visit.form(&action, html! {
                input type="hidden" name="lift" value="yes";
                (Button { text: "Lift the hold".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
            }))
        }
    }
}

fn erasure(visit: &Visit, id: &str, rights: &Rights, errors: &Errors) -> Markup {
    html! {
        @if rights.holds.is_empty() {
            (WarningText {
                text: "An erased record cannot be brought back.".into(),
                hidden_word: "Warning".into(),
                ..WarningText::default()
            })
            (visit.form(&format!("/register/people/{id}/erase"), html! {
                (one_of("erasure", "Why is it erased?", ERASURE_REASONS, "", errors))
                (Button { text: "Erase this record".into(), classes: "govuk-button--warning".into(), ..Button::default() })
            }))
        } @else {
            p class="govuk-body" { "While the record is held it cannot be erased." }
        }
    }
}
