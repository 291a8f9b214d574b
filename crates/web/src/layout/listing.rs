//! Lists: a table that can be filtered, sorted and downloaded, whose rows stand below each other on a phone.

use maud::{Markup, Render, html};

use crate::Visit;
use crate::components::{Choice, Field, Input, Select};

/// A table of things. On a phone each row becomes a card and each cell says its heading, which needs the roles written out:
/// a browser forgets that a table is one when its parts are laid out otherwise.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listing {
    /// What it lists.
    pub caption: String,
    /// Whether the caption is only for those who do not see the page.
    pub hide_caption: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column; the first names the row.
    pub rows: Vec<Vec<Markup>>,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// Where its heading leads: the same list, sorted by it.
    pub sort: Option<String>,
    /// Whether the list is sorted by it.
    pub sorted: bool,
    /// Whether it holds numbers.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub(crate) fn new(heading: &'static str) -> Column {
        Column { heading, ..Column::default() }
    }

    /// A column of numbers.
    pub(crate) fn number(heading: &'static str) -> Column {
        Column { heading, numeric: true, ..Column::default() }
    }

    /// A column that the list can be sorted by; `key` is empty for the order it has by itself.
    pub(crate) fn sortable(self, visit: &Visit, key: &str) -> Column {
        let sorted = visit.query("sort").unwrap_or_default() == key;
        Column { sort: Some(address(visit, visit.path(), &[("sort", key)])), sorted, ..self }
    }
}

impl Render for Listing {
    fn render(&self) -> Markup {
        let class = |column: &Column| if column.numeric { "het-listing__number" } else { "" };
        let hidden = if self.hide_caption { " govuk-visually-hidden" } else { "" };
        html! {
            table class="govuk-table het-listing" role="table" {
                caption class={ "govuk-table__caption govuk-table__caption--m" (hidden) } { (self.caption) }
                thead class="govuk-table__head" role="rowgroup" {
                    tr class="govuk-table__row" role="row" {
                        @for column in &self.columns {
                            th class={ "govuk-table__header " (class(column)) } scope="col" role="columnheader"
                                aria-sort=[column.sorted.then_some("other")] {
                                @if let Some(sort) = &column.sort {
                                    a class="govuk-link govuk-link--no-visited-state" href=(sort) {
                                        (column.heading)
                                        span class="govuk-visually-hidden" {
                                            @if column.sorted { " (sorted by this)" } @else { " (sort by this)" }
                                        }
                                    }
                                    @if column.sorted { span aria-hidden="true" { " ▾" } }
                                } @else { (column.heading) }
                            }
                        }
                    }
                }
                tbody class="govuk-table__body" role="rowgroup" {
                    @for row in &self.rows {
                        tr class="govuk-table__row" role="row" {
                            @for (index, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                                @if index == 0 {
                                    th class="govuk-table__header" scope="row" role="rowheader" { (cell) }
                                } @else {
                                    td class={ "govuk-table__cell " (class(column)) } role="cell" {
                                        span class="het-listing__label" aria-hidden="true" { (column.heading) }
                                        div class="het-listing__value" { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The path with the query that the visit came with, these names set to these values; an empty value takes the name out.
pub(crate) fn address(visit: &Visit, path: &str, changes: &[(&str, &str)]) -> String {
    let changed = |name: &str| changes.iter().any(|(change, _)| *change == name);
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in visit.queries().iter().filter(|(name, value)| !changed(name) && !value.is_empty()) {
        query.append_pair(name, value);
    }
    for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A path with this query.
pub(crate) fn address_with(path: &str, query: &[(&str, &str)]) -> String {
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish())
}

/// A form that filters the list by what is chosen in it, and keeps the order.
pub(crate) fn filters(visit: &Visit, fields: Markup) -> Markup {
    html! {
        form class="het-filters" method="get" action=(visit.path()) role="search" aria-label="Filter this list" {
            @if let Some(sort) = visit.query("sort") { input type="hidden" name="sort" value=(sort); }
            (fields)
            div class="het-filters__buttons" {
                button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button" { "Filter" }
                a class="govuk-link" href=(visit.path()) { "Show all" }
            }
        }
    }
}

/// One filter: a value of the query, chosen from a list.
pub(crate) fn filter(
    visit: &Visit,
    name: &str,
    label: &str,
    all: &str,
    choices: impl Iterator<Item = (String, String)>,
) -> Select {
    let mut listed = vec![Choice::new("", all)];
    listed.extend(choices.map(|(value, words)| Choice::new(value, words)));
    Select {
        field: Field::new(name, label),
        choices: listed,
        value: visit.query(name).unwrap_or_default().to_owned(),
        ..Select::default()
    }
}

/// The filter by words.
pub(crate) fn words_filter(visit: &Visit) -> Input {
    Input {
        field: Field::new("words", "With the words"),
        value: visit.query("words").unwrap_or_default().to_owned(),
        kind: "search".into(),
        ..Input::default()
    }
}

/// How many of how many are shown, and the same as CSV.
pub(crate) fn count(visit: &Visit, shown: usize, total: usize, noun: &str, csv: &str) -> Markup {
    html! {
        p class="govuk-body het-count" {
            @if shown == total { (total) " " (noun) } @else { (shown) " of " (total) " " (noun) }
            " · "
            a class="govuk-link" href=(address(visit, csv, &[])) { "Download as CSV" }
        }
    }
}
