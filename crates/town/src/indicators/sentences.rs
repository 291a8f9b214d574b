//! What an analysis says in plain sentences, and what it says of the gap.

use jiff::ToSpan;
use report::sentences::{Benchmark, Compared, Facts, Gap, GapFacts, GapVerdict, LevelFacts, sentences};

use super::analysis::{Analysis, GapPoint, PlaceRole};
use super::statistics::against;

/// Over how many years the gap is compared, where figures go back so far.
const YEARS: i32 = 5;

impl Analysis {
    /// What the figures say, in plain sentences that claim no change that the rules do not show.
    pub fn sentences(&self) -> Vec<String> {
        let no_chart = (spc::Variation::NotEnoughPoints, spc::Assurance::NotKnown);
        let (variation, assurance) =
            self.chart.as_ref().map_or(no_chart, |chart| (chart.variation(), chart.assurance()));
        let facts = Facts {
            level: self.level(),
            unit: self.unit(),
            variation,
            assurance: if self.target.is_some() { assurance } else { spc::Assurance::NoTarget },
            target: self.target.as_ref().map(|target| target.value),
            gap: self.gap_facts(),
        };
        sentences(&self.indicator.name, &facts)
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
        let latest = self.gaps.last()?;
        let years_before = |years: i32| latest.period.end().checked_sub(years.years()).ok();
        let then = self
            .gaps
            .iter()
            .rev()
            .find(|gap| years_before(YEARS).is_some_and(|day| gap.period.end() <= day))
            .or_else(|| {
                self.gaps.iter().find(|gap| years_before(1).is_some_and(|day| gap.period.end() <= day))
            });
        Some(GapFacts {
            between: "the most and the least deprived ends of the population".to_owned(),
            now: gap(latest)?,
            then: then.and_then(gap),
        })
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
