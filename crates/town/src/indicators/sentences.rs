//! What an analysis says in plain sentences, and what it says of the gap.

use jiff::ToSpan;
use report::figures::{Unit, period_words};
use report::sentences::{Benchmark, Compared, Facts, Gap, GapFacts, GapVerdict, LevelFacts, sentences};

use super::analysis::{Analysis, GapPoint, PlaceRole};
use super::choice::Inequality;
use super::drawing::difference_unit;
use super::statistics::against;

/// Over how many years the gap is compared, where figures go back so far.
const YEARS: i32 = 5;

impl Analysis {
    /// What the figures say, in plain sentences that claim no change that the rules do not show.
    pub fn sentences(&self) -> Vec<String> {
        self.sentences_by(self.chart.as_ref(), Inequality::Slope)
    }

    /// The same by another chart and another measure of inequality.
    pub(crate) fn sentences_by(&self, chart: Option<&spc::Chart>, measure: Inequality) -> Vec<String> {
        let no_chart = (spc::Variation::NotEnoughPoints, spc::Assurance::NotKnown);
        let (variation, assurance) = chart.map_or(no_chart, |chart| (chart.variation(), chart.assurance()));
        let facts = Facts {
            level: self.level(),
            unit: self.unit(),
            variation,
            assurance: if self.target.is_some() { assurance } else { spc::Assurance::NoTarget },
            target: self.target.as_ref().map(|target| target.value),
            gap: if measure == Inequality::Slope { self.gap_facts() } else { None },
        };
        let mut said = sentences(&self.indicator.name, &facts);
        if measure != Inequality::Slope {
            said.extend(self.inequality_now(measure));
        }
        said
    }

    /// The latest inequality by a measure and whether its size has changed; `None` when no period has groups.
    fn inequality_now(&self, measure: Inequality) -> Option<String> {
        let chart = self.inequality_chart(measure)?;
        let (group, estimate) =
            self.groups.iter().rev().find_map(|group| Some((group, measure.of(group)?)))?;
        let words = inequality_words(measure, estimate.value, estimate.interval95, self.unit());
        Some(format!("By deprivation, {words} in {}. {}", period_words(group.period), gap_words(&chart)))
    }

    /// The town's latest level beside its country's.
    fn level(&self) -> Option<LevelFacts> {
        let latest = self.points.iter().rev().find(|point| point.figure.value().is_some())?;
        let place = |role| self.places.iter().find(|place| place.role == role);
        let interval = place(PlaceRole::Town).and_then(|town| town.estimate?.interval95);
        let benchmark = place(PlaceRole::Country).and_then(|country| {
            let value = country.figure.value()?;
            let compared = compared(against(interval, Some(value), self.indicator.polarity));
            Some(Benchmark { name: country.name.clone(), value, compared })
        });
        Some(LevelFacts { period: latest.period, figure: latest.figure, interval, benchmark })
    }

    /// The gap in the latest period that has one, and the one that it is held against: that of five years before, or the
    /// earliest that lies at least a year back. `None` where no period has a gap with an interval.
    pub fn gap_facts(&self) -> Option<GapFacts> {
        let (now, then) = self.gaps_compared()?;
        Some(GapFacts {
            between: "the most and the least deprived ends of the population".to_owned(),
            polarity: self.indicator.polarity,
            now: gap(now)?,
            then: then.and_then(gap),
        })
    }

    /// The latest gap, and the one that it is held against.
    pub(crate) fn gaps_compared(&self) -> Option<(&GapPoint, Option<&GapPoint>)> {
        let latest = self.gaps.last()?;
        let years_before = |years: i32| latest.period.end().checked_sub(years.years()).ok();
        let long_ago =
            |years: i32, gap: &GapPoint| years_before(years).is_some_and(|day| gap.period.end() <= day);
        let then = self.gaps.iter().rev().find(|gap| long_ago(YEARS, gap));
        Some((latest, then.or_else(|| self.gaps.iter().find(|gap| long_ago(1, gap)))))
    }

    /// What may be said of the gap.
    pub fn gap_verdict(&self) -> GapVerdict {
        self.gap_facts().map_or(GapVerdict::NotCompared, |facts| facts.verdict())
    }
}

fn gap(point: &GapPoint) -> Option<Gap> {
    let (lower, upper) = point.slope.interval95?;
    Gap::new(point.period, point.slope.sii, lower, upper)
}

fn compared(judgement: measures::Judgement) -> Compared {
    match judgement {
        measures::Judgement::Better => Compared::Better,
        measures::Judgement::Similar => Compared::Similar,
        measures::Judgement::Worse => Compared::Worse,
        measures::Judgement::Higher => Compared::Higher,
        measures::Judgement::Lower => Compared::Lower,
        measures::Judgement::NotCompared => Compared::NotCompared,
    }
}

/// An inequality in words: how far the most deprived stand from the least deprived, and no claim where the interval holds
/// none.
pub(crate) fn inequality_words(
    measure: Inequality,
    value: f64,
    interval: Option<(f64, f64)>,
    unit: Unit,
) -> String {
    let (most, least) = match measure {
        Inequality::Slope | Inequality::Relative => ("the most deprived end", "the least deprived end"),
        Inequality::Gap | Inequality::RelativeGap => ("the most deprived group", "the least deprived group"),
    };
    let (unit, none) = if measure.is_ratio() { (Unit::Plain, 1.0) } else { (difference_unit(unit), 0.0) };
    let write = |value: f64, interval: Option<(f64, f64)>| match interval {
        Some((lower, upper)) => unit.with_interval(value, lower, upper),
        None => unit.write(value),
    };
    if interval.is_some_and(|(lower, upper)| lower <= none && none <= upper) {
        let what = if measure.is_ratio() { "the ratio" } else { "the difference" };
        return format!(
            "there was no clear gap: {what} was {}, which chance alone could give",
            write(value, interval)
        );
    }
    if measure.is_ratio() {
        return format!("{least} was {} times {most}", write(value, interval));
    }
    let (way, size, interval) = match value < 0.0 {
        true => ("higher", -value, interval.map(|(lower, upper)| (-upper, -lower))),
        false => ("lower", value, interval),
    };
    format!("{most} was {} {way} than {least}", write(size, interval))
}

/// What the control chart of the inequality's size shows, in words.
fn gap_words(chart: &spc::Chart) -> &'static str {
    use spc::Judgement;
    match chart.variation().judgement() {
        None => "There are too few periods to tell whether the gap is closing.",
        Some(Judgement::CommonCause) => {
            "The size of the gap shows no change that the rules can tell from chance."
        }
        Some(Judgement::Improvement) => "The gap is narrowing: the change is more than chance explains.",
        Some(Judgement::Concern) => "The gap is widening: the change is more than chance explains.",
        Some(Judgement::Neither) => "The size of the gap has changed by more than chance explains.",
    }
}
