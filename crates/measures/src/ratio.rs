//! How many times the proportion or rate of one group is that of another, from their counts.
//!
//! Proportions: the limits at which Koopman's chi-squared score statistic equals z² (Koopman 1984, *Biometrics* 40:
//! 513-517), which hold for no events and for all events, where Katz's logarithmic limits do not exist. Rates: given
//! both counts together, the first is binomial; its exact limits (Clopper and Pearson) become those of the ratio
//! (Breslow and Day 1987, *Statistical Methods in Cancer Research* II, section 3.4).

use crate::count::{Counts, Statistic};
use crate::special::beta_quantile;
use crate::{Confidence, Estimate, Levels, MeasureError, Reason};

/// The first group's proportion or rate divided by the second's.
///
/// # Errors
/// [`Reason::RatioToZero`] when the second group has no events; [`MeasureError::MoreEventsThanPeople`] for a proportion.
pub fn ratio(
    first: Counts,
    second: Counts,
    statistic: Statistic,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let (x1, n1) = (first.events.count(), first.population.size());
    let (x2, n2) = (second.events.count(), second.population.size());
    if statistic == Statistic::Proportion {
        for (events, population) in [(x1, n1), (x2, n2)] {
            if events > population {
                return Err(MeasureError::MoreEventsThanPeople { events, population });
            }
        }
    }
    if x2 == 0.0 {
        return Err(Reason::RatioToZero("a group without events").into());
    }
    let value = (x1 / n1) / (x2 / n2);
    Ok(match statistic {
        Statistic::Proportion => Estimate::new(value, "Koopman's score", levels, |confidence| {
            koopman((x1, n1), (x2, n2), confidence)
        }),
        Statistic::Rate => Estimate::new(value, "exact conditional Poisson", levels, |confidence| {
            let share = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * n2 / n1 };
            let lower = if x1 == 0.0 { 0.0 } else { beta_quantile(x1, x2 + 1.0, confidence.tail()) };
            let upper = beta_quantile(x1 + 1.0, x2, 1.0 - confidence.tail());
            (share(lower), share(upper))
        }),
    })
}

/// The ratios below and above the observed one whose score statistic is z².
fn koopman(first: (f64, f64), second: (f64, f64), confidence: Confidence) -> (f64, f64) {
    let z2 = confidence.z().powi(2);
    let value = first.0 / first.1 / (second.0 / second.1);
    let beyond = |ratio: f64| score(first, second, ratio) > z2;
    // From the observed ratio outwards in doubling steps until it is beyond, then halving in between, in logarithms.
    let search = |direction: f64| {
        let start = if value > 0.0 { value.ln() } else { (0.5 / first.1 / (second.0 / second.1)).ln() };
        let (mut inner, mut outer, mut step) = (start, start, 0.1);
        while !beyond(outer.exp()) {
            inner = outer;
            outer += direction * step;
            step *= 2.0;
            if step > 1e4 {
                return if direction < 0.0 { 0.0 } else { f64::INFINITY };
            }
        }
        for _ in 0..200 {
            let middle = (inner + outer) / 2.0;
            if middle == inner || middle == outer {
                break;
            }
            if beyond(middle.exp()) { outer = middle } else { inner = middle }
        }
        outer.exp()
    };
    (if value == 0.0 { 0.0 } else { search(-1.0) }, search(1.0))
}

/// Koopman's statistic: how far the counts are from the nearest ones with this ratio.
fn score((x1, n1): (f64, f64), (x2, n2): (f64, f64), ratio: f64) -> f64 {
    let (a, c) = (ratio * (n1 + n2), x1 + x2);
    let b = ratio * (n1 + x2) + x1 + n2;
    // The smaller root of a p² − b p + c: the second proportion, given the ratio.
    let p2 = 2.0 * c / (b + (b * b - 4.0 * a * c).max(0.0).sqrt());
    let p1 = (ratio * p2).min(1.0);
    let part = |x: f64, n: f64, p: f64| match (x - n * p).powi(2) {
        0.0 => 0.0,
        square => square / (n * p * (1.0 - p)),
    };
    part(x1, n1, p1) + part(x2, n2, p2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Events, Population};

    fn check(first: (f64, f64), second: (f64, f64), statistic: Statistic, expected: (f64, f64, f64)) {
        let counts = |(events, population): (f64, f64)| Counts {
            events: Events::new(events).unwrap(),
            population: Population::new(population).unwrap(),
        };
        let estimate = ratio(counts(first), counts(second), statistic, &Levels::STANDARD).unwrap();
        let interval = estimate.interval(Confidence::P95).unwrap();
        let got = [estimate.value(), interval.lower, interval.upper];
        for (got, wanted) in got.into_iter().zip([expected.0, expected.1, expected.2]) {
            assert!((got - wanted).abs() < 6e-5 * wanted.max(1.0), "{got} {wanted}");
        }
    }

    // Koopman 1984, the example of the paper; Newcombe 2013, Confidence Intervals for Proportions, section 10.4.
    #[test]
    fn proportions_have_koopmans_limits() {
        check((36.0, 40.0), (16.0, 80.0), Statistic::Proportion, (4.5, 2.9395, 7.1522));
    }

    // The example in the help of R's stats::poisson.test: breast cancer in women with tuberculosis.
    #[test]
    fn rates_have_exact_limits() {
        check((11.0, 800.0), (21.0, 3011.0), Statistic::Rate, (1.971_488, 0.858_426_4, 4.277_265_9));
    }

    #[test]
    fn no_events_on_one_side() {
        let counts = |events: f64| Counts {
            events: Events::new(events).unwrap(),
            population: Population::new(50.0).unwrap(),
        };
        for statistic in [Statistic::Proportion, Statistic::Rate] {
            let none = ratio(counts(5.0), counts(0.0), statistic, &Levels::STANDARD).unwrap_err();
            assert_eq!(none.reason(), Some(Reason::RatioToZero("a group without events")));
            let zero = ratio(counts(0.0), counts(5.0), statistic, &Levels::STANDARD).unwrap();
            assert_eq!((zero.value(), zero.intervals()[0].lower), (0.0, 0.0));
            assert!(zero.intervals()[0].upper.is_finite() && zero.intervals()[0].upper > 0.0);
        }
    }
}
