//! `GET /gaps`, `GET /gaps.csv`.

use maud::{Markup, html};
use town::partnership::{Answer as Says, Aspect, GapAnalysis, GapCell, GapFilter, GapRow, Named};

use super::shown;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// What is missing.
pub(crate) async fn show(visit: Visit) -> Answer {
    let subgroup = visit.query("subgroup").unwrap_or_default();
    let found = visit.town().gap_analysis(visit.actor(), subgroup, visit.as_of()).await?;
    let subgroups: Vec<_> = found.subgroups.iter().map(|s| (s.code.clone(), s.name.clone())).collect();
    let fields = listing::filter(&visit, "subgroup", "Subgroup", "All subgroups", subgroups.into_iter());
    let filter = filter(&visit);
    let aspects = Aspect::ALL.map(|aspect| (aspect.words().to_owned(), aspect.missing().to_owned()));
    let rows = filter.rows(&found);
    let body = html! {
        h1 class="govuk-heading-l" { "Gap analysis" }
        @if found.rows.is_empty() && subgroup.is_empty() {
            (shown::nothing_yet(
                "Here each recommendation is held against eight questions: whether it has an owner, an action, an indicator and more.",
                html! { "First, " a class="govuk-link" href="/recommendations" { "add the recommendations" } "." },
            ))
        } @else {
            p class="govuk-body-l" { (summary(&found)) }
            (listing::filters(&visit, html! {
                (fields)
                (listing::filter(&visit, "missing", "Only where", "Anything", aspects.into_iter()))
            }))
            (listing::count(&visit, rows.len(), found.rows.len(), "recommendations", "/gaps.csv"))
            p class="govuk-body" {
                @if filter.most_first {
                    "Those that lack most come first. "
                    a class="govuk-link" href=(listing::address(&visit, "/gaps", &[("sort", "")])) { "In the order of their numbers" }
                } @else {
                    "In the order of their numbers. "
                    a class="govuk-link" href=(listing::address(&visit, "/gaps", &[("sort", "most")])) { "Those that lack most first" }
                }
            }
            (grid(&rows))
            (orphans("Actions that serve no recommendation", "/actions", &found.actions))
            (orphans("Indicators that measure nothing", "/indicators", &found.indicators))
            p class="govuk-body-s" {
                "Worked out on " (town::long_date(visit.as_of())) " from dates and figures; nothing of it is stored. "
                "Data is recent when no more than twice the time that one figure covers, and three months for publication, have "
                "passed since."
            }
        }
    };
    Page::new("Gap analysis", body).within(Section::Gaps).show(&visit)
}

/// The same as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let subgroup = visit.query("subgroup").unwrap_or_default();
    let content = visit.town().gap_csv(visit.actor(), subgroup, filter(&visit), visit.as_of()).await?;
    download::csv(content, "gap-analysis.csv")
}

fn filter(visit: &Visit) -> GapFilter {
    let missing = visit.query("missing").unwrap_or_default();
    GapFilter {
        missing: Aspect::ALL.into_iter().find(|aspect| aspect.words() == missing),
        most_first: visit.query("sort") == Some("most"),
    }
}

fn summary(found: &GapAnalysis) -> String {
    let whole = found.rows.iter().filter(|row| row.missing() == 0).count();
    let lacking = |aspect: Aspect| {
        let lacks = |row: &&GapRow| row.cells.iter().any(|c| c.aspect == aspect && c.answer == Says::No);
        found.rows.iter().filter(lacks).count()
    };
    format!(
        "{whole} of {} recommendations lack nothing. {} have no owner, {} have no action and {} have no indicator.",
        found.rows.len(),
        lacking(Aspect::Owner),
        lacking(Aspect::Action),
        lacking(Aspect::Indicator)
    )
}

fn grid(rows: &[&GapRow]) -> Listing {
    let mut columns = vec![Column::new("Recommendation")];
    columns.extend(Aspect::ALL.map(|aspect| Column::new(aspect.words())));
    let row = |row: &&GapRow| {
        let mut cells = vec![html! {
            span class="het-number" { (row.recommendation.code) " " }
            (shown::link("/recommendations", &row.recommendation))
        }];
        cells.extend(row.cells.iter().map(cell));
        cells
    };
    let rows = rows.iter().map(row).collect();
    Listing { caption: "What each recommendation has and lacks".into(), hide_caption: true, columns, rows }
}

/// The answer with a mark of its own shape, and why under it.
fn cell(cell: &GapCell) -> Markup {
    let (mark, class) = match cell.answer {
        Says::Yes => ("✓", "het-gap--yes"),
        Says::Partly => ("◐", "het-gap--partly"),
        Says::No => ("✗", "het-gap--no"),
        Says::NotApplicable => ("–", "het-gap--none"),
    };
    html! {
        details class={ "het-gap " (class) } {
            summary { span aria-hidden="true" { (mark) " " } (cell.answer.words())
                span class="govuk-visually-hidden" { ": why?" } }
            p { (cell.why) }
        }
    }
}

fn orphans(heading: &str, path: &str, list: &[Named]) -> Markup {
    html! {
        h2 class="govuk-heading-m" { (heading) }
        @if list.is_empty() { p class="govuk-body" { "None." } } @else {
            ul class="govuk-list govuk-list--bullet" {
                @for named in list { li { (shown::link(path, named)) " " span class="het-ref" { (named.code) } } }
            }
        }
    }
}
