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

/// How many findings of one sort are listed one by one before the rest are counted.
const LISTED: usize = 50;

/// Adds a finding, unless so many were listed already that a person would read no more of them.
pub(crate) fn notice(findings: &mut Findings, finding: Finding) {
    if findings.len() < LISTED {
        findings.push(finding);
    } else if let Some(last) = findings.last_mut() {
        last.severity = last.severity.max(finding.severity);
        if !last.message.ends_with(MORE) {
            last.message.push_str(MORE);
        }
    }
}

const MORE: &str = "; and more of the kind in the rows that follow";
