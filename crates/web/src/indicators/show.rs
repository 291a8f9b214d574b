//! `GET /indicators/{code}`: what an indicator says.

use maud::{Markup, PreEscaped, html};
use town::indicators::IndicatorPage;
use vocabulary::Polarity;

use super::choose;
use super::figures::{day_of, drawn, scrolling, table};
use crate::components::{Cell, Details, SummaryList, SummaryRow, Table};
use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// The page: the answer first, the evidence under it, the method last.
pub(crate) async fn show(visit: Visit) -> Answer {
    let choice = choose::read(&visit)?;
    let page = visit.town().indicator_page(visit.actor(), visit.param("code"), visit.as_of(), choice).await?;
    let query = choose::query(&page.choice);
    let files = |part: &str| format!("/indicators/{}/{part}", page.indicator.code);
    let body = html! {
        (answer(&page))
        @if page.may_edit(visit.actor()) { (editing(&page)) }
        @if let Some(control) = &page.control {
            h2 class="govuk-heading-m" id="over-time" { "Over time" }
            (drawn(control, &files("chart"), &query))
            (choose::form(&page))
            (rebasings(&page))
        }
        (by_deprivation(&page, &files, &query))
        @if let Some(comparison) = &page.comparison {
            h2 class="govuk-heading-m" id="compared" { "Compared with others" }
            (drawn(comparison, &files("comparison"), &query))
            (compared(&page, &visit.settings().town_name))
        }
        @if let Some(funnel) = &page.funnel {
            h2 class="govuk-heading-m" id="funnel" { "Areas by their size" }
            p class="govuk-body" {
                "Small areas vary more by chance than large ones. An area outside the limits differs from the average by more than \
                 its size explains."
            }
            (drawn(funnel, &files("funnel"), &query))
        }
        @if let Some(map) = &page.map {
            h2 class="govuk-heading-m" id="map" { "By area" }
            (drawn(map, &files("map"), &query))
        }
        (figures(&page, &files))
        (targets(&page))
        (about(&page))
        (serves(&page))
    };
    Page::new(&page.indicator.name, body)
        .within(Section::Indicators)
        .under("/indicators", "Indicators")
        .show(&visit)
}

fn answer(page: &IndicatorPage) -> Markup {
    let mut sentences = page.sentences.iter();
    html! {
        @if let Some((_, subgroup)) = &page.subgroup { span class="govuk-caption-l" { (subgroup) } }
        h1 class="govuk-heading-l" { (page.indicator.name) }
        @if let Some(first) = sentences.next() { p class="govuk-body-l het-answer" { (first) } }
        @for sentence in sentences { p class="govuk-body het-sentence" { (sentence) } }
        @if !page.icons.is_empty() {
            div class="het-icons" { @for icon in &page.icons { (PreEscaped(&icon.svg)) } }
        }
    }
}

fn editing(page: &IndicatorPage) -> Markup {
    let link = |to: &str, words: &str| {
        html! { li { a class="govuk-link" href={ "/indicators/" (page.indicator.code) "/" (to) } { (words) } } }
    };
    html! {
        nav aria-label="Change this indicator" {
            ul class="govuk-list het-inline" {
                (link("edit", "Edit"))
                @if page.indicator.series.source == "town" { (link("figures", "Add a figure")) }
                (link("targets", "Set targets"))
                @if page.control.is_some() {
                    (link("rebase", "Recalculate limits"))
                    (link("ghosts", "Leave a point out"))
                }
            }
        }
    }
}

fn rebasings(page: &IndicatorPage) -> Markup {
    html! {
        @for (day, reason, by) in &page.rebases {
            p class="govuk-body-s" {
                "Limits begin again on " (day_of(&day.to_string())) ": " (reason)
                @if !by.is_empty() { " (" (by) ")" } "."
            }
        }
        @for ghost in &page.ghosts {
            p class="govuk-body-s" {
                (ghost.period) " is shown hollow and left out of the limits: " (ghost.reason)
                @if !ghost.by.is_empty() { " (" (ghost.by) ")" } "."
            }
        }
    }
}

fn by_deprivation(page: &IndicatorPage, files: &dyn Fn(&str) -> String, query: &str) -> Markup {
    if page.gradient.is_none() && page.gap.is_none() {
        return html! {};
    }
    html! {
        h2 class="govuk-heading-m" id="deprivation" { "By deprivation" }
        @if let Some(gradient) = &page.gradient { (drawn(gradient, &files("gradient"), query)) }
        (measures(page))
        @if let Some(gap) = &page.gap { (drawn(gap, &files("gap"), query)) }
        p class="govuk-body" {
            a class="govuk-link" href={ "/indicators/" (page.indicator.code) "/inequality" } {
                "Compare the inequality now with five years ago"
            }
        }
    }
}

fn measures(page: &IndicatorPage) -> Markup {
    let rows = page.measured.iter().map(|one| {
        vec![
            Cell::from(one.title),
            Cell::number(one.shown.as_str()),
            Cell::number(interval(&one.shown95)),
            Cell::number(interval(&one.shown998)),
            Cell::from(one.period.to_string()),
        ]
    });
    let shown = Table {
        caption: "Measures that fit these figures".into(),
        caption_classes: "govuk-table__caption--s".into(),
        head: vec![
            "Measure".into(),
            Cell::number("Value"),
            Cell::number("95% interval"),
            Cell::number("99.8% interval"),
            "Period".into(),
        ],
        rows: rows.collect(),
        row_headings: true,
        ..Table::default()
    };
    let how = html! {
        ul class="govuk-list govuk-list--bullet" {
            @for one in &page.measured {
                li { strong { (one.title) } ": " (one.method) "." @if !one.source.is_empty() { " Source: " (one.source) "." } }
            }
        }
    };
    html! {
        (scrolling("Measures that fit these figures", html! { (shown) }))
        (Details { summary: "How each measure is worked out, and where the method is from".into(), text: how.into(), ..Details::default() })
        p class="govuk-body-s het-downloads" {
            "Download " a class="govuk-link" href={ "/indicators/" (page.indicator.code) "/measures.csv" } download { "the measures as CSV" }
        }
    }
}

fn interval(words: &str) -> &str {
    if words.is_empty() { "not known" } else { words }
}

fn compared(page: &IndicatorPage, town: &str) -> Markup {
    let rows = page.compared.iter().map(|one| {
        let words = [&one.place, &one.figure, &one.at95, &one.at998];
        words.map(|words| Cell::from(words.as_str())).to_vec()
    });
    let shown = Table {
        caption: format!("How {town} compares"),
        caption_classes: "govuk-table__caption--s".into(),
        head: vec![
            "Compared with".into(),
            "Its figure".into(),
            format!("{town} at 95%").into(),
            format!("{town} at 99.8%").into(),
        ],
        rows: rows.collect(),
        row_headings: true,
        ..Table::default()
    };
    html! {
        @if !page.compared.is_empty() { (scrolling("How the town compares", html! { (shown) })) }
    }
}

fn figures(page: &IndicatorPage, files: &dyn Fn(&str) -> String) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="figures" { "Figures" }
        (Details { summary: "Every figure of the town".into(), text: table(&page.table).into(), ..Details::default() })
        p class="govuk-body" {
            "Download " a class="govuk-link" href=(files("data.csv")) download { "the figures as CSV" }
            " or " a class="govuk-link" href=(files("data.xlsx")) download { "everything on this page as Excel" } "."
        }
    }
}

fn targets(page: &IndicatorPage) -> Markup {
    html! {
        @if !page.targets.is_empty() {
            h2 class="govuk-heading-m" { "Targets" }
            ul class="govuk-list govuk-list--bullet" {
                @for (value, due, source) in &page.targets {
                    li { (value) " by " (day_of(&due.to_string())) @if !source.is_empty() { ": " (source) } }
                }
            }
        }
    }
}

fn about(page: &IndicatorPage) -> Markup {
    let i = &page.indicator;
    let better = match i.polarity {
        Polarity::HighIsGood => "High is good",
        Polarity::LowIsGood => "Low is good",
        Polarity::NotSet => "No direction is called better",
    };
    let mut rows = vec![
        SummaryRow::new("Definition", &i.definition),
        SummaryRow::new("Numerator", &i.numerator_words),
        SummaryRow::new("Denominator", &i.denominator_words),
        SummaryRow::new("Direction", better),
        SummaryRow::new("How often", &i.frequency),
        SummaryRow::new("Source", &i.source),
        SummaryRow::new("Licence", page.licences.join(" ")),
        SummaryRow::new(
            "Latest data",
            html! {
                @for (covers, at, file) in &page.vintage {
                    p class="govuk-body" { (covers) ", imported " (day_of(at)) @if !file.is_empty() { " from " (file) } }
                }
            },
        ),
        SummaryRow::new("Code", html! { code { (i.code) } }),
    ];
    rows.retain(|row| !row.value.is_empty());
    html! {
        h2 class="govuk-heading-m" id="method" { "What it is and how it was worked out" }
        (SummaryList { rows, ..SummaryList::default() })
        ul class="govuk-list govuk-list--bullet" { @for method in &page.methods { li { (method) } } }
    }
}

fn serves(page: &IndicatorPage) -> Markup {
    html! {
        @if !page.recommendations.is_empty() {
            h2 class="govuk-heading-m" { "Recommendations that it measures" }
            ul class="govuk-list" {
                @for (number, words) in &page.recommendations { li { strong { (number) } " " (words) } }
            }
        }
        @if !page.actions.is_empty() {
            h2 class="govuk-heading-m" { "Actions that should move it" }
            ul class="govuk-list" {
                @for (code, title) in &page.actions {
                    li { a class="govuk-link" href={ "/actions/" (code) } { (code) " " (title) } }
                }
            }
        }
    }
}
