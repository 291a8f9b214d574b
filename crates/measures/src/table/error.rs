//! What can be wrong with a table, with the place in it.

use crate::MeasureError;

/// A table that cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Input could not be read, or output written.
    #[error("the table could not be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// There is no first row.
    #[error("the table is empty: its first row must name the columns")]
    Empty,
    /// A heading is missing.
    #[error("there is no column '{column}': {measure} needs {needed}, and the headings are {found}")]
    NoColumn {
        /// The heading.
        column: String,
        /// The measure.
        measure: &'static str,
        /// What the measure needs.
        needed: String,
        /// What there is.
        found: String,
    },
    /// A heading occurs twice.
    #[error("there are two columns '{0}'")]
    TwoColumns(String),
    /// A column that the request names as two things.
    #[error("column '{0}' cannot be both a group and a value, or two values")]
    TwoUses(String),
    /// A column given for something that the measure does not read.
    #[error("{measure} reads no column '{column}': it reads {known}")]
    UnknownColumn {
        /// What was given.
        column: String,
        /// The measure.
        measure: &'static str,
        /// What it reads.
        known: String,
    },
    /// A row with more or fewer cells than there are headings.
    #[error("row {row} has {cells} cells, and there are {headings} headings")]
    Width {
        /// The row, counted from 1 with the headings.
        row: u64,
        /// How many cells it has.
        cells: usize,
        /// How many headings there are.
        headings: usize,
    },
    /// A quotation mark that is not closed.
    #[error("the quotation mark opened in row {row} is not closed")]
    OpenQuote {
        /// The row, counted from 1 with the headings.
        row: u64,
    },
    /// A row that does not end.
    #[error("row {row} is longer than 64 MB: is a quotation mark left open?")]
    LongRow {
        /// The row, counted from 1 with the headings.
        row: u64,
    },
    /// A cell that cannot be read.
    #[error("row {row}, column '{column}': '{value}' is not {expected}")]
    Cell {
        /// The row, counted from 1 with the headings.
        row: u64,
        /// The heading.
        column: String,
        /// What the cell holds.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A row that the measure refuses.
    #[error("row {row}, column '{column}', '{value}': {error}")]
    Row {
        /// The row, counted from 1 with the headings.
        row: u64,
        /// The heading.
        column: String,
        /// What the cell holds.
        value: String,
        /// Why.
        error: MeasureError,
    },
    /// A group that the measure refuses.
    #[error("group {group}: {error}")]
    Group {
        /// The group's cells, with commas between.
        group: String,
        /// Why.
        error: MeasureError,
    },
    /// Something else that the measure was asked for and refuses.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}
