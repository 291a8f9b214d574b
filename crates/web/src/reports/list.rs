//! `GET /reports`, `GET /reports.csv`.

use maud::html;
use town::Permission;
use town::reports::{PublishedReport, ReportFormat};
use vocabulary::Period;

use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::partnership::shown;
use crate::{Answer, Page, Visit, download};

/// Every published report.
pub(crate) async fn list(visit: Visit) -> Answer {
    let (words, sort) = asked(&visit);
    let (reports, total) = visit.town().published_reports(visit.actor(), words, sort).await?;
    let may_read = visit.may(Permission::ReadProgramme);
    let row = |report: &PublishedReport| {
        vec![
            html! { a class="govuk-link" href={ "/reports/" (report.id) } { (report.title) } },
            html! { (period_of(report)) },
            shown::date(report.published_at.get(..10).and_then(|day| day.parse().ok())),
            html! { (report.published_by) },
            files(report),
        ]
    };
    let mut table = Listing {
        caption: "Published reports".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Report").sortable(&visit, "title"),
            Column::new("Reports on").sortable(&visit, "period"),
            Column::new("Published").sortable(&visit, ""),
            Column::new("By"),
            Column::new("Files"),
        ],
        rows: reports.iter().map(row).collect(),
    };
    if !may_read {
        table.columns.remove(3);
        table.rows.iter_mut().for_each(|row| drop(row.remove(3)));
    }
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Progress reports" }
            @if may_read {
                (Button { text: "Make a progress report".into(), href: "/reports/progress".into(), ..Button::default() })
            }
        }
        @if total == 0 {
            (shown::nothing_yet(
                "Here every progress report that was published stands as it was, to be read again or sent round.",
                html! {
                    @if may_read {
                        "First, " a class="govuk-link" href="/reports/progress" { "make one" } ", look at it, and publish it."
                    } @else { "None has been published yet." }
                },
            ))
        } @else {
            (listing::filters(&visit, html! { (listing::words_filter(&visit)) }))
            (listing::count(&visit, reports.len(), total, "reports", "/reports.csv"))
            @if reports.is_empty() { p class="govuk-body" { "No report is like that." } } @else { (table) }
        }
    };
    Page::new("Progress reports", body).within(Section::Reports).show(&visit)
}

/// The same list as CSV.
pub(crate) async fn list_csv(visit: Visit) -> Answer {
    let (words, sort) = asked(&visit);
    let content = visit.town().published_reports_csv(visit.actor(), words, sort).await?;
    download::csv(content, "reports.csv")
}

fn asked(visit: &Visit) -> (&str, &str) {
    (visit.query("words").unwrap_or_default(), visit.query("sort").unwrap_or_default())
}

fn files(report: &PublishedReport) -> maud::Markup {
    html! {
        @for format in ReportFormat::ALL {
            a class="govuk-link het-nowrap" href={ "/reports/" (report.id) "/" (format.extension()) } {
                (format.name())
                span class="govuk-visually-hidden" { " of " (report.title) ", report " (report.id) }
            }
            " "
        }
    }
}

/// The days a report is about, in words.
fn period_of(report: &PublishedReport) -> String {
    let day = |text: &str| text.parse().ok();
    let days = day(&report.period_start).zip(day(&report.period_end));
    days.and_then(|(start, end)| Period::new(start, end)).map_or_else(
        || format!("{} to {}", report.period_start, report.period_end),
        |period| period.to_string(),
    )
}
