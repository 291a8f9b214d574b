//! The standard error of a row's figure: a column of its own, or the limits of its 95% interval.

use super::{Cells, Setup};
use crate::Confidence;

/// Where the standard errors of a table are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Errors {
    /// In this column.
    Column(usize),
    /// In the lower and the upper 95% limit.
    Limits(usize, usize),
    /// Nowhere.
    Unknown,
}

impl Errors {
    /// Where a request's table has them: the error itself counts before limits.
    pub fn new(setup: &Setup, error: usize, lower: usize, upper: usize) -> Errors {
        match (setup.has(error), setup.has(lower) && setup.has(upper)) {
            (true, _) => Errors::Column(error),
            (_, true) => Errors::Limits(lower, upper),
            _ => Errors::Unknown,
        }
    }

    /// Whether the table has them.
    pub fn are_known(self) -> bool {
        !matches!(self, Errors::Unknown)
    }

    /// That of a row; `None` where it is withheld or the table has none.
    pub fn of(self, cells: &Cells) -> Option<f64> {
        let error = match self {
            Errors::Column(error) => cells.number(error),
            Errors::Limits(lower, upper) => {
                (cells.number(upper) - cells.number(lower)) / (2.0 * Confidence::P95.z())
            }
            Errors::Unknown => return None,
        };
        (!error.is_nan()).then_some(error)
    }
}
