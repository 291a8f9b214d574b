//! `GET /recommendations`, `GET /recommendations.csv`, `GET /recommendations/{number}`.

use maud::html;
use town::Permission;
use town::partnership::{PRINCIPLES, RecommendationFilter, Standing};

use super::shown;
use crate::components::{Button, SummaryList, SummaryRow};
use crate::layout::Section;
use crate::layout::listing::{self, Column};
use crate::{Answer, Page, Visit, download};

/// Every recommendation.
pub(crate) async fn list(visit: Visit) -> Answer {
    let list = visit.town().recommendation_list(visit.actor(), &filter(&visit), visit.as_of()).await?;
    let subgroups: Vec<_> = list.subgroups.iter().map(|s| (s.code.clone(), s.name.clone())).collect();
    let principles =
        PRINCIPLES.iter().enumerate().map(|(i, words)| ((i + 1).to_string(), format!("{}. {words}", i + 1)));
    let standings = Standing::ALL.map(|standing| (standing.code().to_owned(), standing.words().to_owned()));
    let fields = html! {
        (listing::filter(&visit, "subgroup", "Subgroup", "All subgroups", subgroups.into_iter()))
        (listing::filter(&visit, "principle", "Marmot principle", "All eight", principles))
        (listing::filter(&visit, "standing", "Status", "Any status", standings.into_iter()))
        (listing::words_filter(&visit))
    };
    let mut table = shown::recommendation_table("Recommendations", &list.lines);
    table.hide_caption = true;
    table.columns = vec![
        Column::new("Recommendation").sortable(&visit, ""),
        Column::new("Status and why").sortable(&visit, "urgency"),
        Column::new("Owner").sortable(&visit, "owner"),
        Column::number("Actions").sortable(&visit, "actions"),
        Column::number("Indicators").sortable(&visit, "indicators"),
    ];
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Recommendations" }
            @if visit.may(Permission::EditSubgroup) {
                (Button {
                    text: "Add a recommendation".into(), href: "/recommendations/new".into(), ..Button::default()
                })
            }
        }
        @if list.total == 0 {
            (shown::nothing_yet(
                "Here each recommendation of the town's Marmot report will stand with who owns it and whether it moves.",
                html! { "First, " a class="govuk-link" href="/subgroups" { "add the subgroups" }
                    " that drive them, or import the partnership's workbook: " code { "het import programme partnership.xlsx" } },
            ))
        } @else {
            (listing::filters(&visit, fields))
            (listing::count(&visit, list.lines.len(), list.total, "recommendations", "/recommendations.csv"))
            @if list.lines.is_empty() { p class="govuk-body" { "No recommendation is like that." } } @else { (table) }
        }
    };
    Page::new("Recommendations", body).within(Section::Recommendations).show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let content = visit.town().recommendation_csv(visit.actor(), &filter(&visit), visit.as_of()).await?;
    download::csv(content, "recommendations.csv")
}

fn filter(visit: &Visit) -> RecommendationFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    RecommendationFilter {
        subgroup: query("subgroup"),
        principle: query("principle"),
        standing: query("standing"),
        words: query("words"),
        sort: query("sort"),
    }
}

/// What a horizon is called.
pub(super) fn horizon(code: &str) -> &str {
    match code {
        "short" => "Short term",
        "medium" => "Medium term",
        "long" => "Long term",
        other => other,
    }
}

/// One recommendation.
pub(crate) async fn show(visit: Visit) -> Answer {
    let number = visit.param("number");
    let found = visit.town().recommendation_page(visit.actor(), number, visit.as_of()).await?;
    let line = &found.line;
    let rows = vec![
        SummaryRow::new("Owner", shown::owner(line.owner.as_ref())),
        SummaryRow::new("Subgroup", shown::link("/subgroups", &line.subgroup)),
        SummaryRow::new("Marmot principle", format!("{}. {}", line.principle, found.principle)),
        SummaryRow::new("Horizon", horizon(&line.horizon)),
    ];
    let body = html! {
        div class="het-title" {
            div {
                span class="govuk-caption-l" { "Recommendation " (line.number) }
                h1 class="govuk-heading-l" { (line.words) }
            }
            @if found.may_edit {
                (Button {
                    text: "Edit this recommendation".into(),
                    href: format!("/recommendations/{}/edit", line.number),
                    classes: "govuk-button--secondary".into(),
                    ..Button::default()
                })
            }
        }
        p class="govuk-body-l" { (shown::standing(line.standing)) }
        ul class="govuk-list govuk-list--bullet" { @for reason in &line.reasons { li { (reason) "." } } }
        (SummaryList { rows, classes: "het-facts".into(), ..SummaryList::default() })
        @if found.actions.is_empty() {
            h2 class="govuk-heading-m" { "Actions" }
            p class="govuk-body" {
                "No action serves it yet. "
                @if found.may_add_action {
                    a class="govuk-link" href={ "/actions/new?serves=" (line.number) } { "Add one" } "."
                }
            }
        } @else { (shown::action_table("Actions that serve it", &found.actions)) }
        h2 class="govuk-heading-m" { "Is it working?" }
        @if found.measures.is_empty() {
            p class="govuk-body" { "No indicator measures it or its actions, so nobody can tell." }
        } @else { (shown::measures(&found.measures)) }
    };
    Page::new(format!("Recommendation {}", line.number), body)
        .within(Section::Recommendations)
        .under("/recommendations", "Recommendations")
        .show(&visit)
}
