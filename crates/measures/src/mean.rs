//! A mean with Student's t interval.
//!
//! "Student" 1908, *Biometrika* 6: 1-25; Altman and Gardner 2000, in *Statistics with Confidence*, 2nd edition, pages
//! 28-29. The standard deviation is found by Welford's updates (1962, *Technometrics* 4: 419-420), one pass that does
//! not lose figures when the mean is large beside the spread.

use crate::estimate::Note;
use crate::special::student_upper_quantile;
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Estimate, Levels, MeasureError, Multiplier, Reason};

const METHOD: &str = "Student's t";

/// The mean of some values. One value has no interval.
///
/// # Errors
/// [`Reason::FewGroups`] without values; [`MeasureError::OutOfRange`] for one that is not finite.
pub fn mean(values: &[f64], levels: &Levels) -> Result<Estimate, MeasureError> {
    let mut sums = Moments::default();
    for &value in values {
        if !value.is_finite() {
            return Err(MeasureError::OutOfRange { what: "a value", value, expected: "a number" });
        }
        sums.add(value);
    }
    sums.estimate(levels)
}

/// How many values, their mean, and the sum of squares about it.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let before = value - self.mean;
        self.mean += before / self.count;
        self.squares += before * (value - self.mean);
    }

    fn estimate(&self, levels: &Levels) -> Result<Estimate, MeasureError> {
        if self.count < 1.0 {
            return Err(Reason::FewGroups { what: "values", count: 0, least: 1 }.into());
        }
        if self.count < 2.0 {
            return Ok(
                Estimate::bare(self.mean, METHOD).with_note(Note::NoInterval("one value has no spread"))
            );
        }
        let freedom = self.count - 1.0;
        let error = (self.squares / freedom / self.count).sqrt();
        Ok(Estimate::new(self.mean, METHOD, levels, |confidence| {
            let reach = student_upper_quantile(freedom, confidence.tail()) * error;
            (self.mean - reach, self.mean + reach)
        }))
    }
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "mean",
    aliases: &["average"],
    title: "Mean",
    summary: "The mean of the values of a group, with Student's t intervals",
    formula: "x̄ ± t(n − 1) s/√n",
    source: "Student 1908, Biometrika 6: 1-25; Altman and Gardner 2000, Statistics with Confidence, pages 28-29",
    peers: "phe_mean and ph_mean: the same; one value alone has no interval here and not-a-number limits there.",
    columns: &[Column::number("value", "a value, one a row")],
    options: &[OptionEntry { name: "multiplier", default: "1", what: "what the mean is expressed per" }],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: "area,value\nA,4\nA,6\nA,8\nB,3\n",
        output: "area,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,6,1.0317245764993395,10.96827542350066,-19.781142992518134,31.781142992518134,Student's t,\n\
                 B,3,,,,,Student's t,no interval: one value has no spread\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    multiplier: Multiplier,
    levels: Levels,
}

impl Measure for Table {
    type State = Moments;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Table { multiplier: setup.multiplier()?, levels: *setup.levels() })
    }

    fn add(&mut self, state: &mut Moments, cells: &Cells) -> Result<(), Fault> {
        state.add(cells.number(0));
        Ok(())
    }

    fn answer(&mut self, state: &mut Moments, answers: &mut Answers) -> Result<(), MeasureError> {
        answers.estimate(&state.estimate(&self.levels)?.times(self.multiplier.factor()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;

    fn check(values: &[f64], value: f64, lower: f64, upper: f64) {
        let estimate = mean(values, &Levels::STANDARD).unwrap();
        let interval = estimate.interval(Confidence::P95).unwrap();
        for (got, expected) in [(estimate.value(), value), (interval.lower, lower), (interval.upper, upper)] {
            assert!((got - expected).abs() < 1e-9 * expected.abs(), "{got} {expected}");
        }
    }

    // scipy.stats.t.interval; the second is the first about a large number.
    #[test]
    fn limits_are_students() {
        check(&[4.0, 6.0, 8.0], 6.0, 1.031_724_576_499_339_5, 10.968_275_423_500_66);
        let far = 1e9;
        check(
            &[far + 4.0, far + 6.0, far + 8.0],
            far + 6.0,
            far + 1.031_724_576_499_339_5,
            far + 10.968_275_423_500_66,
        );
        check(&[5.0; 4], 5.0, 5.0, 5.0);
    }

    #[test]
    fn one_value_has_no_interval_and_none_no_mean() {
        assert!(mean(&[3.0], &Levels::STANDARD).unwrap().intervals().is_empty());
        assert!(mean(&[], &Levels::STANDARD).unwrap_err().reason().is_some());
    }
}
