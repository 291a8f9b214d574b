//! What a reader has to say about a file that it could read.

use std::fmt;

use crate::Place;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing: rows that are totals, a column that is not used.
    Note,
    /// Something contradicts itself and het had to choose.
    Warning,
}

/// One thing that a reader noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where in the file; the row and column are 0 when it is about the whole sheet or file.
    pub place: Place,
    /// What was noticed and what het did, as a sentence.
    pub message: String,
}

/// `file, sheet Data, cell H12: message`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Everything that a reader noticed, in the order of the file.
pub type Findings = Vec<Finding>;
