//! Measures of inequality between groups that need have no order: what they share.
//!
//! Schlotheuber and Hosseinpoor 2022, *International Journal of Environmental Research and Public Health* 19: 3697,
//! whose definitions WHO's Health Equity Assessment Toolkit and its package healthequal follow. Standard errors are
//! those of the delta method (Ahn and others 2018, *JCO Clinical Cancer Informatics* 2: 1-19): the groups' figures are
//! independent, shares of people are certain. The rejected alternative, drawing a hundred sets of figures as
//! healthequal does for the measures with absolute differences, gives other limits with every seed. Where figures have
//! no errors there are no limits.

mod attributable;
mod between;
mod disparity;
mod log_deviation;
mod mean_difference;
mod options;
mod table;
mod theil;

pub use attributable::{attributable_fraction, attributable_risk};
pub use between::between_group_variance;
pub use disparity::index_of_disparity;
pub use log_deviation::mean_log_deviation;
pub use mean_difference::{DifferenceFrom, mean_difference};
pub use theil::theil_index;

pub(crate) use attributable::{FRACTION_ENTRY, RISK_ENTRY};
pub(crate) use between::ENTRY as BETWEEN;
pub(crate) use disparity::ENTRY as DISPARITY;
pub(crate) use log_deviation::ENTRY as LOG_DEVIATION;
pub(crate) use mean_difference::ENTRY as MEAN_DIFFERENCE;
pub(crate) use table::{COLUMNS, Named, OfGroups, Table, reference};
pub(crate) use theil::ENTRY as THEIL;

use crate::estimate::Note;
use crate::{Estimate, Levels, MeasureError, Reason};

/// A group of people with their figure and, where it is known, its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredGroup {
    /// How many people.
    pub population: f64,
    /// Their figure.
    pub value: f64,
    /// The standard error of the figure.
    pub error: Option<f64>,
}

/// Whether groups weigh as many as live in them, or all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Weighting {
    /// By people.
    #[default]
    People,
    /// All the same.
    Equal,
}

/// Groups with their shares of the people and their mean.
pub(crate) struct Shares {
    /// The share of the people of each group.
    pub of: Vec<f64>,
    /// The mean of all people.
    pub mean: f64,
}

impl Shares {
    /// # Errors
    /// [`Reason::FewGroups`] below two groups with people; [`MeasureError::OutOfRange`] for a negative population, a
    /// figure that is not finite or an error that is negative.
    pub fn new(groups: &[MeasuredGroup]) -> Result<Shares, MeasureError> {
        let wrong = |what, value, expected| Err(MeasureError::OutOfRange { what, value, expected });
        for group in groups {
            if !(group.population >= 0.0 && group.population.is_finite()) {
                return wrong("a population", group.population, "zero or more");
            }
            if !group.value.is_finite() {
                return wrong("a figure", group.value, "a number");
            }
            if let Some(error) = group.error.filter(|error| !(*error >= 0.0 && error.is_finite())) {
                return wrong("a standard error", error, "zero or more");
            }
        }
        let count = groups.iter().filter(|group| group.population > 0.0).count();
        if count < 2 {
            return Err(Reason::FewGroups { what: "groups with people", count, least: 2 }.into());
        }
        let total: f64 = groups.iter().map(|group| group.population).sum();
        let of: Vec<f64> = groups.iter().map(|group| group.population / total).collect();
        let mean = of.iter().zip(groups).map(|(share, group)| share * group.value).sum();
        Ok(Shares { of, mean })
    }

    /// The same for a measure relative to the mean of figures that cannot be negative.
    pub fn above_zero(groups: &[MeasuredGroup]) -> Result<Shares, MeasureError> {
        let shares = Shares::new(groups)?;
        if let Some(group) = groups.iter().find(|group| group.value < 0.0) {
            let expected = "zero or more, for a measure relative to the mean";
            return Err(MeasureError::OutOfRange { what: "a figure", value: group.value, expected });
        }
        if shares.mean == 0.0 {
            return Err(Reason::RatioToZero("the mean").into());
        }
        Ok(shares)
    }
}

/// A value with normal limits, by how fast it changes with the figure of each group.
pub(crate) fn by_delta(
    value: f64,
    method: &'static str,
    groups: &[MeasuredGroup],
    levels: &Levels,
    slopes: impl Fn(usize) -> f64,
) -> Estimate {
    let variance: Option<f64> = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.population > 0.0)
        .map(|(at, group)| match group.error {
            Some(0.0) => Some(0.0),
            error => error.map(|error| (slopes(at) * error).powi(2)),
        })
        .sum();
    with_error(value, variance.map(f64::sqrt), method, levels)
}

/// A value with normal limits from its standard error.
pub(crate) fn with_error(value: f64, error: Option<f64>, method: &'static str, levels: &Levels) -> Estimate {
    match error {
        Some(error) if error.is_finite() => Estimate::new(value, method, levels, |confidence| {
            (value - confidence.z() * error, value + confidence.z() * error)
        }),
        Some(_) => Estimate::bare(value, method).with_note(Note::NoInterval("a figure of zero has an error")),
        None => Estimate::bare(value, method).with_note(Note::NoInterval("figures without standard errors")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four groups: people, figure, standard error.
    pub(crate) const GROUPS: [MeasuredGroup; 4] = [
        MeasuredGroup { population: 200.0, value: 75.0, error: Some(2.0) },
        MeasuredGroup { population: 300.0, value: 90.0, error: Some(1.5) },
        MeasuredGroup { population: 150.0, value: 60.0, error: Some(3.0) },
        MeasuredGroup { population: 350.0, value: 97.0, error: Some(0.5) },
    ];

    fn check(estimate: Estimate, value: f64, error: f64) {
        let interval = estimate.intervals()[0];
        let got = (interval.upper - interval.lower) / (2.0 * 1.959_963_984_540_054);
        assert!((estimate.value() - value).abs() < 1e-9 * value, "{} {value}", estimate.value());
        assert!((got - error).abs() < 1e-9 * error, "{}: {got} {error}", estimate.method());
    }

    // healthequal's formulas written out in numpy, with Theil's standard error on the scale of its estimate; the
    // errors of the measures with absolute differences by numerical differentiation.
    #[test]
    fn values_and_errors_are_the_peers() {
        let levels = &Levels::STANDARD;
        check(theil_index(&GROUPS, levels).unwrap(), EXPECTED[0].0, EXPECTED[0].1);
        check(mean_log_deviation(&GROUPS, levels).unwrap(), EXPECTED[1].0, EXPECTED[1].1);
        check(between_group_variance(&GROUPS, levels).unwrap(), EXPECTED[2].0, EXPECTED[2].1);
        for (at, weighting) in [(3, Weighting::People), (4, Weighting::Equal)] {
            let got = index_of_disparity(&GROUPS, weighting, levels).unwrap();
            check(got, EXPECTED[at].0, EXPECTED[at].1);
        }
        for (at, from, weighting) in [
            (5, DifferenceFrom::Mean, Weighting::People),
            (6, DifferenceFrom::Mean, Weighting::Equal),
            (7, DifferenceFrom::Group(3), Weighting::People),
            (8, DifferenceFrom::Group(3), Weighting::Equal),
        ] {
            let got = mean_difference(&GROUPS, from, weighting, levels).unwrap();
            check(got, EXPECTED[at].0, EXPECTED[at].1);
        }
    }

    const EXPECTED: [(f64, f64); 9] = [
        (0.012530696109846862, 0.002043788702529012),
        (0.013321797502100177, 0.002322981855903671),
        (171.6475, 24.706903656291082),
        (13.496174220129495, 1.0665244372848486),
        (15.303119482048265, 1.2283537304740975),
        (11.465000000000003, 0.8525586490140054),
        (13.0, 0.9842509842841501),
        (12.05, 0.8189169677324066),
        (16.5, 1.0458250332023122),
    ];

    // The limits of all measures but the variance and Theil's on WHO's sample data move with the seed; the variance of
    // the whole sample is in its manual: 50.42023 with a standard error of 9.560196.
    #[test]
    fn no_inequality_is_zero() {
        let same = GROUPS.map(|group| MeasuredGroup { value: 80.0, ..group });
        let levels = &Levels::STANDARD;
        for estimate in [
            theil_index(&same, levels).unwrap(),
            mean_log_deviation(&same, levels).unwrap(),
            between_group_variance(&same, levels).unwrap(),
            index_of_disparity(&same, Weighting::People, levels).unwrap(),
            mean_difference(&same, DifferenceFrom::Group(0), Weighting::People, levels).unwrap(),
        ] {
            assert!(estimate.value().abs() < 1e-12, "{estimate:?}");
        }
    }
}
