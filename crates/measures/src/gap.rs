//! The gap between two figures: how far apart they are, and how many times one is the other.
//!
//! Intervals come from those of the two figures by the method of variance estimates recovery, which needs to know
//! nothing of how they were made: of two Wilson intervals it makes Newcombe's, of two Poisson intervals those that
//! Zou and Donner recommend for rates. Differences: Zou and Donner 2008, *Statistics in Medicine* 27: 1693-1702,
//! which for proportions is method 10 of Newcombe 1998, *Statistics in Medicine* 17: 873-890. Ratios: Donner and Zou
//! 2012, *Statistical Methods in Medical Research* 21: 347-359, equation 9. The rejected alternative, normal limits
//! from the standard errors, leaves the possible range for small counts. The two figures must be independent: not an
//! area and a region that holds it.

mod table;

pub(crate) use table::{ABSOLUTE, RELATIVE};

use crate::estimate::Note;
use crate::{Confidence, Estimate, Levels, MeasureError, Reason};

/// The first figure less the second.
pub fn absolute_gap(first: &Estimate, second: &Estimate) -> Estimate {
    let (a, b) = (first.value(), second.value());
    between(first, second, a - b, "MOVER difference", |one, other| {
        let lower = a - b - (a - one.0).hypot(other.1 - b);
        let upper = a - b + (one.1 - a).hypot(b - other.0);
        Some((lower, upper))
    })
}

/// The first figure divided by the second. Both must be of a kind that cannot be negative.
///
/// # Errors
/// [`Reason::RatioToZero`] when the second is zero; [`MeasureError::OutOfRange`] when one is negative.
pub fn relative_gap(first: &Estimate, second: &Estimate) -> Result<Estimate, MeasureError> {
    let (a, b) = (first.value(), second.value());
    for value in [a, b] {
        if value < 0.0 || value.is_nan() {
            let expected = "zero or more, for a ratio";
            return Err(MeasureError::OutOfRange { what: "a figure", value, expected });
        }
    }
    if b == 0.0 {
        return Err(Reason::RatioToZero("the second figure").into());
    }
    Ok(between(first, second, a / b, "MOVER ratio", |one, other| ratio_limits(a, one, b, other)))
}

/// Limits of a/b from the limits of each. `None` when the limits of b reach zero.
fn ratio_limits(a: f64, one: (f64, f64), b: f64, other: (f64, f64)) -> Option<(f64, f64)> {
    let ab = a * b;
    let limit = |near_a: f64, near_b: f64, sign: f64| {
        let below = near_b * (2.0 * b - near_b);
        let within = ab * ab - near_a * near_b * (2.0 * a - near_a) * (2.0 * b - near_b);
        (below > 0.0 && within >= 0.0).then(|| (ab + sign * within.sqrt()) / below)
    };
    Some((limit(one.0, other.1, -1.0)?.max(0.0), limit(one.1, other.0, 1.0)?))
}

/// An estimate with limits at the levels that both figures have.
fn between(
    first: &Estimate,
    second: &Estimate,
    value: f64,
    method: &'static str,
    limits: impl Fn((f64, f64), (f64, f64)) -> Option<(f64, f64)>,
) -> Estimate {
    let found: Vec<(Confidence, (f64, f64))> = first
        .intervals()
        .iter()
        .filter_map(|one| {
            let other = second.interval(one.confidence)?;
            Some((one.confidence, limits((one.lower, one.upper), (other.lower, other.upper))?))
        })
        .collect();
    let both = first.intervals().iter().filter(|one| second.interval(one.confidence).is_some()).count();
    let levels: Vec<Confidence> = found.iter().map(|&(confidence, _)| confidence).collect();
    // There are no more than the first figure has, and it holds at most Levels::MOST.
    let levels = Levels::new(&levels).unwrap_or_default();
    let estimate = Estimate::new(value, method, &levels, |confidence| {
        found
            .iter()
            .find(|(known, _)| *known == confidence)
            .map_or((f64::NAN, f64::NAN), |&(_, limits)| limits)
    });
    match found.len() < both {
        true => estimate.with_note(Note::NoInterval("the second figure may be zero, or is too uncertain")),
        false => estimate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Events, Population, proportion, rate};

    fn share(events: f64, population: f64) -> Estimate {
        proportion(Events::new(events).unwrap(), Population::new(population).unwrap(), &Levels::STANDARD)
            .unwrap()
    }

    fn check(gap: Estimate, value: f64, lower: f64, upper: f64) {
        let interval = gap.interval(Confidence::P95).unwrap();
        for (got, expected) in [(gap.value(), value), (interval.lower, lower), (interval.upper, upper)] {
            assert!((got - expected).abs() < 6e-5, "{got} {expected}");
        }
    }

    // Newcombe 1998, table II, method 10: cases (a) to (h).
    #[test]
    fn differences_of_proportions_are_newcombes() {
        check(absolute_gap(&share(56.0, 70.0), &share(48.0, 80.0)), 0.2, 0.0524, 0.3339);
        check(absolute_gap(&share(9.0, 10.0), &share(3.0, 10.0)), 0.6, 0.1705, 0.8090);
        check(absolute_gap(&share(6.0, 7.0), &share(2.0, 7.0)), 0.5714, 0.0582, 0.8062);
        check(absolute_gap(&share(5.0, 56.0), &share(0.0, 29.0)), 0.0893, -0.0381, 0.1926);
        check(absolute_gap(&share(0.0, 10.0), &share(0.0, 20.0)), 0.0, -0.1611, 0.2775);
        check(absolute_gap(&share(10.0, 10.0), &share(0.0, 20.0)), 1.0, 0.6791, 1.0);
        check(absolute_gap(&share(10.0, 10.0), &share(0.0, 10.0)), 1.0, 0.6075, 1.0);
    }

    #[test]
    fn a_ratio_turned_round_has_its_limits_turned_round() {
        let per = crate::Multiplier::new(1000.0).unwrap();
        let of = |events, people| {
            rate(Events::new(events).unwrap(), Population::new(people).unwrap(), per, &Levels::STANDARD)
        };
        let (one, other) = (of(40.0, 1000.0), of(25.0, 1200.0));
        let (there, back) = (relative_gap(&one, &other).unwrap(), relative_gap(&other, &one).unwrap());
        for (a, b) in there.intervals().iter().zip(back.intervals()) {
            assert!((a.lower * b.upper - 1.0).abs() < 1e-12 && (a.upper * b.lower - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        let zero = share(0.0, 20.0);
        assert_eq!(
            relative_gap(&share(5.0, 20.0), &zero).unwrap_err().reason(),
            Some(Reason::RatioToZero("the second figure"))
        );
        assert_eq!(
            relative_gap(&zero, &share(5.0, 20.0)).unwrap().interval(Confidence::P95).unwrap().lower,
            0.0
        );
    }
}
