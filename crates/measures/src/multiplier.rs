//! What a figure is expressed per.

use crate::MeasureError;

/// A number above zero that figures are multiplied by: 1, 100 (percent), 1,000, 100,000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Multiplier(f64);

impl Multiplier {
    /// The figure as it is.
    pub const ONE: Multiplier = Multiplier(1.0);
    /// Per cent.
    pub const PERCENT: Multiplier = Multiplier(100.0);
    /// Per 100,000.
    pub const PER_100_000: Multiplier = Multiplier(100_000.0);

    /// A multiplier.
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] when it is not above zero or not finite.
    pub fn new(factor: f64) -> Result<Multiplier, MeasureError> {
        match factor.is_finite() && factor > 0.0 {
            true => Ok(Multiplier(factor)),
            false => Err(MeasureError::OutOfRange {
                what: "a multiplier",
                value: factor,
                expected: "more than zero",
            }),
        }
    }

    /// The number.
    pub fn factor(self) -> f64 {
        self.0
    }
}
