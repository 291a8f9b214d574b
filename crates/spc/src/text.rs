//! Series as CSV text in, charts as CSV text out: what `het spc` does between its input and its output.
//!
//! Columns are found by their headings, in any order and any case. Rows of one series need not stand together;
//! within a series they are put in order of their dates, and rows of one date keep the order of the file. The
//! output has the rows of a series together, series in the order in which they first appear.

mod input;
mod output;

use std::io::{Read, Write};

use crate::{Kind, Point, Profile, SpcError, SummaryRow, chart, sort_by_attention};

use input::Sheet;

/// How the value column of a chart of proportions or rates is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// As counts when every value of a series is whole, and otherwise as shares of the denominator.
    #[default]
    Auto,
    /// As counts, to be divided by the denominator.
    Counts,
    /// As proportions or rates that have already been divided.
    Shares,
}

/// What to make of the text.
#[derive(Debug, Clone)]
pub struct Request {
    /// The kind of chart.
    pub kind: Kind,
    /// The rule set.
    pub profile: &'static Profile,
    /// Whether to write one row a series with its icons, instead of one row a point.
    pub icons: bool,
    /// Whether rows of icons come in the order of what needs attention, instead of the order of the input.
    pub by_attention: bool,
    /// How many points of each series the limits come from; all of them when absent.
    pub freeze: Option<usize>,
    /// How values are read where the kind has a denominator.
    pub values: Values,
}

impl Request {
    /// A row for every point, of this kind by this profile.
    pub fn new(kind: Kind, profile: &'static Profile) -> Request {
        Request { kind, profile, icons: false, by_attention: false, freeze: None, values: Values::Auto }
    }
}

/// Text that cannot be charted, with the place in it.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The text is not CSV, or could not be read or written.
    #[error("the CSV could not be read or written: {0}")]
    Csv(#[from] csv::Error),
    /// Output could not be written.
    #[error("the output could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// A heading is missing.
    #[error("there is no column '{column}': the first row must name the columns {needed}")]
    NoColumn {
        /// The heading.
        column: &'static str,
        /// Those that the kind needs.
        needed: String,
    },
    /// A heading occurs twice.
    #[error("there are two columns '{0}'")]
    TwoColumns(String),
    /// A cell that cannot be read.
    #[error("row {row}, column '{column}': '{value}' is not {expected}")]
    Cell {
        /// The row, counted from 1 with the headings.
        row: u64,
        /// The heading.
        column: &'static str,
        /// What the cell holds.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Two rows of one series say different things that a series can only have once.
    #[error("row {row}, column '{column}': series '{series}' says '{value}' here and '{before}' before")]
    Contradiction {
        /// The row, counted from 1 with the headings.
        row: u64,
        /// The heading.
        column: &'static str,
        /// The series.
        series: String,
        /// What the cell holds.
        value: String,
        /// What an earlier row held.
        before: String,
    },
    /// A series that does not fit the kind.
    #[error("series '{series}', row {row}: {error}")]
    Series {
        /// The series.
        series: String,
        /// The row, counted from 1 with the headings; the first of the series when the fault is in all of it.
        row: u64,
        /// What is wrong.
        error: SpcError,
    },
}

/// One row of what comes out: of a point, or of a series with its icons.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// A point of a chart.
    Point {
        /// The name of its series.
        series: &'a str,
        /// Its date as it was written.
        date: &'a str,
        /// What was made of it.
        point: &'a Point,
    },
    /// A series with its icons, or for a funnel plot a place.
    Icons(&'a SummaryRow),
}

/// The columns of rows of points.
pub const POINT_COLUMNS: [&str; 8] = ["series", "date", "value", "centre", "lower", "upper", "rules", "part"];

/// The columns of rows of icons.
pub const ICON_COLUMNS: [&str; 5] = ["series", "variation", "assurance", "latest", "rules"];

/// Reads series, charts each, and writes a row a point or a row a series as CSV. Gives back how many series there were.
///
/// Columns are as [`each_row`] has them.
///
/// # Errors
/// [`TextError`] with the row, the column and the value. Nothing is written unless every series could be charted.
pub fn process(input: impl Read, mut output: impl Write, request: &Request) -> Result<usize, TextError> {
    let mut rows = output::Rows::new(request)?;
    let count = each_row(input, request, |row| rows.write(row))?;
    output.write_all(&rows.finish()?)?;
    output.flush()?;
    Ok(count)
}

/// Reads series, charts each, and gives a row a point or a row a series to `take`. Gives back how many series there were.
///
/// Input columns: `series, date, value`, and as the kind needs or the file has them `denominator`, `subgroup`,
/// `target`, `improvement` (`high-is-good`, `low-is-good` or `not-set`), `rebase` (the reason, on the first row of
/// the new part) and `ghosted` (`yes` or empty). An empty value is a gap. Without a `series` column all rows are one
/// series. For a funnel plot every date is one funnel over the series.
///
/// # Errors
/// [`TextError`] with the row, the column and the value, and what `take` refuses. Rows of earlier series may have been
/// taken by then.
pub fn each_row<E: From<TextError>>(
    input: impl Read,
    request: &Request,
    mut take: impl FnMut(Row<'_>) -> Result<(), E>,
) -> Result<usize, E> {
    let sheet = Sheet::read(input, request)?;
    let mut summary = Vec::with_capacity(if request.icons { sheet.groups.len() } else { 0 });
    for group in &sheet.groups {
        let series = sheet.series(group, request)?;
        let chart =
            chart(&series, request.kind, request.profile).map_err(|error| sheet.fault(group, error))?;
        if request.icons {
            summary.extend(output::icons(&sheet, group, &chart));
            continue;
        }
        for point in chart.points() {
            let (series, date) = sheet.labels(group, point.reading);
            take(Row::Point { series, date, point })?;
        }
    }
    if request.by_attention {
        sort_by_attention(&mut summary);
    }
    summary.iter().try_for_each(|row| take(Row::Icons(row)))?;
    Ok(sheet.groups.len())
}
