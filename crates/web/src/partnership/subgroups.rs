//! `GET /subgroups`, `GET /subgroups.csv`, `GET /subgroups/{code}`.

use maud::html;
use town::Permission;
use town::partnership::{SubgroupFilter, SubgroupLine};

use super::shown;
use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// Every subgroup.
pub(crate) async fn list(visit: Visit) -> Answer {
    let (lines, total) = visit.town().subgroup_list(visit.actor(), &filter(&visit), visit.as_of()).await?;
    let mut table = table("Subgroups", true, &lines, true);
    let keys = ["", "recommendations", "off-track", "actions", "late", "indicators"];
    table.columns =
        table.columns.into_iter().zip(keys).map(|(column, key)| column.sortable(&visit, key)).collect();
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Subgroups" }
            @if visit.may(Permission::EditProgramme) {
                (Button { text: "Add a subgroup".into(), href: "/subgroups/new".into(), ..Button::default() })
            }
        }
        p class="govuk-body" {
            "Who is in them: " a class="govuk-link" href="/members" { "members" } " and "
            a class="govuk-link" href="/organisations" { "organisations" } "."
        }
        @if total == 0 {
            (shown::nothing_yet(
                "Here each priority area of the partnership will stand with its recommendations, actions and indicators.",
                html! { "First, add a subgroup, or import the partnership's workbook: "
                    code { "het import programme partnership.xlsx" } },
            ))
        } @else {
            (listing::filters(&visit, html! { (listing::words_filter(&visit)) }))
            (listing::count(&visit, lines.len(), total, "subgroups", "/subgroups.csv"))
            @if lines.is_empty() { p class="govuk-body" { "No subgroup is like that." } } @else { (table) }
        }
    };
    Page::new("Subgroups", body).within(Section::Subgroups).show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let content = visit.town().subgroup_csv(visit.actor(), &filter(&visit), visit.as_of()).await?;
    download::csv(content, "subgroups.csv")
}

fn filter(visit: &Visit) -> SubgroupFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    SubgroupFilter { words: query("words"), sort: query("sort") }
}

/// The subgroups in a table; without links for those who may not follow them.
pub(crate) fn table(caption: &str, hide_caption: bool, lines: &[SubgroupLine], links: bool) -> Listing {
    let row = |line: &SubgroupLine| {
        vec![
            html! {
                @if links { a class="govuk-link" href={ "/subgroups/" (line.code) } { (line.name) } }
                @else { (line.name) }
                @if !line.purpose.is_empty() { p class="het-why" { (line.purpose) } }
            },
            html! { (line.recommendations) },
            html! { (line.off_track) },
            html! { (line.actions) },
            html! { (line.late) },
            html! { (line.indicators) },
        ]
    };
    Listing {
        caption: caption.to_owned(),
        hide_caption,
        columns: vec![
            Column::new("Subgroup"),
            Column::number("Recommendations"),
            Column::number("of which off track"),
            Column::number("Open actions"),
            Column::number("of which late"),
            Column::number("Indicators"),
        ],
        rows: lines.iter().map(row).collect(),
    }
}

/// One subgroup.
pub(crate) async fn show(visit: Visit) -> Answer {
    let found = visit.town().subgroup_page(visit.actor(), visit.param("code"), visit.as_of()).await?;
    let line = &found.line;
    let body = html! {
        div class="het-title" {
            div {
                span class="govuk-caption-l" { "Subgroup" }
                h1 class="govuk-heading-l" { (line.name) }
            }
            @if found.may_edit {
                (Button {
                    text: "Edit this subgroup".into(),
                    href: format!("/subgroups/{}/edit", line.code),
                    classes: "govuk-button--secondary".into(),
                    ..Button::default()
                })
            }
        }
        @if !line.purpose.is_empty() { p class="govuk-body-l" { (line.purpose) } }
        p class="govuk-body" {
            (line.off_track) " of " (line.recommendations) " recommendations are off track or have no action; "
            (line.late) " of " (line.actions) " open actions are late. "
            a class="govuk-link" href={ "/gaps?subgroup=" (line.code) } { "What is missing" } " · "
            a class="govuk-link" href={ "/reports/progress?subgroup=" (line.code) } { "Progress report" }
        }
        h2 class="govuk-heading-m" { "Is it working?" }
        @if found.measures.is_empty() {
            p class="govuk-body" { "No indicator is followed by this subgroup yet." }
        } @else { (shown::measures(&found.measures)) }
        @if found.recommendations.is_empty() {
            h2 class="govuk-heading-m" { "Recommendations" }
            p class="govuk-body" { "No recommendation is driven by this subgroup yet." }
        } @else { (shown::recommendation_table("Recommendations", &found.recommendations)) }
        @if found.actions.is_empty() {
            h2 class="govuk-heading-m" { "Actions" }
            p class="govuk-body" { "No action is driven by this subgroup yet." }
        } @else { (shown::action_table("Actions", &found.actions)) }
        @if found.members.is_empty() {
            h2 class="govuk-heading-m" { "Members" }
            p class="govuk-body" { "Nobody is on it yet." }
        } @else { (super::members::table("Members", &found.members, false)) }
    };
    Page::new(&line.name, body).within(Section::Subgroups).under("/subgroups", "Subgroups").show(&visit)
}
