//! `GET /reports/{id}`, `GET /reports/{id}/{format}`.

use maud::{PreEscaped, html};
use town::Permission;
use town::reports::ReportFormat;

use super::standalone::document;
use crate::layout::Section;
use crate::{Answer, Page, Problem, Visit, download};

fn number(visit: &Visit) -> Result<i64, Problem> {
    visit.param("id").parse().map_err(|_| Problem::NotFound)
}

/// A published report, as it was published.
pub(crate) async fn published(visit: Visit) -> Answer {
    let id = number(&visit)?;
    let report = visit.town().published_report(visit.actor(), id).await?;
    let content = visit.town().published_file(visit.actor(), id, ReportFormat::Html).await?;
    let published = report.published_at.get(..10).and_then(|day| day.parse().ok()).map(town::long_date);
    let body = html! {
        p class="govuk-inset-text" {
            "Published on " (published.unwrap_or_default())
            @if visit.may(Permission::ReadProgramme) { " by " (report.published_by) }
            " and unchanged since. Keep it as "
            @for (index, format) in ReportFormat::ALL.into_iter().enumerate() {
                @if index > 0 { ", " }
                a class="govuk-link" href={ "/reports/" (id) "/" (format.extension()) } { (format.name()) }
            }
            "."
        }
        div class="het-report" { (PreEscaped(String::from_utf8_lossy(&content))) }
    };
    Page::new(&report.title, body).within(Section::Reports).under("/reports", "Progress reports").show(&visit)
}

/// A published report's file, as it was published.
pub(crate) async fn published_file(visit: Visit) -> Answer {
    let id = number(&visit)?;
    let format = ReportFormat::from_extension(visit.param("format")).ok_or(Problem::NotFound)?;
    let report = visit.town().published_report(visit.actor(), id).await?;
    let content = visit.town().published_file(visit.actor(), id, format).await?;
    let content = if format == ReportFormat::Html { document(&report.title, &content) } else { content };
    let name = format!("progress-report-{id}-to-{}.{}", report.period_end, format.extension());
    download::download(content, format.media_type(), &name)
}
