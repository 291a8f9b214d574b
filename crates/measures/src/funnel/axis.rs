//! The curves of a funnel plot: sizes along the axis, with the limits at each, as OHID's tool spaces them.

use super::{FunnelArea, FunnelKind, baseline, expected_limits, proportion_limits};
use crate::{Confidence, Levels, MeasureError, Multiplier};

/// The limits of a funnel plot at one place of its axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelPoint {
    /// People for a proportion, events for a ratio or a rate.
    pub size: f64,
    /// The average, times the multiplier.
    pub baseline: f64,
    /// Lower and upper limit at 95% and at 99.8%, times the multiplier.
    pub limits: [(f64, f64); 2],
    /// For a rate, the people in one year that stand under the lower and the upper limit at 95% and at 99.8%; for a
    /// ratio, the events expected there.
    pub under: [(f64, f64); 2],
}

/// The points of the curves around the average of some areas: OHID's tool has a hundred. `years` is how many years the
/// events are of.
///
/// # Errors
/// [`MeasureError::OutOfRange`] for a number of years that is not above zero, or no points; and as [`baseline`].
pub fn funnel_curve(
    areas: &[FunnelArea],
    kind: FunnelKind,
    multiplier: Multiplier,
    years: f64,
    points: usize,
) -> Result<Vec<FunnelPoint>, MeasureError> {
    if points == 0 {
        return Err(MeasureError::OutOfRange {
            what: "a number of points",
            value: 0.0,
            expected: "one or more",
        });
    }
    if !(years > 0.0 && years.is_finite()) {
        return Err(MeasureError::OutOfRange {
            what: "a number of years",
            value: years,
            expected: "more than zero",
        });
    }
    let centre = baseline(areas, kind)?;
    let average = match kind {
        FunnelKind::Ratio => {
            areas.iter().map(|a| a.events).sum::<f64>() / areas.iter().map(|a| a.size).sum::<f64>()
        }
        _ => centre,
    };
    let sizes = sizes(areas, kind, average, years, points);
    Ok(sizes.into_iter().map(|size| point(size, centre, kind, multiplier.factor(), years)).collect())
}

fn point(size: f64, baseline: f64, kind: FunnelKind, factor: f64, years: f64) -> FunnelPoint {
    let levels = [Levels::STANDARD.as_slice()[0], Levels::STANDARD.as_slice()[1]];
    let mut point =
        FunnelPoint { size, baseline: baseline * factor, limits: [(0.0, 0.0); 2], under: [(0.0, 0.0); 2] };
    let of_level = |confidence: Confidence| match kind {
        FunnelKind::Proportion => (proportion_limits(baseline, size, confidence), (size, size)),
        FunnelKind::Ratio | FunnelKind::Rate => {
            // An observed count stands on the lower curve where so many were expected that it is too few.
            let (fewest, most) = expected_limits(size, confidence);
            let (low, high) = (most / baseline, fewest / baseline);
            ((size / low, size / high), (low / years, high / years))
        }
    };
    for (place, confidence) in levels.into_iter().enumerate() {
        let ((low, high), under) = of_level(confidence);
        point.limits[place] = (low * factor, high * factor);
        point.under[place] = under;
    }
    point
}

/// Whole sizes that grow evenly in proportion, from below the smallest area to above the largest.
fn sizes(areas: &[FunnelArea], kind: FunnelKind, average: f64, years: f64, points: usize) -> Vec<f64> {
    let smallest = areas.iter().map(|area| area.size).fold(f64::INFINITY, f64::min);
    let largest = areas.iter().map(|area| area.size).fold(0.0, f64::max);
    let per = if kind == FunnelKind::Rate { years } else { 1.0 };
    let mut first = if largest > 2.0 * smallest { 0.0 } else { floor_of_two(smallest / per) * per };
    let mut last = ceiling_of_two(largest / per) * per;
    if kind == FunnelKind::Rate {
        (first, last) = ((first * average).floor(), (last * average).ceil());
    }
    let mut sizes = vec![first.max(1.0)];
    while sizes.len() < points {
        let before = sizes[sizes.len() - 1];
        let done = sizes.len() + usize::from(kind != FunnelKind::Ratio);
        let step = (last / before).powf(1.0 / (points + 1 - done) as f64);
        sizes.push((step * before).round_ties_even().max(before + 1.0));
    }
    sizes
}

/// 95% of a number, rounded down to its first figure.
fn floor_of_two(number: f64) -> f64 {
    let below = number * 0.95;
    let unit = 10.0_f64.powi(digits(below.floor()) - 1);
    (below / unit).floor() * unit
}

/// 105% of a number, rounded up to its first two figures.
fn ceiling_of_two(number: f64) -> f64 {
    let above = number * 1.05;
    let unit = 10.0_f64.powi(digits(above.ceil()) - 2);
    (above / unit).ceil() * unit
}

/// How many digits a whole number has.
fn digits(number: f64) -> i32 {
    format!("{number:.0}").len() as i32
}
