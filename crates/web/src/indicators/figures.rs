//! Charts and tables as a page shows them.

use maud::{Markup, PreEscaped, html};
use town::indicators::{Drawn, Table};

use crate::components::{self, Details};

/// A chart drawn for a desk and for a phone, the table behind it, and its downloads at `files` (`/indicators/mmr/chart`) with
/// the query that chose it.
pub(super) fn drawn(drawn: &Drawn, files: &str, query: &str) -> Markup {
    let address = |format: &str| format!("{files}.{format}{query}");
    html! {
        div class="het-figure" {
            div class="het-wide" { (PreEscaped(&drawn.wide.svg)) }
            div class="het-narrow" { (PreEscaped(&drawn.narrow.svg)) }
            (Details {
                summary: format!("Figures behind: {}", drawn.wide.title).into(),
                text: table(&drawn.wide.table).into(),
                ..Details::default()
            })
            p class="govuk-body-s het-downloads" {
                "Download "
                @for (format, words) in [("svg", "SVG"), ("png", "PNG"), ("csv", "CSV")] {
                    a class="govuk-link" href=(address(format)) download {
                        (words) span class="govuk-visually-hidden" { " of " (drawn.wide.title) }
                    }
                    " "
                }
            }
        }
    }
}

/// A table that scrolls sideways where the screen is narrower.
pub(super) fn table(table: &Table) -> Markup {
    let cell = |column: usize, text: String| components::Cell {
        text: text.into(),
        numeric: table.columns.get(column).is_some_and(|column| column.unit.is_some()),
        ..components::Cell::default()
    };
    let head = table.columns.iter().enumerate().map(|(index, column)| cell(index, table.heading(column)));
    let rows = table.rows.iter().map(|row| {
        let shown = row.iter().enumerate();
        shown.map(|(index, one)| cell(index, table.shown(one, index))).collect()
    });
    let shown = components::Table {
        caption: table.caption.clone(),
        caption_classes: "govuk-table__caption--s".into(),
        head: head.collect(),
        rows: rows.collect(),
        row_headings: true,
        classes: "het-table__table".into(),
    };
    html! {
        (scrolling(&table.caption, html! { (shown) }))
        @for note in &table.notes { p class="govuk-body-s" { (note) } }
    }
}

/// Something wide that scrolls by itself, with the keyboard too.
pub(super) fn scrolling(called: &str, inside: Markup) -> Markup {
    html! { div class="het-table" role="region" aria-label=(called) tabindex="0" { (inside) } }
}

/// A date as ISO text, or the day of an instant, in words: `23 November 2026`.
pub(super) fn day_of(text: &str) -> String {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_or_else(|_| text.to_owned(), town::long_date)
}
