//! Limits of the count that was to be expected, from the count that was observed.
//!
//! Below ten events the exact limits: gamma quantiles, which are half the chi-squared quantiles of the textbooks
//! (Armitage and Berry 2002, *Statistical Methods in Medical Research*, 4th edition). From ten events Byar's
//! approximation (Breslow and Day 1987, *Statistical Methods in Cancer Research* volume II, section 2.3), as in OHID's
//! technical guidance. Exact limits throughout would be as easy, and differ from what OHID publishes.

use crate::special::{gamma_quantile, gamma_upper_quantile};
use crate::{Confidence, Levels};

/// The count from which Byar's approximation is used.
pub(crate) const BYAR_FROM: f64 = 10.0;

/// The name of the method that gives the limits of this count.
pub(crate) fn method(events: f64) -> &'static str {
    if events < BYAR_FROM { "exact Poisson" } else { "Byar's" }
}

/// The lower and the upper limit of the expected count.
pub(crate) fn limits(events: f64, confidence: Confidence) -> (f64, f64) {
    if events < BYAR_FROM { exact(events, confidence) } else { byar(events, confidence) }
}

/// The exact limits, from the Poisson distribution.
pub(crate) fn exact(events: f64, confidence: Confidence) -> (f64, f64) {
    let lower = if events == 0.0 { 0.0 } else { gamma_quantile(events, confidence.tail()) };
    (lower, gamma_upper_quantile(events + 1.0, confidence.tail()))
}

/// Byar's approximation.
pub(crate) fn byar(events: f64, confidence: Confidence) -> (f64, f64) {
    let above = events + 1.0;
    let z = confidence.z();
    let lower = events * (1.0 - 1.0 / (9.0 * events) - z / (3.0 * events.sqrt())).powi(3);
    let upper = above * (1.0 - 1.0 / (9.0 * above) + z / (3.0 * above.sqrt())).powi(3);
    (lower, upper)
}

/// Limits for many counts: those of whole counts below ten are found once.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    levels: Levels,
    small: [[(f64, f64); BYAR_FROM as usize]; Levels::MOST],
}

impl Known {
    pub fn new(levels: Levels) -> Known {
        let mut small = [[(0.0, 0.0); BYAR_FROM as usize]; Levels::MOST];
        for (row, &confidence) in small.iter_mut().zip(levels.as_slice()) {
            for (events, cell) in row.iter_mut().enumerate() {
                *cell = exact(events as f64, confidence);
            }
        }
        Known { levels, small }
    }

    /// The limits at a level.
    pub fn limits(&self, events: f64, confidence: Confidence) -> (f64, f64) {
        if events < BYAR_FROM && events.fract() == 0.0 {
            let level = self.levels.as_slice().iter().position(|&known| known == confidence);
            if let Some(found) = level.and_then(|level| self.small[level].get(events as usize)) {
                return *found;
            }
        }
        limits(events, confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(events: f64, confidence: Confidence, lower: f64, upper: f64) {
        let (l, u) = limits(events, confidence);
        assert!((l - lower).abs() < 5e-4 && (u - upper).abs() < 5e-4, "{events}: {l} {u}");
        assert_eq!(Known::new(Levels::STANDARD).limits(events, confidence), (l, u));
    }

    // Exact limits: table 11.10 of Ulm 1990, American Journal of Epidemiology 131: 373-375, and scipy.stats.chi2.ppf.
    #[test]
    fn below_ten_they_are_exact() {
        check(0.0, Confidence::P95, 0.0, 3.6889);
        check(1.0, Confidence::P95, 0.0253, 5.5716);
        check(5.0, Confidence::P95, 1.6235, 11.6683);
        check(9.0, Confidence::P95, 4.1154, 17.0848);
        check(0.0, Confidence::P998, 0.0, 6.9078);
    }

    // Breslow and Day 1987, table 2.9: exact limits that Byar's come close to are 4.795 and 18.391 for 10 events.
    #[test]
    fn from_ten_they_are_byars() {
        check(10.0, Confidence::P95, 4.7874, 18.3915);
        let (l, u) = byar(10.0, Confidence::P95);
        let (el, eu) = exact(10.0, Confidence::P95);
        assert!((l - el).abs() < 0.02 && (u - eu).abs() < 0.02, "{l} {el} {u} {eu}");
    }
}
