//! How figures of het's kinds are given to the measures: counts where there are counts, published values where not.

use measures::{
    ConcentrationKind, Confidence, Estimate, Events, Group, Interval, Judgement, Levels, Multiplier,
    Population, Ranked, RankedKind, concentration_index,
};
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
    /// The value, as it was published.
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

    /// The value as published, with the intervals that its counts give.
    fn of(value: f64, estimate: &Estimate) -> Estimated {
        Estimated {
            value,
            interval95: limits(estimate, Confidence::P95),
            interval998: limits(estimate, Confidence::P998),
        }
    }

    /// The same for a measure, which needs its intervals at both levels.
    pub(crate) fn measure(self) -> Option<Estimate> {
        let (inner, outer) = (self.interval95?, self.interval998?);
        Some(Estimate::new(self.value, "", &Levels::STANDARD, |confidence| {
            if confidence == Confidence::P95 { inner } else { outer }
        }))
    }
}

/// The limits of an estimate at a confidence, where they are numbers.
pub(crate) fn limits(estimate: &Estimate, confidence: Confidence) -> Option<(f64, f64)> {
    let interval = estimate.interval(confidence)?;
    (interval.lower.is_finite() && interval.upper.is_finite()).then_some((interval.lower, interval.upper))
}

/// The estimate of a figure: intervals from its counts where both are known and the indicator is a proportion or a rate.
pub(crate) fn estimate(statistic: &str, multiplier: f64, counted: Counted) -> Option<Estimated> {
    let value = counted.figure.value()?;
    let counts = || {
        let events = Events::new(counted.numerator?).ok()?;
        let population = Population::new(counted.denominator?).ok()?;
        match statistic {
            "proportion" => measures::proportion(events, population, &Levels::STANDARD)
                .ok()
                .map(|share| share.times(multiplier)),
            "rate" => {
                Some(measures::rate(events, population, Multiplier::new(multiplier).ok()?, &Levels::STANDARD))
            }
            _ => None,
        }
    };
    Some(counts().map_or(Estimated::bare(value), |estimate| Estimated::of(value, &estimate)))
}

/// The slope over groups or areas in the order of deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The slope index of inequality: the fitted value at the least deprived end less that at the most deprived end, as
    /// OHID counts it.
    pub sii: f64,
    /// Its 95% interval.
    pub interval95: Option<(f64, f64)>,
    /// Its 99.8% interval.
    pub interval998: Option<(f64, f64)>,
    /// The relative index of inequality, the least deprived end divided by the most, with its 95% and 99.8% intervals.
    pub rii: Option<Estimated>,
    /// The standard error of the slope index, from how well the line fits.
    pub error: Option<f64>,
    /// The fitted value at the most deprived end.
    pub most: f64,
    /// The fitted value at the least deprived end.
    pub least: f64,
}

/// Fits the slope over (people, value) of groups ordered from the most deprived: weighted least squares on the ridit.
/// `None` below three groups, where a line says nothing of how well it fits.
pub(crate) fn slope(groups: &[(f64, f64)]) -> Option<Slope> {
    if groups.len() < 3 {
        return None;
    }
    let groups: Vec<Group> = groups.iter().map(|&(population, value)| Group { population, value }).collect();
    let fitted = measures::slope(&groups).ok()?;
    let sii = fitted.sii(&Levels::STANDARD);
    let rii = fitted.rii(&Levels::STANDARD).ok();
    Some(Slope {
        sii: sii.value(),
        interval95: limits(&sii, Confidence::P95),
        interval998: limits(&sii, Confidence::P998),
        rii: rii.map(|rii| Estimated::of(rii.value(), &rii)),
        error: fitted.standard_error(),
        most: fitted.most_deprived(),
        least: fitted.least_deprived(),
    })
}

/// The concentration index of (people, value) of groups ordered from the most deprived. `None` where there is none, as below
/// two groups or for a mean of zero.
pub(crate) fn concentration(groups: &[(f64, f64)]) -> Option<Estimated> {
    let row =
        |(at, &(weight, value)): (usize, &(f64, f64))| Ranked { rank: at as f64, weight, value, error: None };
    let rows: Vec<Ranked> = groups.iter().enumerate().map(row).collect();
    let index =
        concentration_index(&rows, RankedKind::Groups, ConcentrationKind::Standard, &Levels::STANDARD);
    index.ok().map(|index| Estimated::of(index.value(), &index))
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
