//! What a measure says of itself, and what is asked of it over a table.

use std::fmt;
use std::io::{Read, Write};

use super::{Column, Shape, TableError};
use crate::{Levels, MeasureError, Multiplier};

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

impl fmt::Debug for MeasureEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MeasureEntry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What to make of a table.
#[derive(Debug, Clone)]
pub struct Request {
    /// The measure.
    pub entry: &'static MeasureEntry,
    /// Which heading holds a column of the measure, where it is not the measure's own name for it: `events` is in
    /// `deaths`.
    pub columns: Vec<(String, String)>,
    /// The headings of the groups. All that the measure does not read when `None`.
    pub groups: Option<Vec<String>>,
    /// The confidence levels of the limits.
    pub levels: Levels,
    /// Options of the measure by name.
    pub options: Vec<(String, String)>,
}

impl Request {
    /// A measure as it is by default.
    pub fn new(entry: &'static MeasureEntry) -> Request {
        Request { entry, columns: Vec::new(), groups: None, levels: Levels::STANDARD, options: Vec::new() }
    }

    /// The same with an option.
    pub fn option(mut self, name: &str, value: &str) -> Request {
        self.options.push((name.to_owned(), value.to_owned()));
        self
    }

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

/// How much there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Rows of input, without the headings.
    pub rows: usize,
    /// Groups.
    pub groups: usize,
}

/// What a measure is told before the first row.
pub(crate) struct Setup<'r> {
    request: &'r Request,
    present: &'r [bool],
}

impl<'r> Setup<'r> {
    /// The request, once its options are known to be those of the measure.
    pub fn new(request: &'r Request, present: &'r [bool]) -> Result<Setup<'r>, MeasureError> {
        for (name, _) in &request.options {
            if !request.entry.options.iter().any(|option| option.name == name) {
                let known: Vec<&str> = request.entry.options.iter().map(|option| option.name).collect();
                let expected = if known.is_empty() { "no options".to_owned() } else { known.join(", ") };
                return Err(MeasureError::Unknown {
                    what: "an option of this measure",
                    value: name.clone(),
                    expected,
                });
            }
        }
        Ok(Setup { request, present })
    }

    /// The levels of the limits.
    pub fn levels(&self) -> &Levels {
        &self.request.levels
    }

    /// Whether the request names the groups, so that rows may have to be added up.
    pub fn names_groups(&self) -> bool {
        self.request.groups.is_some()
    }

    /// Whether the table has the column at this place among the measure's.
    pub fn has(&self, column: usize) -> bool {
        self.present.get(column).copied().unwrap_or(false)
    }

    /// The heading that holds a column of the measure: its own name unless the request says otherwise.
    pub fn heading(&self, column: &str) -> String {
        let given = self.request.columns.iter().rev().find(|(known, _)| known == column);
        given.map_or(column, |(_, heading)| heading.as_str()).to_owned()
    }

    /// An option as text: the last one given, or the default.
    pub fn text(&self, name: &str) -> &'r str {
        let given = self.request.options.iter().rev().find(|(known, _)| known == name);
        let default = || self.request.entry.options.iter().find(|option| option.name == name);
        given
            .map(|(_, value)| value.as_str())
            .or_else(|| default().map(|option| option.default))
            .unwrap_or_default()
    }

    /// An option as a number.
    pub fn number(&self, name: &str) -> Result<f64, MeasureError> {
        let value = self.text(name);
        value.trim().parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| {
            MeasureError::Unknown {
                what: "a number",
                value: format!("{name}={value}"),
                expected: "digits, such as 100".to_owned(),
            }
        })
    }

    /// The option `multiplier`.
    pub fn multiplier(&self) -> Result<Multiplier, MeasureError> {
        Multiplier::new(self.number("multiplier")?)
    }

    /// An option that is one of some words.
    pub fn choice<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<T, MeasureError> {
        let value = self.text(name);
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(value.trim()));
        found.map(|&(_, meaning)| meaning).ok_or_else(|| MeasureError::Unknown {
            what: "a choice that is known",
            value: format!("{name}={value}"),
            expected: words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "),
        })
    }
}
