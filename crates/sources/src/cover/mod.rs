//! UKHSA's quarterly vaccination coverage (COVER).

use vocabulary::{Observation, Period, Polarity};

use crate::{Findings, SourceError};

/// One quarterly release.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The quarter that it evaluates, read from inside the file.
    pub period: Period,
    /// One for each indicator, age and area.
    pub observations: Vec<Observation>,
    /// What the release says about figures, areas or itself, in its order.
    pub notes: Vec<Note>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Something that the release says, and which area or indicator it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The words as published.
    pub text: String,
    /// The cell that they stand in.
    pub origin: vocabulary::Origin,
    /// The areas it speaks of; empty when it speaks of the whole release.
    pub areas: Vec<vocabulary::AreaCode>,
}

/// How an indicator of this source is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// The stable code, as [`Observation::indicator`] holds it.
    pub code: &'static str,
    /// The name shown to people: `MMR first dose`.
    pub name: &'static str,
    /// What is counted, in a sentence.
    pub definition: &'static str,
    /// The unit of the figure: `%`.
    pub unit: &'static str,
    /// Which way is better.
    pub polarity: Polarity,
    /// Where the name and definition come from.
    pub source: &'static str,
}

/// Every indicator that a release can hold.
pub fn indicators() -> &'static [Indicator] {
    &[]
}

/// Reads one release from its name and its bytes (`.xls`, `.xlsx` or `.ods`, told apart by the bytes).
///
/// # Errors
/// A file that is damaged, is not a workbook, or holds no coverage table.
pub fn read(name: &str, _bytes: &[u8]) -> Result<Cover, SourceError> {
    Err(crate::error::unexpected(name, "being written", "a reader"))
}
