//! `GET` and `POST /reports/progress`, `GET /reports/progress/{format}`.

use maud::{Markup, PreEscaped, html};
use town::Permission;
use town::partnership::Named;
use town::reports::{ReportFormat, ReportScope};
use vocabulary::{Date, Period};

use super::standalone::document;
use crate::components::{Button, Choice, Field, Select};
use crate::layout::Section;
use crate::layout::listing::address;
use crate::{Answer, Notice, Page, Problem, Sent, Visit, download};

/// How many quarters back can be chosen; any other days can be asked for in the address, with `from` and `to`.
const QUARTERS: i32 = 8;

/// A report that is chosen, looked at, and kept or published.
pub(crate) async fn preview(visit: Visit) -> Answer {
    let subgroups = visit.town().choices(visit.actor()).await?.subgroups;
    let scope = scope_of(&visit, visit.query("subgroup"), visit.query("period"))?;
    let shown = match visit.query("period").or(visit.query("from")) {
        Some(_) => Some(visit.town().progress_file(visit.actor(), &scope, ReportFormat::Html).await?),
        None => None,
    };
    let body = html! {
        @if shown.is_none() { h1 class="govuk-heading-l" { "Make a progress report" } }
        p class="govuk-body" {
            "It says of each recommendation what is done, late and next, what its indicators show and what is missing, as of "
            (town::long_date(scope.as_of)) "."
        }
        (choice(&visit, &subgroups, scope.period))
        @if let Some(content) = &shown {
            (keep(&visit, &scope))
            div class="het-report" { (PreEscaped(String::from_utf8_lossy(content))) }
        }
    };
    Page::new("Make a progress report", body)
        .within(Section::Reports)
        .under("/reports", "Progress reports")
        .show(&visit)
}

/// What the report is about.
fn choice(visit: &Visit, subgroups: &[Named], period: Period) -> Markup {
    let mut scopes = vec![Choice::new("", "The whole partnership")];
    scopes.extend(subgroups.iter().map(|named| Choice::new(&named.code, &named.name)));
    let mut periods: Vec<Period> = periods(visit.as_of());
    if !periods.contains(&period) {
        periods.insert(0, period);
    }
    html! {
        form class="het-filters" method="get" action=(visit.path()) {
            (Select {
                field: Field::new("subgroup", "For"),
                choices: scopes,
                value: visit.query("subgroup").unwrap_or_default().to_owned(),
                ..Select::default()
            })
            (Select {
                field: Field::new("period", "About"),
                choices: periods.into_iter().map(|period| Choice::new(iso(period), period.to_string())).collect(),
                value: iso(period),
                ..Select::default()
            })
            div class="het-filters__buttons" {
                (Button { text: "Show the report".into(), ..Button::default() })
            }
        }
    }
}

/// The files, and publishing.
fn keep(visit: &Visit, scope: &ReportScope) -> Markup {
    let subgroup = scope.subgroup.as_deref().unwrap_or_default();
    html! {
        div class="het-keep" {
            p class="govuk-body" {
                "Keep it as "
                @for (index, format) in ReportFormat::ALL.into_iter().enumerate() {
                    @if index > 0 { ", " }
                    a class="govuk-link" href=(address(visit, &format!("/reports/progress/{}", format.extension()), &[])) {
                        (format.name())
                    }
                }
                "."
            }
            @if visit.may(Permission::PublishReport) {
                (visit.form("/reports/progress", html! {
                    input type="hidden" name="subgroup" value=(subgroup);
                    input type="hidden" name="period" value=(iso(scope.period));
                    (Button { text: "Publish this report".into(), prevent_double_click: Some(true), ..Button::default() })
                    p class="govuk-hint" { "A published report can be read by everybody, names nobody, and never changes." }
                }))
            }
        }
    }
}

/// A report is published.
pub(crate) async fn publish(visit: Visit, sent: Sent) -> Answer {
    let scope = scope_of(&visit, Some(sent.text("subgroup")), Some(sent.text("period")))?;
    let _turn = visit.app().costly().document().await.ok_or(Problem::Slow)?;
    let id = visit.town().publish_progress_report(visit.actor(), &scope).await?;
    Ok(visit.done(&format!("/reports/{id}"), Notice::Published))
}

/// The report as a file.
pub(crate) async fn file(visit: Visit) -> Answer {
    let format = ReportFormat::from_extension(visit.param("format")).ok_or(Problem::NotFound)?;
    let scope = scope_of(&visit, visit.query("subgroup"), visit.query("period"))?;
    let _turn = visit.app().costly().document().await.ok_or(Problem::Slow)?;
    let content = visit.town().progress_file(visit.actor(), &scope, format).await?;
    let content = if format == ReportFormat::Html { document("Progress report", &content) } else { content };
    let whose = scope.subgroup.as_deref().unwrap_or("partnership");
    let name = format!("progress-{whose}-to-{}.{}", scope.period.end(), format.extension());
    download::download(content, format.media_type(), &name)
}

/// What was asked for: `period` as two ISO dates with a slash between, or `from` and `to`; the last three months otherwise.
fn scope_of(visit: &Visit, subgroup: Option<&str>, period: Option<&str>) -> Result<ReportScope, Problem> {
    let as_of = visit.as_of();
    let asked = period.map(str::to_owned).or_else(|| {
        let to = visit.query("to").map_or_else(|| as_of.to_string(), str::to_owned);
        Some(format!("{}/{to}", visit.query("from")?))
    });
    let unreadable = || {
        Problem::Unreadable(
            "The days of a report are two dates such as 2026-07-01/2026-09-30, the earlier first",
        )
    };
    let day = |text: &str| text.parse::<Date>().ok();
    let period = match asked.filter(|text| !text.is_empty()) {
        None => ReportScope::quarter_to(as_of).map(|scope| scope.period),
        Some(text) => text
            .split_once('/')
            .and_then(|(start, end)| day(start).zip(day(end)))
            .and_then(|(start, end)| Period::new(start, end)),
    };
    let subgroup = subgroup.filter(|code| !code.is_empty()).map(str::to_owned);
    Ok(ReportScope { subgroup, period: period.ok_or_else(unreadable)?, as_of })
}

fn iso(period: Period) -> String {
    format!("{}/{}", period.start(), period.end())
}

/// The periods to choose from: the last three months, whole quarters, the latest first, and the last two financial years.
fn periods(as_of: Date) -> Vec<Period> {
    let mut found: Vec<Period> =
        ReportScope::quarter_to(as_of).map(|scope| scope.period).into_iter().collect();
    let this = i32::from(as_of.year()) * 4 + i32::from((as_of.month() - 1) / 3);
    for index in (this - QUARTERS..this).rev() {
        found.extend(quarter(index.div_euclid(4), index.rem_euclid(4)));
    }
    for year in [as_of.year(), as_of.year() - 1] {
        let days = Date::new(year - 1, 4, 1).ok().zip(Date::new(year, 3, 31).ok());
        let financial = days.and_then(|(start, end)| Period::new(start, end));
        found.extend(financial.filter(|period| period.end() < as_of));
    }
    found
}

/// A quarter of a year, 0 to 3.
fn quarter(year: i32, number: i32) -> Option<Period> {
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(number * 3 + 1).ok()?);
    let start = Date::new(year, month, 1).ok()?;
    Period::new(start, Date::new(year, month + 2, 1).ok()?.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_years_are_offered() {
        let listed: Vec<String> = periods("2026-11-24".parse().unwrap()).into_iter().map(iso).collect();
        assert_eq!(listed[0], "2026-08-25/2026-11-24");
        assert_eq!(listed[1], "2026-07-01/2026-09-30");
        assert_eq!(listed[4], "2025-10-01/2025-12-31");
        assert_eq!(listed[8], "2024-10-01/2024-12-31");
        assert_eq!(listed[9..], ["2025-04-01/2026-03-31", "2024-04-01/2025-03-31"]);
    }
}
