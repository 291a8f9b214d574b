//! The axis of time: points stand at the middle of their period, so that an uneven series looks uneven.

use vocabulary::{Date, Frequency, Period};

use super::axis::Plot;
use super::palette::{LIMIT, QUIET};
use super::scale::Scale;
use super::{Anchor, Svg, TextStyle, text_width};
use crate::figures::short_period;

/// A scale from periods to pixels across a plot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateScale {
    scale: Scale,
    periods: Vec<Period>,
}

impl DateScale {
    /// A scale that gives every period of `periods` a place between `left` and `right`, with half a step of room at
    /// either end.
    pub(crate) fn new(periods: &[Period], left: f64, right: f64) -> DateScale {
        let mut periods = periods.to_vec();
        periods.sort_by_key(|period| period.start());
        periods.dedup();
        let middles: Vec<f64> = periods.iter().copied().map(middle).collect();
        let (first, last) = match middles[..] {
            [] => (0.0, 1.0),
            [only] => (only - 30.0, only + 30.0),
            [first, .., last] => (first, last),
        };
        let room = 0.51 * (last - first) / (periods.len().max(2) - 1) as f64;
        DateScale { scale: Scale::new((first - room, last + room), (left, right)), periods }
    }

    /// The pixel at the middle of a period.
    pub(crate) fn at(&self, period: Period) -> f64 {
        self.scale.at(middle(period))
    }

    /// The pixel at the start of a period: where a rebasing line stands.
    pub(crate) fn start_of(&self, period: Period) -> f64 {
        self.scale.at(day(period.start()))
    }

    /// Draws the marks and their words under `plot`, as many as fit without touching.
    pub(crate) fn draw(&self, svg: &mut Svg, plot: Plot, size: f64) {
        svg.open("g", &[("class", "axis"), ("fill", QUIET)]);
        let style = TextStyle::new(size).anchored(Anchor::Middle);
        for (x, label) in self.marks(plot, size) {
            svg.line((x, plot.bottom), (x, plot.bottom + 4.0), &[("stroke", LIMIT)]);
            let half = text_width(&label, size) / 2.0;
            let held = x.clamp(plot.left.min(x) + (half - plot.left).max(0.0).min(half), plot.right.max(x));
            svg.text((held, plot.bottom + 6.0 + size), &label, style);
        }
        svg.close("g");
    }

    fn marks(&self, plot: Plot, size: f64) -> Vec<(f64, String)> {
        let yearly = self.periods.iter().all(|period| period.frequency() == Frequency::Annual);
        let few = self.periods.len() <= 2;
        if yearly || few || self.periods.iter().any(|period| period.frequency() == Frequency::Irregular) {
            return self.period_marks(size);
        }
        [1, 3, 6, 12, 24, 60, 120]
            .into_iter()
            .map(|step| self.calendar_marks(step, plot))
            .find(|marks| fit(marks, size))
            .unwrap_or_default()
    }

    /// A mark under some of the points, named as their periods are; the last always, and as many before it as fit.
    fn period_marks(&self, size: f64) -> Vec<(f64, String)> {
        let all: Vec<(f64, String)> =
            self.periods.iter().rev().map(|&period| (self.at(period), short_period(period))).collect();
        (1..=all.len().max(1))
            .map(|step| all.iter().step_by(step).cloned().collect::<Vec<_>>())
            .find(|marks| fit(marks, size))
            .unwrap_or_default()
    }

    /// A mark at every `step` months of the calendar: years by their number, months by name and year.
    fn calendar_marks(&self, step: i32, plot: Plot) -> Vec<(f64, String)> {
        let (Some(first), Some(last)) = (self.periods.first(), self.periods.last()) else {
            return Vec::new();
        };
        let month_of = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let (from, to) = (month_of(first.start()), month_of(last.end()));
        let aligned = (from + step - 1) / step * step;
        let period = |month: i32| {
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            Period::month(year, i8::try_from(month.rem_euclid(12)).ok()? + 1)
        };
        (aligned..=to)
            .step_by(step.unsigned_abs() as usize)
            .filter_map(period)
            .map(|month| {
                let label = if step >= 12 { month.start().year().to_string() } else { short_period(month) };
                (self.start_of(month), label)
            })
            .filter(|(x, _)| (plot.left - 0.5..=plot.right + 0.5).contains(x))
            .collect()
    }
}

fn fit(marks: &[(f64, String)], size: f64) -> bool {
    let half = |label: &str| text_width(label, size) / 2.0;
    marks
        .windows(2)
        .all(|pair| (pair[1].0 - pair[0].0).abs() >= half(&pair[0].1) + half(&pair[1].1) + size * 0.8)
}

fn middle(period: Period) -> f64 {
    (day(period.start()) + day(period.end()) + 1.0) / 2.0
}

/// Days since the first day of year 1, from the calendar's own rules.
fn day(date: Date) -> f64 {
    let years = f64::from(date.year()) - 1.0;
    let leaps = (years / 4.0).floor() - (years / 100.0).floor() + (years / 400.0).floor();
    years * 365.0 + leaps + f64::from(date.day_of_year())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Plot = Plot { left: 0.0, right: 600.0, top: 0.0, bottom: 100.0 };

    fn labels(periods: &[&str], width: f64) -> Vec<String> {
        let periods: Vec<Period> = periods.iter().map(|text| text.parse().unwrap()).collect();
        let scale = DateScale::new(&periods, 0.0, width);
        let plot = Plot { right: width, ..PLOT };
        scale.marks(plot, 12.0).into_iter().map(|(_, label)| label).collect()
    }

    fn quarters(from: i16, years: i16) -> Vec<String> {
        (from..from + years).flat_map(|year| (1..=4).map(move |q| format!("{year} Q{q}"))).collect()
    }

    #[test]
    fn marks_are_as_many_as_fit() {
        let quarters = quarters(2018, 7);
        let quarters: Vec<&str> = quarters.iter().map(String::as_str).collect();
        assert_eq!(labels(&quarters, 600.0), ["2018", "2019", "2020", "2021", "2022", "2023", "2024"]);
        assert_eq!(labels(&quarters, 200.0), ["2018", "2020", "2022", "2024"]);
        assert_eq!(
            labels(&quarters[..6], 400.0),
            ["Jan 2018", "Apr 2018", "Jul 2018", "Oct 2018", "Jan 2019", "Apr 2019"]
        );
        assert_eq!(labels(&["2022/23", "2023/24", "2024/25"], 400.0), ["2024/25", "2023/24", "2022/23"]);
        assert_eq!(labels(&[], 400.0), Vec::<String>::new());
    }

    #[test]
    fn a_year_is_as_long_as_it_is() {
        let date = |text: &str| day(text.parse().unwrap());
        assert_eq!(date("2024-12-31") - date("2023-12-31"), 366.0);
        assert_eq!(date("2100-03-01") - date("2100-02-28"), 1.0);
        assert_eq!(date("2000-03-01") - date("2000-02-28"), 2.0);
    }
}
