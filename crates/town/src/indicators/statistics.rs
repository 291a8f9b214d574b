//! How figures of het's kinds are given to the measures: counts where there are counts, published values where not.

use measures::{Confidence, Estimate, Events, Group, Interval, Judgement, Levels, Multiplier, Population};
use vocabulary::Figure;

/// A figure with its counts, whichever of them were published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counted {
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub figure: Figure,
}

/// A ratio times its multiplier, with its 95% and 99.8% intervals where they can be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The value.
    pub value: f64,
    /// The 95% interval.
    pub interval95: Option<(f64, f64)>,
    /// The 99.8% interval.
    pub interval998: Option<(f64, f64)>,
}

impl Estimated {
    /// A published value without counts: no interval can be known.
    fn bare(value: f64) -> Estimated {
        Estimated { value, interval95: None, interval998: None }
    }
}

/// The estimate of a figure: with intervals from its counts where both are known, else as published.
pub(crate) fn estimate(statistic: &str, multiplier: f64, counted: Counted) -> Option<Estimated> {
    let value = counted.figure.value()?;
    let with_intervals = || {
        let events = Events::new(counted.numerator?).ok()?;
        let population = Population::new(counted.denominator?).ok()?;
        let per = Multiplier::new(multiplier).ok()?;
        match statistic {
            "proportion" => {
                let share = measures::proportion(events, population, &Levels::STANDARD).ok()?;
                Some(share.times(per.factor()))
            }
            "rate" => Some(measures::rate(events, population, per, &Levels::STANDARD)),
            _ => None,
        }
    };
    let Some(estimate) = with_intervals() else { return Some(Estimated::bare(value)) };
    Some(Estimated {
        value,
        interval95: limits(&estimate, Confidence::P95),
        interval998: limits(&estimate, Confidence::P998),
    })
}

fn limits(estimate: &Estimate, confidence: Confidence) -> Option<(f64, f64)> {
    estimate.interval(confidence).map(|interval| (interval.lower, interval.upper))
}

/// The slope index of inequality of groups in order, most deprived first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The fitted value at the least deprived end less that at the most deprived end.
    pub sii: f64,
    /// Its 95% interval.
    pub interval95: Option<(f64, f64)>,
    /// The fitted value at the most deprived end.
    pub most: f64,
    /// The fitted value at the least deprived end.
    pub least: f64,
}

/// Fits the slope over (people, value) of groups ordered from the most deprived; `None` below three groups.
pub(crate) fn slope(groups: &[(f64, f64)]) -> Option<Slope> {
    let groups: Vec<Group> = groups.iter().map(|&(population, value)| Group { population, value }).collect();
    let line = measures::slope(&groups).ok().filter(|line| line.groups() >= 3)?;
    let sii = line.sii(&Levels::one(Confidence::P95));
    Some(Slope {
        sii: sii.value(),
        interval95: limits(&sii, Confidence::P95),
        most: line.most_deprived(),
        least: line.least_deprived(),
    })
}

/// How a value's interval stands against a benchmark that is taken as certain, in the words of Fingertips.
pub(crate) fn against(
    interval: Option<(f64, f64)>,
    benchmark: Option<f64>,
    polarity: vocabulary::Polarity,
) -> Judgement {
    let Some(((lower, upper), benchmark)) = interval.zip(benchmark) else { return Judgement::NotCompared };
    measures::compare(Interval { confidence: Confidence::P95, lower, upper }, benchmark, polarity)
}

/// How the intervals and the inequality of an indicator of this statistic are worked out, in words.
pub(crate) fn methods(statistic: &str) -> Vec<String> {
    let mut said = Vec::new();
    match statistic {
        "proportion" => said.push("Intervals: Wilson score.".to_owned()),
        "rate" => said.push("Intervals: exact below 10 events, Byar's from 10.".to_owned()),
        _ => {}
    }
    said.push(
        "Inequality: slope index of inequality, population-weighted regression on the ridit.".to_owned(),
    );
    said
}

/// A variation in a few words, for a list.
pub(crate) fn variation_words(variation: spc::Variation) -> &'static str {
    use spc::Judgement;
    match variation.judgement() {
        None => "too few points",
        Some(Judgement::CommonCause) => "no significant change",
        Some(Judgement::Concern) => "concern",
        Some(Judgement::Improvement) => "improvement",
        Some(Judgement::Neither) => "changed",
    }
}
