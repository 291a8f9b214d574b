//! `GET /members`, `GET /members.csv`.

use maud::html;
use town::Permission;
use town::partnership::{MemberFilter, MemberLine};

use super::shown;
use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// Every member.
pub(crate) async fn list(visit: Visit) -> Answer {
    let list = visit.town().member_list(visit.actor(), &filter(&visit)).await?;
    let may_edit = visit.may(Permission::EditProgramme);
    let subgroups = list.subgroups.iter().map(|one| (one.code.clone(), one.name.clone()));
    let subgroups = subgroups.chain([("none".to_owned(), "None".to_owned())]);
    let organisations = list.organisations.iter().map(|one| (one.name.clone(), one.name.clone()));
    let fields = html! {
        (listing::filter(&visit, "subgroup", "Subgroup", "All subgroups", subgroups))
        (listing::filter(&visit, "organisation", "Organisation", "All organisations", organisations))
        (listing::words_filter(&visit))
    };
    let mut table = table("Members", &list.lines, may_edit);
    table.hide_caption = true;
    table.columns = vec![
        Column::new("Name").sortable(&visit, ""),
        Column::new("Role").sortable(&visit, "role"),
        Column::new("Organisation").sortable(&visit, "organisation"),
        Column::new("Subgroup").sortable(&visit, "subgroup"),
        Column::number("Actions").sortable(&visit, "actions"),
        Column::number("Recommendations").sortable(&visit, "recommendations"),
    ];
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Members" }
            @if may_edit {
                (Button { text: "Add a member".into(), href: "/members/new".into(), ..Button::default() })
            }
        }
        p class="govuk-body" {
            "Where they come from: " a class="govuk-link" href="/organisations" { "organisations" } "."
        }
        @if list.total == 0 {
            (shown::nothing_yet(
                "Here everybody who can own a recommendation or an action will stand, with their organisation.",
                html! { "First, " a class="govuk-link" href="/organisations" { "add the organisations" }
                    " of the partnership, then their members." },
            ))
        } @else {
            (listing::filters(&visit, fields))
            (listing::count(&visit, list.lines.len(), list.total, "members", "/members.csv"))
            @if list.lines.is_empty() { p class="govuk-body" { "No member is like that." } } @else { (table) }
        }
    };
    Page::new("Members", body).within(Section::Subgroups).under("/subgroups", "Subgroups").show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    download::csv(visit.town().member_csv(visit.actor(), &filter(&visit)).await?, "members.csv")
}

fn filter(visit: &Visit) -> MemberFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    MemberFilter {
        subgroup: query("subgroup"),
        organisation: query("organisation"),
        words: query("words"),
        sort: query("sort"),
    }
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
