//! Slope and relative index of inequality: a straight line through groups or areas, from the most to the least
//! deprived, each standing at the middle of its share of the people (its ridit) and weighing as many as live there.
//!
//! Pamuk 1985, *Population Studies* 39: 17-31; Low and Low 2004, *Journal of Public Health* 26: 388-395, which OHID
//! follows. The slope index is the fitted value at the least deprived end (ridit 1) less that at the most deprived end
//! (ridit 0), as `phe_sii` counts it: below zero when the most deprived have more of it. The relative index is the
//! ratio of the two.
//!
//! The interval given here is the closed one of the regression, with n − 2 degrees of freedom: it says how well a line
//! fits the groups. Nothing is assumed of the size of the groups: five quintiles or 33,755 areas.

mod scottish;
mod simulate;
mod table;
mod uncertain;

pub use scottish::{ScottishIndex, scottish_index};
pub use simulate::Simulation;
pub use uncertain::{
    FigureKind, SimulatedIndex, SlopeIndex, SlopeLimits, SlopeRequest, UncertainArea, slope_index,
};

pub(crate) use scottish::ENTRY as SCOTTISH;
pub(crate) use table::{RII, SII};

use crate::estimate::Note;
use crate::special::student_upper_quantile;
use crate::{Confidence, Estimate, Levels, MeasureError, Reason};

/// A group of people in the order of deprivation: how many they are, and their figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// How many people.
    pub population: f64,
    /// Their figure.
    pub value: f64,
}

/// An area with its place in the order of deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its rank: lower is more deprived. Areas of equal rank stand at one place.
    pub rank: f64,
    /// How many people live in it.
    pub population: f64,
    /// Its figure.
    pub value: f64,
}

/// A line fitted through groups on their ridits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    groups: usize,
    /// The weighted mean of the figures, which is the fitted value in the middle.
    middle: f64,
    slope: f64,
    /// The weighted sum of squares of the ridits about one half.
    spread: f64,
    /// The weighted mean square of what the line leaves over; not a number for two groups.
    residual: f64,
}

const METHOD: &str = "weighted linear regression on the ridit";

/// Fits a line through groups in order, the most deprived first.
///
/// # Errors
/// [`Reason::FewGroups`] below two groups with people; [`MeasureError::OutOfRange`] for a negative population or a
/// figure that is not finite.
pub fn slope(groups: &[Group]) -> Result<Slope, MeasureError> {
    fit(groups, |group| (group.population, group.value), |_, _| false)
}

/// Fits a line through areas, which need not be in order. They are sorted only when they are not.
///
/// # Errors
/// As [`slope`]; [`MeasureError::OutOfRange`] also for a rank that is not a number.
pub fn slope_of_areas(areas: &[Area]) -> Result<Slope, MeasureError> {
    if let Some(area) = areas.iter().find(|area| area.rank.is_nan()) {
        return Err(MeasureError::OutOfRange { what: "a rank", value: area.rank, expected: "a number" });
    }
    let parts = |area: &Area| (area.population, area.value);
    let tied = |one: &Area, other: &Area| one.rank == other.rank;
    if areas.is_sorted_by(|one, other| one.rank <= other.rank) {
        return fit(areas, parts, tied);
    }
    let mut sorted = areas.to_vec();
    sorted.sort_unstable_by(|one, other| one.rank.total_cmp(&other.rank));
    fit(&sorted, parts, tied)
}

/// Weighted least squares on the ridit in two passes, without memory of its own. Items that are tied stand together
/// at the middle of their common share.
fn fit<T>(
    items: &[T],
    parts: impl Fn(&T) -> (f64, f64),
    tied: impl Fn(&T, &T) -> bool,
) -> Result<Slope, MeasureError> {
    let (mut total, mut sum, mut count) = (0.0, 0.0, 0_usize);
    for item in items {
        let (people, value) = parts(item);
        if !(people >= 0.0 && people.is_finite()) {
            return Err(MeasureError::OutOfRange {
                what: "a population",
                value: people,
                expected: "zero or more",
            });
        }
        if !value.is_finite() {
            return Err(MeasureError::OutOfRange { what: "a figure", value, expected: "a number" });
        }
        count += usize::from(people > 0.0);
        total += people;
        sum += people * value;
    }
    if count < 2 {
        return Err(Reason::FewGroups { what: "groups with people", count, least: 2 }.into());
    }
    let middle = sum / total;
    let (mut spread, mut across) = (0.0, 0.0);
    each(items, total, &parts, &tied, |weight, ridit, value| {
        spread += weight * ridit * ridit;
        across += weight * ridit * (value - middle);
    });
    if spread <= 0.0 {
        return Err(Reason::NoSpread("the ranks of the groups").into());
    }
    let slope = across / spread;
    let mut left = 0.0;
    each(items, total, &parts, &tied, |weight, ridit, value| {
        let over = value - middle - slope * ridit;
        left += weight * over * over;
    });
    let residual = if count > 2 { left / (count - 2) as f64 } else { f64::NAN };
    Ok(Slope { groups: count, middle, slope, spread, residual })
}

/// Every item with its share of the people and its ridit less one half, which is the ridits' weighted mean.
#[inline]
fn each<T>(
    items: &[T],
    total: f64,
    parts: impl Fn(&T) -> (f64, f64),
    tied: impl Fn(&T, &T) -> bool,
    mut take: impl FnMut(f64, f64, f64),
) {
    let (mut below, mut start) = (0.0, 0);
    while start < items.len() {
        let ties = items[start + 1..].iter().take_while(|item| tied(&items[start], item)).count();
        let together = &items[start..=start + ties];
        let people: f64 = together.iter().map(|item| parts(item).0).sum();
        let ridit = (below + people / 2.0) / total - 0.5;
        for item in together {
            let (people, value) = parts(item);
            take(people / total, ridit, value);
        }
        below += people;
        start += ties + 1;
    }
}

impl Slope {
    /// How many groups with people there were.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The fitted value at the most deprived end.
    pub fn most_deprived(&self) -> f64 {
        self.middle - self.slope / 2.0
    }

    /// The fitted value at the least deprived end.
    pub fn least_deprived(&self) -> f64 {
        self.middle + self.slope / 2.0
    }

    /// The standard error of the slope index, from how well the line fits; `None` for two groups.
    pub fn standard_error(&self) -> Option<f64> {
        (!self.residual.is_nan()).then(|| (self.residual / self.spread).sqrt())
    }

    /// The slope index of inequality: the least deprived end less the most deprived.
    pub fn sii(&self, levels: &Levels) -> Estimate {
        let Some(error) = self.standard_error() else {
            return Estimate::bare(self.slope, METHOD).with_note(TWO_GROUPS);
        };
        Estimate::new(self.slope, METHOD, levels, |confidence| {
            let reach = self.critical(confidence) * error;
            (self.slope - reach, self.slope + reach)
        })
    }

    /// The relative index of inequality: the least deprived end divided by the most deprived. Its interval is that of
    /// Fieller 1954, *Journal of the Royal Statistical Society* B 16: 175-185, and is not given where the most
    /// deprived end may be zero.
    ///
    /// # Errors
    /// [`Reason::FitBelowZero`] when the line is not above zero at both ends.
    pub fn rii(&self, levels: &Levels) -> Result<Estimate, MeasureError> {
        let (most, least) = (self.most_deprived(), self.least_deprived());
        for (end, value) in [("most deprived", most), ("least deprived", least)] {
            if value <= 0.0 {
                return Err(Reason::FitBelowZero { end, value }.into());
            }
        }
        let bare = Estimate::bare(least / most, METHOD);
        if self.residual.is_nan() {
            return Ok(bare.with_note(TWO_GROUPS));
        }
        let (end, between) =
            (self.residual * (1.0 + 0.25 / self.spread), self.residual * (1.0 - 0.25 / self.spread));
        let fieller = |confidence: Confidence| {
            let t2 = self.critical(confidence).powi(2);
            let (a, b, c) = (most * most - t2 * end, most * least - t2 * between, least * least - t2 * end);
            let within = b * b - a * c;
            (a > 0.0 && within >= 0.0).then(|| ((b - within.sqrt()) / a, (b + within.sqrt()) / a))
        };
        if levels.as_slice().iter().any(|&confidence| fieller(confidence).is_none()) {
            return Ok(bare.with_note(Note::NoInterval("the most deprived end may be zero")));
        }
        Ok(Estimate::new(least / most, METHOD, levels, |confidence| {
            fieller(confidence).unwrap_or((f64::NAN, f64::NAN))
        }))
    }

    fn critical(&self, confidence: Confidence) -> f64 {
        student_upper_quantile((self.groups - 2) as f64, confidence.tail())
    }
}

const TWO_GROUPS: Note = Note::NoInterval("a line always fits two groups");

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(of: &[(f64, f64)]) -> Vec<Group> {
        of.iter().map(|&(population, value)| Group { population, value }).collect()
    }

    fn check(of: &[(f64, f64)], sii: (f64, f64, f64), ends: (f64, f64)) {
        let slope = slope(&groups(of)).unwrap();
        let estimate = slope.sii(&Levels::STANDARD);
        let interval = estimate.interval(Confidence::P95).unwrap();
        let got =
            [estimate.value(), interval.lower, interval.upper, slope.most_deprived(), slope.least_deprived()];
        for (got, expected) in got.into_iter().zip([sii.0, sii.1, sii.2, ends.0, ends.1]) {
            assert!((got - expected).abs() < 1e-9 * expected.abs().max(1.0), "{got} {expected}");
        }
    }

    // The ten deciles of the help of phe_sii (Area1); expected from numpy: weighted least squares with t limits.
    #[test]
    fn deciles_are_fitted_as_by_weighted_least_squares() {
        let sii = (7.000_234_760_079_707, 0.758_637_035_619_585_7, 13.241_832_484_539_827);
        check(&DECILES, sii, (78.032_078_769_530_05, 85.032_313_529_609_75));
    }

    const DECILES: [(f64, f64); 10] = [
        (7291.0, 75.9),
        (7997.0, 78.3),
        (6105.0, 83.8),
        (7666.0, 83.6),
        (5790.0, 80.5),
        (6934.0, 81.1),
        (5918.0, 81.7),
        (5974.0, 84.2),
        (7147.0, 80.6),
        (7534.0, 86.3),
    ];

    #[test]
    fn a_straight_line_is_found_again() {
        // Value 10 + 4 × ridit, with shares of 20, 30 and 50 per cent.
        let line = slope(&groups(&[(20.0, 10.4), (30.0, 11.4), (50.0, 13.0)])).unwrap();
        assert!((line.most_deprived() - 10.0).abs() < 1e-12 && (line.least_deprived() - 14.0).abs() < 1e-12);
        assert!((line.rii(&Levels::STANDARD).unwrap().value() - 1.4).abs() < 1e-12);
    }

    #[test]
    fn areas_need_no_order_and_ties_stand_together() {
        let area = |rank: f64, population: f64, value: f64| Area { rank, population, value };
        let areas = [area(3.0, 5.0, 9.0), area(1.0, 2.0, 4.0), area(2.0, 3.0, 5.0), area(2.0, 1.0, 7.0)];
        let together = groups(&[(2.0, 4.0), (4.0, (15.0 + 7.0) / 4.0), (5.0, 9.0)]);
        let (one, other) = (slope_of_areas(&areas).unwrap(), slope(&together).unwrap());
        assert!((one.most_deprived() - other.most_deprived()).abs() < 1e-12);
        assert!((one.least_deprived() - other.least_deprived()).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_fitted_is_told() {
        let few = Reason::FewGroups { what: "groups with people", count: 1, least: 2 };
        assert_eq!(slope(&groups(&[(5.0, 1.0), (0.0, 2.0)])).unwrap_err().reason(), Some(few));
        assert!(slope(&groups(&[(5.0, 1.0), (-1.0, 2.0)])).is_err());
        assert!(slope(&groups(&[(5.0, 1.0), (1.0, f64::NAN)])).is_err());
        let two = slope(&groups(&[(5.0, 1.0), (5.0, 2.0)])).unwrap().sii(&Levels::STANDARD);
        assert!(two.intervals().is_empty() && two.note() == Some(TWO_GROUPS));
        let below = slope(&groups(&[(5.0, 0.0), (5.0, 1.0), (5.0, 4.0)])).unwrap().rii(&Levels::STANDARD);
        assert!(matches!(below.unwrap_err().reason(), Some(Reason::FitBelowZero { .. })));
    }
}
