//! Table.

use maud::{Markup, Render, html};

use super::{Content, with};

/// Figures and words in rows.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// `govuk-table__caption--s`, `--m`, `--l`.
    pub caption_classes: String,
    /// The heading of each column.
    pub head: Vec<Cell>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of a row is its heading.
    pub row_headings: bool,
    /// More classes.
    pub classes: String,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What it says.
    pub text: Content,
    /// Whether it is a number, to be lined up.
    pub numeric: bool,
    /// How many columns it takes, when more than one.
    pub columns: Option<u32>,
    /// How many rows it takes, when more than one.
    pub rows: Option<u32>,
    /// More classes.
    pub classes: String,
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }
}

impl Cell {
    /// A number.
    pub fn number(text: impl Into<Content>) -> Cell {
        Cell { text: text.into(), numeric: true, ..Cell::default() }
    }

    fn classes(&self, base: &str, numeric: &str) -> String {
        with(&with(base, if self.numeric { numeric } else { "" }), &self.classes)
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        html! {
            table class=(with("govuk-table", &self.classes)) {
                @if !self.caption.is_empty() {
                    caption class=(with("govuk-table__caption", &self.caption_classes)) { (self.caption) }
                }
                @if !self.head.is_empty() {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for cell in &self.head {
                                th scope="col" class=(cell.classes("govuk-table__header", "govuk-table__header--numeric"))
                                    colspan=[cell.columns] rowspan=[cell.rows] { (cell.text) }
                            }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for row in &self.rows {
                        tr class="govuk-table__row" {
                            @for (index, cell) in row.iter().enumerate() {
                                @if index == 0 && self.row_headings {
                                    th scope="row" class=(with("govuk-table__header", &cell.classes))
                                        colspan=[cell.columns] rowspan=[cell.rows] { (cell.text) }
                                } @else {
                                    td class=(cell.classes("govuk-table__cell", "govuk-table__cell--numeric"))
                                        colspan=[cell.columns] rowspan=[cell.rows] { (cell.text) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
