//! How sure an interval is.

use crate::MeasureError;
use crate::special::normal_quantile;

/// A confidence level, from 0.5 to below 1, with the normal quantile of its upper end.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence {
    level: f64,
    z: f64,
}

impl Confidence {
    /// 95%.
    pub const P95: Confidence = Confidence { level: 0.95, z: 1.959_963_984_540_054 };
    /// 99.8%: about three standard errors, the outer limits of a funnel plot.
    pub const P998: Confidence = Confidence { level: 0.998, z: 3.090_232_306_167_813 };

    /// A level as a share (0.95) or as a percentage (95).
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] when it is neither from 0.5 to below 1 nor from 50 to below 100.
    pub fn new(level: f64) -> Result<Confidence, MeasureError> {
        let share = if level >= 50.0 { level / 100.0 } else { level };
        if !(0.5..1.0).contains(&share) {
            return Err(MeasureError::OutOfRange {
                what: "a confidence level",
                value: level,
                expected: "from 0.5 to below 1, or from 50 to below 100",
            });
        }
        for known in [Confidence::P95, Confidence::P998] {
            if (known.level - share).abs() < 1e-12 {
                return Ok(known);
            }
        }
        Ok(Confidence { level: share, z: -normal_quantile((1.0 - share) / 2.0) })
    }

    /// The level as a share, such as 0.95.
    pub fn level(self) -> f64 {
        self.level
    }

    /// The normal quantile at its upper end, such as 1.96.
    pub fn z(self) -> f64 {
        self.z
    }

    /// What is left at each end: 0.025 for 95%.
    pub fn tail(self) -> f64 {
        (1.0 - self.level) / 2.0
    }

    /// How headings say it: `95`, `998`, `995`, `90`. The percentage without its point.
    pub fn suffix(self) -> String {
        let percent = format!("{:.6}", self.level * 100.0);
        percent.trim_end_matches('0').trim_end_matches('.').replace('.', "")
    }
}

/// The confidence levels that are asked for, at most four.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    items: [Confidence; Levels::MOST],
    count: usize,
}

impl Levels {
    /// How many levels there may be.
    pub const MOST: usize = 4;
    /// 95% and 99.8%, the two of Fingertips.
    pub const STANDARD: Levels =
        Levels { items: [Confidence::P95, Confidence::P998, Confidence::P95, Confidence::P95], count: 2 };

    /// These levels, in this order.
    ///
    /// # Errors
    /// [`MeasureError::TooMany`] above four.
    pub fn new(levels: &[Confidence]) -> Result<Levels, MeasureError> {
        if levels.len() > Levels::MOST {
            return Err(MeasureError::TooMany {
                what: "confidence levels",
                count: levels.len(),
                most: Levels::MOST,
            });
        }
        let mut items = [Confidence::P95; Levels::MOST];
        items[..levels.len()].copy_from_slice(levels);
        Ok(Levels { items, count: levels.len() })
    }

    /// One level.
    pub fn one(level: Confidence) -> Levels {
        Levels { items: [level; Levels::MOST], count: 1 }
    }

    /// The levels, in the order in which they were asked for.
    pub fn as_slice(&self) -> &[Confidence] {
        &self.items[..self.count]
    }
}

impl Default for Levels {
    fn default() -> Self {
        Levels::STANDARD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(level: f64, suffix: &str, z: f64) {
        let confidence = Confidence::new(level).unwrap();
        assert_eq!(confidence.suffix(), suffix);
        assert!((confidence.z() - z).abs() < 1e-12, "{level}: {}", confidence.z());
    }

    // scipy.special.ndtri
    #[test]
    fn levels_are_read_and_named() {
        check(0.95, "95", 1.959_963_984_540_054);
        check(95.0, "95", 1.959_963_984_540_054);
        check(0.998, "998", 3.090_232_306_167_813);
        check(99.8, "998", 3.090_232_306_167_813);
        check(0.9, "90", 1.6448536269514722);
        check(0.99, "99", 2.5758293035489);
        check(0.5, "50", 0.6744897501960817);
    }

    #[test]
    fn what_is_not_a_level_is_refused() {
        for level in [0.0, 0.49, 1.0, 1.5, 49.0, 100.0, -0.95, f64::NAN] {
            assert!(Confidence::new(level).is_err(), "{level}");
        }
        assert!(Levels::new(&[Confidence::P95; 5]).is_err());
    }
}
