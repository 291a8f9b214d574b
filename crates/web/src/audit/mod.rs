//! `GET /audit`, `GET /audit.csv`: who did what, for whoever looks after accounts.

use maud::{Markup, html};
use serde_json::Value;
use town::audit::{AuditFilter, AuditLine};

use crate::components::{Field, Input};
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// The log, the newest entries first.
pub(crate) async fn list(visit: Visit) -> Answer {
    let (lines, older) = visit.town().audit_page(visit.actor(), &filter(&visit)).await?;
    let row = |line: &AuditLine| {
        vec![
            html! { span class="het-number" { (line.id) } },
            html! { (when(&line.at)) },
            html! { (line.actor) },
            html! { (line.action) " " (line.subject) },
            detail(&line.detail),
        ]
    };
    let table = Listing {
        caption: "Audit log".into(),
        hide_caption: true,
        columns: ["Entry", "When", "Who", "What", "From and to"].map(Column::new).into(),
        rows: lines.iter().map(row).collect(),
    };
    let actor = Input {
        field: Field::new("actor", "By whom"),
        value: visit.query("actor").unwrap_or_default().to_owned(),
        ..Input::default()
    };
    let last = lines.last().map(|line| line.id.to_string()).unwrap_or_default();
    let body = html! {
        h1 class="govuk-heading-l" { "Audit log" }
        p class="govuk-body" {
            "Every change, with who made it. An entry is written together with its change and is never altered; "
            code { "het audit verify" } " proves it. People's records have a log of their own."
        }
        (listing::filters(&visit, html! { (actor) (listing::words_filter(&visit)) }))
        p class="govuk-body het-count" {
            a class="govuk-link" href=(listing::address(&visit, "/audit.csv", &[("before", "")])) { "Download as CSV" }
            " (the newest 10,000 entries like this; " code { "het audit export" } " gives all)"
        }
        @if lines.is_empty() { p class="govuk-body" { "No entry is like that." } } @else { (table) }
        @if older {
            p class="govuk-body" {
                a class="govuk-link" href=(listing::address(&visit, "/audit", &[("before", &last)])) { "Older entries" }
            }
        }
    };
    Page::new("Audit log", body).within(Section::Audit).show(&visit)
}

/// The same entries as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    download::csv(visit.town().audit_csv(visit.actor(), &filter(&visit)).await?, "audit.csv")
}

fn filter(visit: &Visit) -> AuditFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    AuditFilter { before: query("before").parse().ok(), actor: query("actor"), words: query("words") }
}

fn when(moment: &str) -> String {
    let read: Option<town::Moment> = moment.parse().ok();
    read.map_or_else(|| moment.to_owned(), |moment| moment.strftime("%-d %B %Y, %H:%M:%S UTC").to_string())
}

/// What the entry keeps of the change: each field from what to what.
fn detail(text: &str) -> Markup {
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(text) else {
        return html! { (text) };
    };
    let words = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (from, to) = (fields.get("from"), fields.get("to"));
    html! {
        @if let Some(Value::Object(to)) = to {
            @for (name, value) in to {
                @let before = from.and_then(|from| from.get(name)).map(words).unwrap_or_default();
                @if !(before.is_empty() && words(value).is_empty()) {
                    p class="het-why" {
                        (name) ": " @if !before.is_empty() { del { (before) } " " } (words(value))
                    }
                }
            }
        } @else {
            @for (name, value) in &fields { p class="het-why" { (name) ": " (words(value)) } }
        }
    }
}
