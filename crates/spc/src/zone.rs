//! Where a point lies between the limits, decided once for every rule.

/// How far a point lies from the centre line, with its side as the sign.
///
/// `0` is on the centre line; `±1`, `±2` and `±3` are in the inner, middle and outer third of the way to the
/// limit; `±4` is beyond the limit. A point exactly on a boundary belongs to the inner side of it: a point on
/// the limit is not outside it.
pub(crate) type Zone = i8;

/// Numbers that differ by less than this share of the largest number in the part are the same number.
///
/// A mean of decimal fractions, such as 0.1, 0.2 and 0.3, is a few units in the last place away from the
/// fraction that a person would write, and a point on the mean must not count as above it. Spreadsheets hide
/// the same noise by comparing 15 digits.
pub(crate) const TOLERANCE: f64 = 1e-12;

/// The centre, the limits, and the two boundaries between them on either side, of one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// The centre line.
    pub centre: f64,
    /// Below the centre: one third, two thirds, and the limit.
    pub below: [f64; 3],
    /// Above the centre: one third, two thirds, and the limit.
    pub above: [f64; 3],
}

impl Scale {
    /// Limits `reach` either side of the centre, with the boundaries at thirds.
    pub fn even(centre: f64, reach: f64) -> Scale {
        let third = reach / 3.0;
        Scale {
            centre,
            below: [centre - third, centre - 2.0 * third, centre - reach],
            above: [centre + third, centre + 2.0 * third, centre + reach],
        }
    }

    /// A centre without limits, as on a run chart: every point is on the line or in an inner third.
    pub fn unlimited(centre: f64) -> Scale {
        Scale { centre, below: [f64::NEG_INFINITY; 3], above: [f64::INFINITY; 3] }
    }

    /// The zone of a value, given the tolerance of its part.
    pub fn zone(&self, value: f64, slack: f64) -> Zone {
        let away = value - self.centre;
        if away.abs() <= slack {
            return 0;
        }
        if away > 0.0 {
            1 + self.above.iter().map(|&edge| i8::from(value > edge + slack)).sum::<i8>()
        } else {
            -1 - self.below.iter().map(|&edge| i8::from(value < edge - slack)).sum::<i8>()
        }
    }
}

/// The tolerance for a part whose largest number is this.
pub(crate) fn slack(largest: f64) -> f64 {
    largest.abs() * TOLERANCE
}
