//! `GET /register/reviews`, `GET` and `POST /register/reviews/{reading}`: the second look.

use maud::{Markup, html};
use town::register::{BrokenGlass, DECISIONS, ReviewForm};

use super::fields::{moment, one_of, words};
use super::page;
use crate::components::{Button, InsetText, SummaryList, SummaryRow, Tag};
use crate::layout::listing::{Column, Listing};
use crate::{Answer, Errors, Notice, Sent, Visit};

/// Every time the glass was broken.
pub(crate) async fn list(visit: Visit) -> Answer {
    let lines = visit.town().broken_glass(visit.actor()).await?;
    let waiting = lines.iter().filter(|line| line.review.is_none()).count();
    let row = |line: &BrokenGlass| {
        vec![
            html! { a class="govuk-link" href={ "/register/reviews/" (line.id) } { (moment(&line.at)) } },
            html! { (line.reader) br; (line.role) },
            html! { (line.reason) },
            state(line),
        ]
    };
    let body = html! {
        h1 class="govuk-heading-l" { "When the glass was broken" }
        @if lines.is_empty() {
            p class="govuk-body" { "Nobody has broken the glass. When somebody does, it stands here until somebody else has looked at it." }
        } @else {
            p class="govuk-body" {
                @if waiting == 0 { "All have been looked at." }
                @else { (waiting) " to be looked at." }
            }
            (Listing {
                caption: "Times when the glass was broken".into(),
                hide_caption: true,
                columns: vec![Column::new("When"), Column::new("Who"), Column::new("Why"), Column::new("Second look")],
                rows: lines.iter().map(row).collect(),
            })
        }
    };
    page("When the glass was broken", body).show(&visit)
}

fn state(line: &BrokenGlass) -> Markup {
    match &line.review {
        Some((_, _, decision, _)) => html! { (decision) },
        None => html! { (Tag { text: "To be looked at".into(), classes: "govuk-tag--yellow".into() }) },
    }
}

/// One of them, and what is decided of it.
pub(crate) async fn review_page(visit: Visit) -> Answer {
    show(&visit, &ReviewForm::default(), Errors::default()).await
}

/// The decision is kept.
pub(crate) async fn decide(visit: Visit, sent: Sent) -> Answer {
    let form =
        ReviewForm { decision: sent.text("decision").to_owned(), words: sent.text("words").to_owned() };
    let id = visit.param("reading");
    match visit.town().review_broken_glass(visit.actor(), id, &form, town::now()).await {
        Ok(()) => Ok(visit.done("/register/reviews", Notice::Saved)),
        Err(town::Error::Refused(refusals)) => show(&visit, &form, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn show(visit: &Visit, form: &ReviewForm, errors: Errors) -> Answer {
    let id = visit.param("reading");
    let line = visit.town().broken_glass_of(visit.actor(), id).await?;
    let mut rows = vec![
        SummaryRow::new("When", moment(&line.at)),
        SummaryRow::new("Who", format!("{}, {}", line.reader, line.role)),
        SummaryRow::new("Reason", line.reason.clone()),
        SummaryRow::new("In their words", line.words.reveal().clone()),
        SummaryRow::new("Record", html! { code class="het-code" { (line.person_id) } }),
    ];
    if let Some((reviewer, at, decision, why)) = &line.review {
        rows.push(SummaryRow::new("Looked at by", format!("{reviewer}, {}", moment(at))));
        rows.push(SummaryRow::new("Decided", decision.clone()));
        rows.push(SummaryRow::new("Because", why.reveal().clone()));
    }
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "A second look" }
        (SummaryList { rows, ..SummaryList::default() })
        @if line.may_decide {
            (visit.form(&format!("/register/reviews/{id}"), html! {
                (one_of("decision", "What do you decide?", DECISIONS, &form.decision, &errors))
                (words("Why", "What you found out, and from whom", &form.words, &errors))
                (Button { text: "Keep this decision".into(), prevent_double_click: Some(true), ..Button::default() })
            }))
        } @else if line.review.is_none() {
            (InsetText { text: "You broke the glass yourself: somebody else has to look at it.".into(), ..InsetText::default() })
        }
    };
    let page = page("A second look", body).under("/register/reviews", "When the glass was broken");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
