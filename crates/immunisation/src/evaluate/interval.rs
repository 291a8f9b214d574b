//! Had enough time passed (sections 6.5 and 6.6)?

use crate::calendar::Civil;
use crate::outcome::{Reason, Reasons};
use crate::schedule::{IntervalRule, Reference, SeriesDose};
use crate::trace::{Event, Rule, Trace};
use crate::work::Held;

/// Whether all preferable or all allowable intervals were met (table 6-31, second row).
pub(super) fn check<T: Trace>(
    held: &Held<'_>,
    dose: &SeriesDose,
    target: u8,
    reasons: &mut Reasons,
    trace: &mut T,
) -> bool {
    let record = held.current();
    let day = held.patient.given(record).on.day;
    let (mut met, mut grace) = (true, false);
    for (at, rule) in in_force(&dose.intervals, day) {
        let Some(reference) = before(held, rule) else { continue };
        let absolute = rule.absolute_minimum.map(|span| reference.plus(span));
        let enough = absolute.is_none_or(|absolute| day >= absolute);
        trace.note(Event::of_dose(held.id, target, record, Rule::Interval(at), enough, absolute));
        met &= enough;
        grace |= enough && rule.minimum.is_some_and(|span| day < reference.plus(span));
    }
    if met {
        if grace {
            reasons.add(Reason::GracePeriod);
        }
        return true;
    }
    let mut allowed = None;
    for (at, rule) in in_force(&dose.allowable_intervals, day) {
        let reference = before(held, rule);
        let absolute = reference.zip(rule.absolute_minimum).map(|(reference, span)| reference.plus(span));
        let enough = absolute.is_none_or(|absolute| day >= absolute);
        trace.note(Event::of_dose(held.id, target, record, Rule::AllowableInterval(at), enough, absolute));
        allowed = Some(allowed.unwrap_or(true) && enough);
    }
    if allowed == Some(true) {
        return true;
    }
    reasons.add(Reason::TooSoon);
    false
}

/// The rules in force on a day (RELEVANT-1), with their positions.
fn in_force(rules: &[IntervalRule], day: i32) -> impl Iterator<Item = (u8, &IntervalRule)> {
    let numbered = rules.iter().enumerate().map(|(at, rule)| (at as u8, rule));
    numbered.filter(move |(_, rule)| rule.from <= day && day <= rule.until)
}

/// The reference date for the dose at hand: only what came before it counts.
fn before(held: &Held<'_>, rule: &IntervalRule) -> Option<Civil> {
    let current = held.current();
    let earlier = &held.records[..held.records.len() - 1];
    reference(held, earlier, Some(current), &rule.reference)
}

/// The date that an interval is counted from when forecasting, where every dose counts.
pub(crate) fn reference_date(held: &Held<'_>, rule: &IntervalRule) -> Option<Civil> {
    reference(held, held.records, None, &rule.reference)
}

/// CALCDTINT-1, 2, 8 and 9.
fn reference(held: &Held<'_>, earlier: &[u16], current: Option<u16>, from: &Reference) -> Option<Civil> {
    let patient = held.patient;
    match from {
        Reference::Previous => {
            let judged = earlier.iter().zip(held.judged).rev();
            judged
                .into_iter()
                .find(|(_, judged)| judged.is_reference())
                .map(|(record, _)| patient.given(*record).on)
        }
        Reference::Dose(number) => {
            let mut targets = held.targets.iter();
            let satisfied = targets.find(|t| t.dose == *number && t.satisfied.is_some())?.satisfied?;
            let mut days = earlier.iter().map(|record| patient.given(*record).on);
            days.find(|on| on.day == satisfied)
        }
        Reference::MostRecent(vaccines) => {
            let before = current.map(|record| (record, patient.given(record).on.day));
            let doses = patient.history.doses.iter().enumerate().rev();
            let mut doses = doses.filter(|(at, given)| match before {
                // Of the doses of the same day only those of this antigen that were judged before it.
                Some((record, day)) => {
                    given.on.day < day
                        || (given.on.day == day && (*at as u16) < record && earlier.contains(&(*at as u16)))
                }
                None => true,
            });
            let inadvertent = |at: usize| {
                let position = earlier.iter().position(|record| *record as usize == at);
                let judged = position.and_then(|position| held.judged.get(position));
                judged.is_some_and(|judged| judged.reasons.contains(Reason::Inadvertent))
            };
            doses
                .find(|(at, given)| vaccines.contains(given.vaccine) && !inadvertent(*at))
                .map(|(_, given)| given.on)
        }
        Reference::Observation(observation) => {
            let observations = patient.child.observations.iter();
            let dates = observations.filter(|o| o.observation == *observation).filter_map(|o| o.date);
            dates.max().map(Civil::from)
        }
    }
}
