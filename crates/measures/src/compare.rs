//! How a figure stands against a benchmark, in the words of Fingertips.
//!
//! The benchmark is taken as certain. A figure is different when its interval leaves the benchmark outside; an
//! interval that ends exactly on it is similar (OHID, Fingertips technical guidance: comparing with a benchmark by
//! confidence intervals). Where neither direction is better the words are higher and lower.

use std::fmt;

use vocabulary::Polarity;

use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Confidence, Estimate, Interval, Levels, MeasureError};

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Judgement {
    /// Better than the benchmark.
    Better,
    /// No difference that the interval excludes.
    Similar,
    /// Worse than the benchmark.
    Worse,
    /// Higher, where neither way is better.
    Higher,
    /// Lower, where neither way is better.
    Lower,
    /// There is no interval to compare by.
    NotCompared,
}

impl Judgement {
    /// The stable code used in files: `better`, `similar`, `worse`, `higher`, `lower` or `not-compared`.
    pub fn code(self) -> &'static str {
        match self {
            Judgement::Better => "better",
            Judgement::Similar => "similar",
            Judgement::Worse => "worse",
            Judgement::Higher => "higher",
            Judgement::Lower => "lower",
            Judgement::NotCompared => "not-compared",
        }
    }
}

/// The word of Fingertips.
impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Judgement::NotCompared => "not compared",
            other => other.code(),
        })
    }
}

/// How a figure stands, with the highest confidence at which it differs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// What the comparison says.
    pub judgement: Judgement,
    /// The highest of the levels asked for at which it differs; `None` when it is similar or not compared.
    pub confidence: Option<Confidence>,
}

/// How an interval stands against a benchmark.
pub fn compare(interval: Interval, benchmark: f64, polarity: Polarity) -> Judgement {
    if interval.lower.is_nan() || interval.upper.is_nan() || benchmark.is_nan() {
        return Judgement::NotCompared;
    }
    let high = match (interval.lower > benchmark, interval.upper < benchmark) {
        (true, _) => true,
        (_, true) => false,
        _ => return Judgement::Similar,
    };
    match (polarity, high) {
        (Polarity::HighIsGood, true) | (Polarity::LowIsGood, false) => Judgement::Better,
        (Polarity::HighIsGood, false) | (Polarity::LowIsGood, true) => Judgement::Worse,
        (Polarity::NotSet, true) => Judgement::Higher,
        (Polarity::NotSet, false) => Judgement::Lower,
    }
}

/// How a figure stands against a benchmark at the levels of its intervals: the judgement at the highest level at
/// which it differs, as Fingertips shows 99.8% before 95%.
pub fn stand(estimate: &Estimate, benchmark: f64, polarity: Polarity) -> Standing {
    let mut standing = Standing { judgement: Judgement::NotCompared, confidence: None };
    for &interval in estimate.intervals() {
        let judgement = compare(interval, benchmark, polarity);
        match judgement {
            Judgement::NotCompared => {}
            Judgement::Similar => {
                if standing.confidence.is_none() {
                    standing.judgement = Judgement::Similar;
                }
            }
            _ => {
                if standing.confidence.is_none_or(|known| known < interval.confidence) {
                    standing = Standing { judgement, confidence: Some(interval.confidence) };
                }
            }
        }
    }
    standing
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "compare",
    aliases: &["benchmark"],
    title: "Comparison with a benchmark",
    summary: "Better, similar or worse than a benchmark, in the words of Fingertips",
    formula: "different at a level when the interval of that level leaves the benchmark outside",
    source: "OHID, Fingertips technical guidance: comparing with a benchmark by confidence intervals",
    peers: "Fingertips shows the same words. phstatsmethods and PHEindicatormethods leave the comparison to the analyst.",
    columns: &[
        Column::number("value", "the figure"),
        Column::number("benchmark", "what it is compared with, taken as certain"),
        Column::number("lower95", "the lower 95% limit"),
        Column::number("upper95", "the upper 95% limit"),
        Column::number("lower998", "the lower 99.8% limit").optional(),
        Column::number("upper998", "the upper 99.8% limit").optional(),
    ],
    options: &[OptionEntry {
        name: "polarity",
        default: "not-set",
        what: "which way is better: high-is-good, low-is-good or not-set",
    }],
    shape: Shape { labels: &[], estimate: false, after: &["value", "benchmark", "comparison", "confidence"] },
    example: Example {
        options: &[("polarity", "high-is-good")],
        input: "area,value,lower95,upper95,lower998,upper998,benchmark\nA,0.8,0.774,0.8236,0.7581,0.8362,0.9\n\
                B,0.8,0.774,0.8236,0.7581,0.8362,0.77\n",
        output: "area,value,benchmark,comparison,confidence,method,note\nA,0.8,0.9,worse,99.8,interval against benchmark,\n\
                 B,0.8,0.77,better,95,interval against benchmark,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    polarity: Polarity,
    levels: Levels,
}

impl Measure for Table {
    type State = Vec<(Estimate, f64)>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let words = [Polarity::HighIsGood, Polarity::LowIsGood, Polarity::NotSet].map(|p| (p.code(), p));
        let outer = setup.has(4) && setup.has(5);
        let levels = if outer { Levels::STANDARD } else { Levels::one(Confidence::P95) };
        Ok(Table { polarity: setup.choice("polarity", &words)?, levels })
    }

    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault> {
        let estimate = Estimate::new(cells.number(0), "", &self.levels, |confidence| match confidence {
            Confidence::P95 => (cells.number(2), cells.number(3)),
            _ => (cells.number(4), cells.number(5)),
        });
        state.push((estimate, cells.number(1)));
        Ok(())
    }

    fn answer(&mut self, state: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError> {
        for (estimate, benchmark) in state {
            let standing = stand(estimate, *benchmark, self.polarity);
            answers.begin(&[]);
            answers.figure(estimate.value());
            answers.figure(*benchmark);
            answers.word(standing.judgement.code());
            answers.figure(standing.confidence.map_or(f64::NAN, |confidence| confidence.level() * 100.0));
            answers.end("interval against benchmark", "");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Events, Levels, Population, proportion};

    fn check(lower: f64, upper: f64, polarity: Polarity, judgement: Judgement) {
        let interval = Interval { confidence: Confidence::P95, lower, upper };
        assert_eq!(compare(interval, 0.5, polarity), judgement, "{lower} {upper} {polarity:?}");
    }

    #[test]
    fn words_follow_the_polarity() {
        check(0.6, 0.7, Polarity::HighIsGood, Judgement::Better);
        check(0.6, 0.7, Polarity::LowIsGood, Judgement::Worse);
        check(0.6, 0.7, Polarity::NotSet, Judgement::Higher);
        check(0.3, 0.4, Polarity::HighIsGood, Judgement::Worse);
        check(0.3, 0.4, Polarity::LowIsGood, Judgement::Better);
        check(0.3, 0.4, Polarity::NotSet, Judgement::Lower);
        check(0.4, 0.6, Polarity::HighIsGood, Judgement::Similar);
        check(0.5, 0.6, Polarity::HighIsGood, Judgement::Similar);
        check(0.4, 0.5, Polarity::HighIsGood, Judgement::Similar);
        check(f64::NAN, 0.5, Polarity::HighIsGood, Judgement::NotCompared);
    }

    #[test]
    fn the_highest_level_that_differs_is_told() {
        let coverage =
            proportion(Events::new(800.0).unwrap(), Population::new(1000.0).unwrap(), &Levels::STANDARD)
                .unwrap();
        let told = |benchmark| {
            let standing = stand(&coverage, benchmark, Polarity::HighIsGood);
            (standing.judgement, standing.confidence.map(Confidence::level))
        };
        assert_eq!(told(0.70), (Judgement::Better, Some(0.998)));
        assert_eq!(told(0.77), (Judgement::Better, Some(0.95)));
        assert_eq!(told(0.80), (Judgement::Similar, None));
        assert_eq!(told(0.95), (Judgement::Worse, Some(0.998)));
    }
}
