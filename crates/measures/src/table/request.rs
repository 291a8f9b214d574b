//! What is asked of a measure over a table.

use crate::registry::MeasureEntry;
use crate::{Levels, MeasureError, Multiplier};

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
