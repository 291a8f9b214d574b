//! `GET /members`, `GET /members.csv`.

use maud::html;
use town::Permission;
use town::partnership::{MemberLine, OrganisationLine};

use super::shown;
use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// Every member and organisation.
pub(crate) async fn list(visit: Visit) -> Answer {
    let (mut members, organisations) = visit.town().member_list(visit.actor()).await?;
    let total = members.len();
    let words = visit.query("words").unwrap_or_default().to_lowercase();
    members.retain(|line| {
        [&line.name, &line.role, &line.organisation].iter().any(|text| text.to_lowercase().contains(&words))
    });
    let may_edit = visit.may(Permission::EditProgramme);
    let organisation = |line: &OrganisationLine| {
        vec![html! { (line.name) }, html! { (line.kind) }, html! { (line.members) }]
    };
    let organisations = Listing {
        caption: "Organisations".into(),
        columns: vec![Column::new("Organisation"), Column::new("Kind"), Column::number("Members")],
        rows: organisations.iter().map(organisation).collect(),
        ..Listing::default()
    };
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Members and organisations" }
            @if may_edit {
                div class="govuk-button-group" {
                    (Button { text: "Add a member".into(), href: "/members/new".into(), ..Button::default() })
                    (Button {
                        text: "Add an organisation".into(),
                        href: "/organisations/new".into(),
                        classes: "govuk-button--secondary".into(),
                        ..Button::default()
                    })
                }
            }
        }
        @if total == 0 {
            (shown::nothing_yet(
                "Here everybody who can own a recommendation or an action will stand, with their organisation.",
                html! { "First, add the organisations of the partnership, then their members." },
            ))
        } @else {
            (listing::filters(&visit, html! { (listing::words_filter(&visit)) }))
            (listing::count(&visit, members.len(), total, "members", "/members.csv"))
            @if members.is_empty() { p class="govuk-body" { "No member is like that." } }
            @else { (table("Members", &members, may_edit)) }
        }
        @if !organisations.rows.is_empty() { (organisations) }
    };
    Page::new("Members and organisations", body)
        .within(Section::Subgroups)
        .under("/subgroups", "Subgroups")
        .show(&visit)
}

/// Every member as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    download::csv(visit.town().member_csv(visit.actor()).await?, "members.csv")
}

/// Members in a table, each name leading to its form where it may be edited.
pub(super) fn table(caption: &str, lines: &[MemberLine], edit: bool) -> Listing {
    let row = |line: &MemberLine| {
        vec![
            html! {
                @if edit { a class="govuk-link" href={ "/members/" (line.code) "/edit" } { (line.name) } }
                @else { (line.name) }
            },
            html! { (line.role) },
            html! { (line.organisation) },
            html! { @if let Some(subgroup) = &line.subgroup { (shown::link("/subgroups", subgroup)) } },
            html! {
                @if line.actions == 0 { "0" } @else {
                    a class="govuk-link" href={ "/actions?owner=" (line.code) } {
                        (line.actions) span class="govuk-visually-hidden" { " actions of " (line.name) }
                    }
                }
            },
            html! { (line.recommendations) },
        ]
    };
    Listing {
        caption: caption.to_owned(),
        columns: vec![
            Column::new("Name"),
            Column::new("Role"),
            Column::new("Organisation"),
            Column::new("Subgroup"),
            Column::number("Actions"),
            Column::number("Recommendations"),
        ],
        rows: lines.iter().map(row).collect(),
        ..Listing::default()
    }
}
