//! The table of measures: one row each, which feeds the command line, its help, the manual and the tests.
//!
//! To add a measure: a file with its function, its [`MeasureEntry`] and its table; a row here; cases from a
//! publication or a peer. The test of this table runs every example and fails for a measure that does not say its
//! source.

use std::fmt;
use std::io::{Read, Write};

use crate::table::{Column, Request, Shape, Summary, TableError};
use crate::{
    MeasureError, compare, concentration, difference, disclosure, dsr, funnel, gap, groups, indirect,
    life_expectancy, mean, proportion, quantile, rate, slope, trend,
};

/// What the table says of a measure.
#[derive(Clone, Copy)]
pub struct MeasureEntry {
    /// Its name on the command line and in files.
    pub name: &'static str,
    /// Other names that it is known by.
    pub aliases: &'static [&'static str],
    /// What it is called to a reader.
    pub title: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// How it is worked out.
    pub formula: &'static str,
    /// Author, year and place.
    pub source: &'static str,
    /// Who else has it, and where they differ.
    pub peers: &'static str,
    /// The columns that it reads.
    pub columns: &'static [Column],
    /// What it can be told.
    pub options: &'static [OptionEntry],
    /// The columns that it writes after the groups.
    pub shape: Shape,
    /// A table that goes in, and the one that comes out.
    pub example: Example,
    pub(crate) run: fn(&Request, &mut dyn Read, &mut dyn Write) -> Result<Summary, TableError>,
}

/// Something that a measure can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionEntry {
    /// Its name.
    pub name: &'static str,
    /// What holds when it is not given.
    pub default: &'static str,
    /// What it is, with the words that it may be.
    pub what: &'static str,
}

/// A table that goes in, and the one that comes out. The tests run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Options and their values.
    pub options: &'static [(&'static str, &'static str)],
    /// CSV.
    pub input: &'static str,
    /// CSV.
    pub output: &'static str,
}

/// Every measure, in the order of the manual.
pub const MEASURES: &[MeasureEntry] = &[
    proportion::ENTRY,
    rate::ENTRY,
    mean::ENTRY,
    difference::DIFFERENCE,
    difference::RATIO,
    dsr::ENTRY,
    indirect::RATIO,
    indirect::RATE,
    life_expectancy::LIFE,
    life_expectancy::HEALTHY,
    gap::ABSOLUTE,
    gap::RELATIVE,
    slope::SII,
    slope::RII,
    slope::SCOTTISH,
    concentration::ENTRY,
    concentration::DECOMPOSITION,
    groups::RISK_ENTRY,
    groups::FRACTION_ENTRY,
    groups::THEIL,
    groups::LOG_DEVIATION,
    groups::BETWEEN,
    groups::DISPARITY,
    groups::MEAN_DIFFERENCE,
    trend::ENTRY,
    trend::INEQUALITY,
    quantile::ENTRY,
    compare::ENTRY,
    funnel::SIGNIFICANCE,
    funnel::CURVE,
    disclosure::ENTRY,
];

impl MeasureEntry {
    /// The measure with this name or alias, in capitals or not.
    ///
    /// # Errors
    /// [`MeasureError::Unknown`] with the names there are.
    pub fn named(name: &str) -> Result<&'static MeasureEntry, MeasureError> {
        let known = |entry: &&MeasureEntry| {
            entry.name.eq_ignore_ascii_case(name)
                || entry.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        };
        MEASURES.iter().find(known).ok_or_else(|| MeasureError::Unknown {
            what: "a measure",
            value: name.to_owned(),
            expected: MEASURES.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", "),
        })
    }
}

impl Request {
    /// Reads a table as CSV, measures it, and writes the answers as CSV.
    ///
    /// Input: a first row of headings; the columns of the measure by their names or as the request says; every other
    /// column is a group unless the request names the groups. Output: the groups, the labels of the measure, `value`,
    /// `lower95, upper95, lower998, upper998` or the levels asked for, `method` and `note`. What goes before an error
    /// may have been written.
    ///
    /// # Errors
    /// [`TableError`] with the row, the column and the value.
    pub fn run(&self, mut input: impl Read, mut output: impl Write) -> Result<Summary, TableError> {
        (self.entry.run)(self, &mut input, &mut output)
    }
}

impl fmt::Debug for MeasureEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MeasureEntry").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::MOST_COLUMNS;

    /// Equal but for the last digits of numbers, which a processor may round another way.
    fn alike(got: &str, expected: &str) -> bool {
        let cells = |text: &str| text.replace('\n', ",").split(',').map(str::to_owned).collect::<Vec<_>>();
        let (got, expected) = (cells(got), cells(expected));
        got.len() == expected.len()
            && got.iter().zip(&expected).all(|(a, b)| match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) => (a - b).abs() <= 1e-12 * b.abs().max(1e-12),
                _ => a == b,
            })
    }

    #[test]
    fn every_example_comes_out_as_it_says() {
        for entry in MEASURES {
            let mut request = Request::new(entry);
            for (name, value) in entry.example.options {
                request = request.option(name, value);
            }
            let mut output = Vec::new();
            let run = request.run(entry.example.input.as_bytes(), &mut output);
            let output = String::from_utf8(output).unwrap();
            assert!(run.is_ok(), "{}: {}", entry.name, run.unwrap_err());
            assert!(alike(&output, entry.example.output), "{}:\n{output}", entry.name);
        }
    }

    #[test]
    fn every_measure_says_what_it_is() {
        let mut names: Vec<&str> = Vec::new();
        for entry in MEASURES {
            for text in [entry.title, entry.summary, entry.formula, entry.source, entry.peers] {
                assert!(!text.is_empty(), "{}", entry.name);
            }
            assert!(
                entry.columns.len() <= MOST_COLUMNS && entry.columns.iter().any(|column| column.required)
            );
            assert_eq!(MeasureEntry::named(&entry.name.to_uppercase()).unwrap().name, entry.name);
            names.extend(entry.aliases.iter().copied().chain([entry.name]));
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a name is used twice");
    }
}
