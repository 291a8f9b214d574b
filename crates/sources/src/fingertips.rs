//! The CSV that OHID's Fingertips gives for download.

use std::sync::Arc;

use vocabulary::Observation;

use crate::{Findings, SourceError};

/// One figure with what Fingertips says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct FingertipsFigure {
    /// The figure. The indicator is `fingertips-` and the Indicator ID; the group is `category type: category`.
    pub observation: Observation,
    /// The 95% confidence limits, lower and upper.
    pub limits_95: Option<(f64, f64)>,
    /// The 99.8% confidence limits, lower and upper.
    pub limits_998: Option<(f64, f64)>,
    /// The recent trend in Fingertips' words; empty when not given.
    pub trend: Arc<str>,
    /// Compared to England in Fingertips' words; empty when not given.
    pub compared_to_england: Arc<str>,
    /// Compared to the parent area in Fingertips' words; empty when not given.
    pub compared_to_parent: Arc<str>,
    /// Compared to the goal in Fingertips' words; empty when not given.
    pub compared_to_goal: Arc<str>,
}

/// An indicator that the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FingertipsIndicator {
    /// The code in het: `fingertips-` and the number.
    pub code: Arc<str>,
    /// Fingertips' number.
    pub id: u32,
    /// The name as published.
    pub name: Arc<str>,
}

/// What a download holds.
#[derive(Debug, Clone)]
pub struct Fingertips {
    /// Its indicators, in the order of the file.
    pub indicators: Vec<FingertipsIndicator>,
    /// Its figures, in the order of the file, each once.
    pub figures: Vec<FingertipsFigure>,
    /// What the reader noticed.
    pub findings: Findings,
}

/// Reads a download from its name and its bytes (CSV).
///
/// # Errors
/// A file without the columns that a figure needs, or with a value that its column cannot hold.
pub fn read(name: &str, _bytes: &[u8]) -> Result<Fingertips, SourceError> {
    Err(crate::error::unexpected(name, "being written", "a reader"))
}
