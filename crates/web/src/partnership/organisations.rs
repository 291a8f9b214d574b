//! `GET /organisations`, `GET /organisations.csv`.

use maud::{Markup, html};
use town::Permission;
use town::partnership::OrganisationLine;

use super::shown;
use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// Every organisation.
pub(crate) async fn list(visit: Visit) -> Answer {
    let (words, sort) = asked(&visit);
    let (lines, total) = visit.town().organisation_list(visit.actor(), words, sort).await?;
    let may_edit = visit.may(Permission::EditProgramme);
    let table = Listing {
        caption: "Organisations".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Organisation").sortable(&visit, ""),
            Column::new("Kind").sortable(&visit, "kind"),
            Column::number("Members").sortable(&visit, "members"),
        ],
        rows: lines.iter().map(|line| row(line, may_edit)).collect(),
    };
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Organisations" }
            @if may_edit {
                (Button { text: "Add an organisation".into(), href: "/organisations/new".into(), ..Button::default() })
            }
        }
        @if total == 0 {
            (shown::nothing_yet(
                "Here every organisation of the partnership will stand, with how many of its people are in it.",
                html! { "First, add the council, the NHS and whoever else is in the partnership." },
            ))
        } @else {
            (listing::filters(&visit, html! { (listing::words_filter(&visit)) }))
            (listing::count(&visit, lines.len(), total, "organisations", "/organisations.csv"))
            @if lines.is_empty() { p class="govuk-body" { "No organisation is like that." } } @else { (table) }
        }
    };
    Page::new("Organisations", body)
        .within(Section::Subgroups)
        .under("/subgroups", "Subgroups")
        .under("/members", "Members")
        .show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let (words, sort) = asked(&visit);
    let content = visit.town().organisation_csv(visit.actor(), words, sort).await?;
    download::csv(content, "organisations.csv")
}

fn asked(visit: &Visit) -> (&str, &str) {
    (visit.query("words").unwrap_or_default(), visit.query("sort").unwrap_or_default())
}

fn row(line: &OrganisationLine, edit: bool) -> Vec<Markup> {
    let members = listing::address_with("/members", &[("organisation", &line.name)]);
    vec![
        html! {
            @if edit { a class="govuk-link" href={ "/organisations/" (line.id) "/edit" } { (line.name) } }
            @else { (line.name) }
        },
        html! { (line.kind) },
        html! {
            @if line.members == 0 { "0" } @else {
                a class="govuk-link" href=(members) {
                    (line.members) span class="govuk-visually-hidden" { " members of " (line.name) }
                }
            }
        },
    ]
}
