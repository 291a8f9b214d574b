//! Is a dose of the series not needed (section 6.2, used again in 7.1 and 7.6)?

use crate::calendar::Day;
use crate::definition::DoseCountTest;
use crate::outcome::{EvaluationStatus, SeriesStatus};
use crate::schedule::{Condition, Count, Skip, SkipSet};
use crate::trace::{Event, Rule, Trace};
use crate::work::{Held, PatientSeries};

/// When a skip is asked about, with the reference date (CONDSKIP-2).
#[derive(Debug, Clone, Copy)]
pub(crate) enum SkipAsked {
    /// While a dose given on this day is judged.
    Evaluation(Day),
    /// While forecasting as at this day.
    Forecast(Day),
}

impl SkipAsked {
    fn day(self) -> Day {
        match self {
            SkipAsked::Evaluation(day) | SkipAsked::Forecast(day) => day,
        }
    }
}

/// Whether the target dose can be skipped (table 6-11): any of the skips of the context is enough.
pub(crate) fn is_skipped<T: Trace>(held: &Held<'_>, next: usize, asked: SkipAsked, trace: &mut T) -> bool {
    let dose = &held.patient.schedule.series[held.id.index()].doses[next];
    let skips = match asked {
        SkipAsked::Evaluation(_) => &dose.evaluation_skips,
        SkipAsked::Forecast(_) => &dose.forecast_skips,
    };
    for (at, skip) in skips.iter().enumerate() {
        if let Some(set) = met(held, skip, asked) {
            let (rule, given) = match asked {
                SkipAsked::Evaluation(_) => (Rule::Skip(at as u8, set), held.records.last().copied()),
                SkipAsked::Forecast(_) => (Rule::ForecastSkip(at as u8, set), None),
            };
            trace.note(Event { series: held.id, target: next as u8, given, rule, met: true, day: None });
            return true;
        }
    }
    false
}

/// The position of a set that was met, where enough of them were.
fn met(held: &Held<'_>, skip: &Skip, asked: SkipAsked) -> Option<u8> {
    let day = asked.day();
    let mut sets = skip.sets.iter().enumerate().filter(|(_, set)| set.from <= day && day <= set.until);
    if !skip.all_sets {
        return sets.find(|(_, set)| is_set_met(held, set, asked)).map(|(at, _)| at as u8);
    }
    let mut last = None;
    for (at, set) in sets {
        if !is_set_met(held, set, asked) {
            return None;
        }
        last = Some(at as u8);
    }
    last
}

/// Table 6-10.
fn is_set_met(held: &Held<'_>, set: &SkipSet, asked: SkipAsked) -> bool {
    let mut conditions = set.conditions.iter();
    match set.any {
        true => conditions.any(|condition| is_condition_met(held, condition, asked)),
        false => conditions.all(|condition| is_condition_met(held, condition, asked)),
    }
}

/// Tables 6-6 to 6-9.
fn is_condition_met(held: &Held<'_>, condition: &Condition, asked: SkipAsked) -> bool {
    let patient = held.patient;
    match condition {
        Condition::Age { begin, end } => {
            (patient.at_age(*begin)..patient.at_age(*end)).contains(&asked.day())
        }
        Condition::Completed { groups } => held.others.iter().any(|other| {
            let group = patient.schedule.series[other.series.index()].group;
            groups >> group & 1 == 1
                && other.forecast.status == SeriesStatus::Complete
                && was_complete(other, asked)
        }),
        Condition::Interval { span } => {
            let earlier = earlier(held, asked);
            let previous = earlier.last().map(|record| patient.given(*record).on);
            previous.is_some_and(|on| asked.day() >= on.plus(*span))
        }
        Condition::Count(count) => {
            let counted = counted(held, count, asked);
            match count.test {
                DoseCountTest::GreaterThan => counted > usize::from(count.count),
                DoseCountTest::EqualTo => counted == usize::from(count.count),
                DoseCountTest::LessThan => counted < usize::from(count.count),
            }
        }
    }
}

/// A dose is judged by what was complete before it was given: a series completed later does not change what it
/// was given for.
fn was_complete(other: &PatientSeries, asked: SkipAsked) -> bool {
    match asked {
        SkipAsked::Evaluation(day) => other.last_satisfied < day,
        SkipAsked::Forecast(_) => true,
    }
}

/// The doses with the antigen before the one at hand, or all of them when forecasting.
fn earlier<'a>(held: &Held<'a>, asked: SkipAsked) -> &'a [u16] {
    match asked {
        SkipAsked::Evaluation(_) => &held.records[..held.records.len() - 1],
        SkipAsked::Forecast(_) => held.records,
    }
}

/// The number of conditional doses administered (CONDSKIP-1).
fn counted(held: &Held<'_>, count: &Count, asked: SkipAsked) -> usize {
    let patient = held.patient;
    let from = patient.at_age(count.begin).max(count.start);
    let until = patient.at_age(count.end).min(count.stop);
    let fits = |record: u16| {
        let given = patient.given(record);
        count.vaccines.as_ref().is_none_or(|vaccines| vaccines.contains(given.vaccine))
            && (from..until).contains(&given.on.day)
    };
    let earlier = earlier(held, asked);
    if count.valid_only {
        let judged = earlier.iter().zip(held.judged);
        return judged.filter(|(record, j)| j.status == EvaluationStatus::Valid && fits(**record)).count();
    }
    let own = earlier.iter().filter(|record| fits(**record)).count();
    if !count.outside {
        return own;
    }
    // The list also names vaccines without the antigen, which are not among its records.
    let others = (0..patient.history.doses.len() as u16).filter(|record| {
        let before = match asked {
            SkipAsked::Evaluation(day) => patient.given(*record).on.day < day,
            SkipAsked::Forecast(_) => true,
        };
        before && !held.records.contains(record) && fits(*record)
    });
    own + others.count()
}
