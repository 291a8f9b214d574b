//! Tables in, tables out: CSV text is read row by row, rows are gathered by group, and every group is answered.
//!
//! What `het measures` does between its input and its output. A measure says which columns it reads ([`Column`]) and
//! how its answer looks ([`Shape`]); every other column is a group, unless the request names the groups. Rows of one
//! group need not stand together; answers come in the order in which groups first appear.
//!
//! A cell that is empty or holds a marker (`*`, `[c]`, `[z]`, `[x]`, `NA`) is withheld: suppressed, not applicable or
//! missing, and never zero. A group with such a cell in a column that its measure needs is answered by an empty value
//! and a note that says so; a measure that can do without the row says so itself. A number that cannot be read is
//! refused with its row, column and value.
//!
//! Memory is the state of a measure for each group: sums where sums are enough, and the group's rows for measures
//! that rank or fit. The reader holds 256 KB of the input at a time. The `csv` crate was the alternative: a table of
//! 7,000 areas by 19 ages was read in half the time by splitting eight bytes at once and by comparing a row's group
//! with that of the row before it. A property test holds the reader to what `csv` reads.

mod answers;
mod engine;
mod error;
mod errors;
mod groups;
mod number;
mod request;
mod rows;

pub use error::TableError;
pub use request::{Example, MeasureEntry, OptionEntry, Request, Summary};

pub(crate) use answers::Answers;
pub(crate) use engine::{Cells, run};
pub(crate) use errors::Errors;
pub(crate) use groups::same;
pub(crate) use request::Setup;

use vocabulary::Withheld;

use crate::MeasureError;

/// The most columns that a measure may read.
pub(crate) const MOST_COLUMNS: usize = 10;

/// A column that a measure reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading unless the request says otherwise.
    pub name: &'static str,
    /// What is in it.
    pub what: &'static str,
    /// What its cells may be.
    pub kind: ColumnKind,
    /// Whether the measure cannot do without it.
    pub required: bool,
}

/// What the cells of a column may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number that is not negative.
    Count,
    /// A number above zero.
    Size,
    /// Any number.
    Number,
    /// Text.
    Label,
}

impl ColumnKind {
    /// What is expected of a cell, for messages.
    pub fn expected(self) -> &'static str {
        match self {
            ColumnKind::Count => "a number that is zero or more",
            ColumnKind::Size => "a number above zero",
            ColumnKind::Number => "a number",
            ColumnKind::Label => "text",
        }
    }

    fn holds(self, number: f64) -> bool {
        match self {
            ColumnKind::Count => number >= 0.0,
            ColumnKind::Size => number > 0.0,
            ColumnKind::Number | ColumnKind::Label => true,
        }
    }
}

impl Column {
    pub(crate) const fn count(name: &'static str, what: &'static str) -> Column {
        Column { name, what, kind: ColumnKind::Count, required: true }
    }

    pub(crate) const fn size(name: &'static str, what: &'static str) -> Column {
        Column { name, what, kind: ColumnKind::Size, required: true }
    }

    pub(crate) const fn number(name: &'static str, what: &'static str) -> Column {
        Column { name, what, kind: ColumnKind::Number, required: true }
    }

    pub(crate) const fn label(name: &'static str, what: &'static str) -> Column {
        Column { name, what, kind: ColumnKind::Label, required: true }
    }

    pub(crate) const fn optional(self) -> Column {
        Column { required: false, ..self }
    }
}

/// The columns of an answer: the groups, labels, value and limits, what comes after them, method and note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What tells the rows of one group apart.
    pub labels: &'static [&'static str],
    /// Whether value and limits are among the columns.
    pub estimate: bool,
    /// What comes between the limits and the method.
    pub after: &'static [&'static str],
}

impl Shape {
    /// One row a group: value, limits, method, note.
    pub(crate) const ESTIMATE: Shape = Shape { labels: &[], estimate: true, after: &[] };
}

/// A measure over a table.
pub(crate) trait Measure: Sized {
    /// What is kept of the rows of a group.
    type State: Default;

    /// Whether rows with a withheld cell are handed to [`Measure::add_withheld`] instead of leaving the group
    /// without an answer.
    const TAKES_WITHHELD: bool = false;

    /// The measure as the request asks for it.
    fn new(setup: &Setup) -> Result<Self, MeasureError>;

    /// Columns that come between those of the shape and the method, when the request asks for them.
    fn more_headings(&self) -> Vec<String> {
        Vec::new()
    }

    /// Takes in a row.
    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault>;

    /// Takes in a row one of whose needed numbers is withheld.
    fn add_withheld(&mut self, _: &mut Self::State, _: &Cells, _: Withheld) -> Result<(), Fault> {
        Ok(())
    }

    /// Writes the rows of a group. A withheld figure becomes a row with its reason; any other error stops the table.
    fn answer(&mut self, state: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError>;
}

/// A row that a measure refuses: the column, by its place among the measure's, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub column: usize,
    pub error: MeasureError,
}

impl Fault {
    pub fn of(column: usize, error: MeasureError) -> Fault {
        Fault { column, error }
    }
}
