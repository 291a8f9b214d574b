//! `GET /register/people/{person}/readings`: who has read a record.

use maud::html;
use town::register::{Given, Opened, ReadingLine};

use super::fields::moment;
use super::page;
use super::person::closed;
use crate::layout::listing::{Column, Listing};
use crate::{Answer, Errors, Visit};

/// Who has read it, the newest first.
pub(crate) async fn readings(visit: Visit) -> Answer {
    let (id, now) = (visit.param("person"), town::now());
    let opened = visit.town().record(visit.actor(), id, now).await?;
    if !matches!(opened, Opened::Shown(_)) {
        return closed(&visit, &opened, &Given::default(), Errors::default());
    }
    let lines = visit.town().record_readings(visit.actor(), id, now).await?;
    let row = |line: &ReadingLine| {
        vec![
            html! { (moment(&line.at)) },
            html! { (line.reader) br; (line.role) },
            html! { (line.did) },
            html! {
                @if line.did == "Found it in a search" { "By " (way(&line.reason)) } @else { (line.reason) }
                @if !line.words.reveal().is_empty() { br; (line.words.reveal()) }
            },
        ]
    };
    let body = html! {
        h1 class="govuk-heading-l" { "Who has read this record" }
        (Listing {
            caption: format!("{} readings", lines.len()),
            hide_caption: true,
            columns: vec![Column::new("When"), Column::new("Who"), Column::new("What"), Column::new("Why")],
            rows: lines.iter().map(row).collect(),
        })
    };
    page("Who has read this record", body).under(format!("/register/people/{id}"), "Record").show(&visit)
}

/// How somebody was looked for.
fn way(code: &str) -> &str {
    match code {
        "nhs-number" => "NHS number",
        "name" => "family name and date of birth",
        other => other,
    }
}
