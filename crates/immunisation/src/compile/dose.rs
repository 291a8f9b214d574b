//! Compiles a series and its doses.

use super::Compiler;
use crate::calendar::{EARLIEST, LATEST, Span, to_day};
use crate::definition::{
    ConditionDefinition, ConditionKind, DoseCountKind, DoseDefinition, IntervalFrom, SeriesDefinition,
    SkipContext, SkipDefinition, VaccineUse,
};
use crate::error::ScheduleError;
use crate::schedule::{
    AgeRule, AntigenId, Condition, Count, Indicated, IntervalRule, Reference, Series, SeriesDose, Skip,
    SkipSet, Use, VaccineId, VaccineSet,
};

/// Whether a series asks about the completion of others, so that it is weighed after them.
pub(super) fn needs_others(series: &SeriesDefinition) -> bool {
    let skips = series.doses.iter().flat_map(|dose| &dose.skips).flat_map(|skip| &skip.sets);
    skips.flat_map(|set| &set.conditions).any(|condition| condition.kind == ConditionKind::CompletedSeries)
}

impl Compiler<'_> {
    pub(super) fn series(
        &mut self,
        series: &SeriesDefinition,
        place: &str,
        antigen: AntigenId,
    ) -> Result<Series, ScheduleError> {
        self.source(series.source.as_deref(), place)?;
        if series.doses.is_empty() {
            return Err(self.error(place, "has no doses"));
        }
        if !(1..=31).contains(&series.group) || series.equivalent_groups.iter().any(|g| !(1..=31).contains(g))
        {
            return Err(self.error(place, "series groups are numbered from 1 to 31"));
        }
        let (born_from, born_until) = self.dates(series.born_from, series.born_until, place)?;
        let (from, until) = self.dates(series.from, series.until, place)?;
        let id = self.next_series();
        for indication in &series.indications {
            let observation = self.observation_id(&indication.observation, place)?;
            let (begin, end) = (self.earliest(indication.begin_age), self.latest(indication.end_age));
            self.indicated.push((observation, Indicated { series: id, begin, end }));
        }
        let mut doses = Vec::with_capacity(series.doses.len());
        for (at, dose) in series.doses.iter().enumerate() {
            let place = format!("{place}, dose {}", at + 1);
            doses.push(self.dose(series, dose, at, &place, antigen)?);
        }
        Ok(Series {
            name: series.name.clone(),
            antigen,
            kind: series.kind,
            source: series.source.clone().unwrap_or_default(),
            sexes: self.sexes(&series.sexes, place)?,
            born_from,
            born_until,
            from,
            until,
            group: series.group,
            equivalent_groups: groups(&series.equivalent_groups),
            default: series.default,
            product: series.product,
            priority: (series.priority.to_ascii_uppercase() as u8).saturating_sub(b'A'),
            preference: series.preference.unwrap_or(u8::MAX),
            maximum_start: self.latest(series.maximum_age_to_start),
            guidance: series.guidance.clone(),
            doses: doses.into_boxed_slice(),
        })
    }

    fn sexes(&self, sexes: &[String], place: &str) -> Result<u8, ScheduleError> {
        let mut bits = if sexes.is_empty() { 0b111 } else { 0 };
        for sex in sexes {
            bits |= match sex.to_ascii_lowercase().as_str() {
                "unknown" => 0b001,
                "female" => 0b010,
                "male" => 0b100,
                _ => return Err(self.error(place, format!("'{sex}' is not one of female, male, unknown"))),
            };
        }
        Ok(bits)
    }

    fn dose(
        &mut self,
        series: &SeriesDefinition,
        dose: &DoseDefinition,
        at: usize,
        place: &str,
        antigen: AntigenId,
    ) -> Result<SeriesDose, ScheduleError> {
        let preferable = if dose.preferable.is_empty() { &series.preferable } else { &dose.preferable };
        let allowable = if dose.allowable.is_empty() { &series.allowable } else { &dose.allowable };
        let intervals = self.intervals(dose, at, place)?;
        let priority = !dose.intervals.is_empty() && dose.intervals.iter().all(|interval| interval.priority);
        let season = dose.season.clone().unwrap_or_default();
        let preferable = self.uses(preferable, place)?;
        let waits = self.waits(&preferable);
        let inadvertent = dose.inadvertent.iter().map(|code| self.vaccine_id(code, place));
        let inadvertent = VaccineSet::new(&inadvertent.collect::<Result<Vec<_>, _>>()?);
        Ok(SeriesDose {
            ages: self.age_rules(dose, place)?,
            intervals,
            allowable_intervals: self.allowable_intervals(dose, at, place)?,
            preferable,
            allowable: self.uses(allowable, place)?,
            inadvertent,
            evaluation_skips: self.skips(dose, SkipContext::Evaluation, place, antigen)?,
            forecast_skips: self.skips(dose, SkipContext::Forecast, place, antigen)?,
            waits,
            recurring: dose.recurring,
            seasonal: season.start.is_some(),
            season_start: season.start.map_or(EARLIEST, to_day),
            season_end: season.end.map_or(LATEST, to_day),
            priority,
        })
    }

    fn age_rules(&mut self, dose: &DoseDefinition, place: &str) -> Result<Box<[AgeRule]>, ScheduleError> {
        let mut rules = Vec::with_capacity(dose.ages.len());
        for age in &dose.ages {
            if !self.holds(age.when.as_ref(), place)? {
                continue;
            }
            if age.source.is_some() {
                self.source(age.source.as_deref(), place)?;
            }
            for (lower, upper) in [(age.absolute_minimum, age.minimum), (age.minimum, age.maximum)] {
                if let (Some(lower), Some(upper)) = (lower, upper)
                    && lower.rough_days() > upper.rough_days()
                {
                    return Err(self.error(place, format!("the age {lower} is after {upper}")));
                }
            }
            let (from, until) = self.dates(age.from, age.until, place)?;
            rules.push(AgeRule {
                absolute_minimum: self.earliest(age.absolute_minimum.or(age.minimum)),
                minimum: self.earliest(age.minimum),
                recommended: self.earliest(age.recommended),
                overdue: self.latest(age.overdue),
                maximum: self.latest(age.maximum),
                from,
                until,
            });
        }
        Ok(rules.into_boxed_slice())
    }

    fn reference(&self, from: &IntervalFrom, at: usize, place: &str) -> Result<Reference, ScheduleError> {
        Ok(match from {
            IntervalFrom::Previous => Reference::Previous,
            IntervalFrom::Dose(number) if (1..=at).contains(&usize::from(*number)) => {
                Reference::Dose(number - 1)
            }
            IntervalFrom::Dose(number) => {
                return Err(self.error(
                    place,
                    format!("an interval is counted from dose {number}, which does not come before"),
                ));
            }
            IntervalFrom::MostRecent(codes) => {
                let vaccines = codes.iter().map(|code| self.vaccine_id(code, place));
                Reference::MostRecent(VaccineSet::new(&vaccines.collect::<Result<Vec<_>, _>>()?))
            }
            IntervalFrom::Observation(code) => Reference::Observation(self.observation_id(code, place)?),
        })
    }

    fn intervals(
        &self,
        dose: &DoseDefinition,
        at: usize,
        place: &str,
    ) -> Result<Box<[IntervalRule]>, ScheduleError> {
        let mut rules = Vec::with_capacity(dose.intervals.len());
        for interval in &dose.intervals {
            if !self.holds(interval.when.as_ref(), place)? {
                continue;
            }
            if interval.source.is_some() {
                self.source(interval.source.as_deref(), place)?;
            }
            if let (Some(lower), Some(upper)) = (interval.absolute_minimum, interval.minimum)
                && lower.rough_days() > upper.rough_days()
            {
                return Err(self.error(place, format!("the interval {lower} is longer than {upper}")));
            }
            let (from, until) = self.dates(interval.from, interval.until, place)?;
            rules.push(IntervalRule {
                reference: self.reference(&interval.reference, at, place)?,
                absolute_minimum: interval.absolute_minimum.or(interval.minimum),
                minimum: interval.minimum,
                recommended: interval.recommended,
                overdue: interval.overdue,
                from,
                until,
            });
        }
        Ok(rules.into_boxed_slice())
    }

    fn allowable_intervals(
        &self,
        dose: &DoseDefinition,
        at: usize,
        place: &str,
    ) -> Result<Box<[IntervalRule]>, ScheduleError> {
        let mut rules = Vec::with_capacity(dose.allowable_intervals.len());
        for interval in &dose.allowable_intervals {
            if !self.holds(interval.when.as_ref(), place)? {
                continue;
            }
            let (from, until) = self.dates(interval.from, interval.until, place)?;
            rules.push(IntervalRule {
                reference: self.reference(&interval.reference, at, place)?,
                absolute_minimum: interval.absolute_minimum,
                minimum: None,
                recommended: None,
                overdue: None,
                from,
                until,
            });
        }
        Ok(rules.into_boxed_slice())
    }

    fn uses(&mut self, uses: &[VaccineUse], place: &str) -> Result<Box<[Use]>, ScheduleError> {
        let mut compiled = Vec::with_capacity(uses.len());
        for used in uses {
            let vaccine = self.vaccine_id(&used.code, place)?;
            let (from, until) = self.dates(used.from, used.until, place)?;
            compiled.push(Use {
                vaccine,
                manufacturer: used.manufacturer.as_deref().and_then(|code| self.names.manufacturer(code)),
                recommended: used.recommended,
                begin: self.earliest(used.begin_age),
                end: self.latest(used.end_age),
                from,
                until,
                volume: used.volume.unwrap_or(0.0),
            });
        }
        Ok(compiled.into_boxed_slice())
    }

    /// The vaccines after which any preferable vaccine of the dose must wait (CALCDTCONFLICT-3).
    fn waits(&self, preferable: &[Use]) -> Box<[(VaccineId, Span)]> {
        let mut waits: Vec<(VaccineId, Span)> = Vec::new();
        for conflict in &self.definition.conflicts {
            let (Some(previous), Some(current)) =
                (self.names.vaccine(&conflict.previous), self.names.vaccine(&conflict.current))
            else {
                continue;
            };
            if !preferable.iter().any(|used| used.vaccine == current) {
                continue;
            }
            match waits.iter_mut().find(|(vaccine, _)| *vaccine == previous) {
                Some((_, end)) if end.rough_days() < conflict.end.rough_days() => *end = conflict.end,
                Some(_) => {}
                None => waits.push((previous, conflict.end)),
            }
        }
        waits.into_boxed_slice()
    }

    fn skips(
        &mut self,
        dose: &DoseDefinition,
        context: SkipContext,
        place: &str,
        antigen: AntigenId,
    ) -> Result<Box<[Skip]>, ScheduleError> {
        let mut skips = Vec::new();
        for skip in &dose.skips {
            let considered = skip.context == context || skip.context == SkipContext::Both;
            if considered && self.holds(skip.when.as_ref(), place)? {
                skips.push(self.skip(skip, place, antigen)?);
            }
        }
        Ok(skips.into_boxed_slice())
    }

    fn skip(
        &mut self,
        skip: &SkipDefinition,
        place: &str,
        antigen: AntigenId,
    ) -> Result<Skip, ScheduleError> {
        let mut sets = Vec::with_capacity(skip.sets.len());
        for set in &skip.sets {
            if set.conditions.is_empty() {
                return Err(self.error(place, "a set of a skip has no conditions"));
            }
            let (from, until) = self.dates(set.from, set.until, place)?;
            let mut conditions = Vec::with_capacity(set.conditions.len());
            for condition in &set.conditions {
                conditions.push(self.condition(condition, place, antigen)?);
            }
            let conditions = conditions.into_boxed_slice();
            sets.push(SkipSet { any: set.any, from, until, conditions, text: set.text.clone() });
        }
        Ok(Skip { all_sets: skip.all_sets, sets: sets.into_boxed_slice() })
    }

    fn condition(
        &mut self,
        condition: &ConditionDefinition,
        place: &str,
        antigen: AntigenId,
    ) -> Result<Condition, ScheduleError> {
        let (begin, end) = (self.earliest(condition.begin_age), self.latest(condition.end_age));
        Ok(match condition.kind {
            ConditionKind::Age => Condition::Age { begin, end },
            ConditionKind::CompletedSeries => {
                Condition::Completed { groups: groups(&condition.series_groups) }
            }
            ConditionKind::Interval => Condition::Interval {
                span: condition
                    .interval
                    .ok_or_else(|| self.error(place, "a skip by interval has no interval"))?,
            },
            ConditionKind::DoseCount => {
                let vaccines = condition.vaccines.iter().map(|code| self.vaccine_id(code, place));
                let vaccines = vaccines.collect::<Result<Vec<_>, _>>()?;
                let outside = vaccines.iter().any(|vaccine| !self.holds_antigen(*vaccine, antigen));
                Condition::Count(Count {
                    begin,
                    end,
                    start: condition.start_date.map_or(EARLIEST, to_day),
                    stop: condition.end_date.map_or(LATEST, to_day),
                    valid_only: condition.counted == DoseCountKind::Valid,
                    test: condition.test,
                    count: condition.count,
                    vaccines: (!vaccines.is_empty()).then(|| VaccineSet::new(&vaccines)),
                    outside,
                })
            }
        })
    }

    fn holds_antigen(&self, vaccine: VaccineId, antigen: AntigenId) -> bool {
        let antigens = &self.definition.vaccines[vaccine.index()].antigens;
        antigens.iter().any(|association| self.names.antigen(&association.antigen) == Some(antigen))
    }
}

fn groups(numbers: &[u8]) -> u32 {
    numbers.iter().fold(0, |bits, number| bits | 1_u32.checked_shl(u32::from(*number)).unwrap_or(0))
}
