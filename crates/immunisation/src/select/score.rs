//! Scoring the series of a group when none stands out (sections 8.3 to 8.7).

use crate::calendar::{Day, LATEST};
use crate::outcome::EvaluationStatus;
use crate::patient::Patient;
use crate::work::{PatientSeries, Work};

/// The series with the highest score; the best preference breaks a tie (SELECTBEST-2), then the schedule's
/// order. Only the series of the class that table 8-5 picks are scored.
pub(super) fn highest(patient: &Patient<'_>, work: &Work, scorable: &mut Vec<(u32, i32)>) -> Option<usize> {
    let series = |at: u32| &work.series[at as usize];
    let count =
        |wanted: fn(&PatientSeries) -> bool| scorable.iter().filter(|(at, _)| wanted(series(*at))).count();
    let class = if count(PatientSeries::is_complete) >= 2 {
        scorable.retain(|(at, _)| series(*at).is_complete());
        Class::Complete
    } else if count(PatientSeries::is_in_process) >= 2 {
        scorable.retain(|(at, _)| series(*at).is_in_process());
        Class::InProcess
    } else {
        Class::NoValidDoses
    };
    let facts = Facts::of(patient, work, scorable);
    for (at, score) in scorable.iter_mut() {
        *score = points(patient, work, series(*at), class, &facts);
    }
    let rank = |at: u32| series(at).table(patient).preference;
    scorable.iter().min_by_key(|(at, score)| (-score, rank(*at), *at)).map(|(at, _)| *at as usize)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Complete,
    InProcess,
    NoValidDoses,
}

/// The best value among the scored series of everything that is compared, and how many have it.
struct Facts {
    most_valid: (i32, usize),
    fewest_left: (i32, usize),
    first_start: (i32, usize),
    first_finish: (i32, usize),
}

impl Facts {
    fn of(patient: &Patient<'_>, work: &Work, scored: &[(u32, i32)]) -> Facts {
        let all = || scored.iter().map(|(at, _)| &work.series[*at as usize]);
        Facts {
            most_valid: least(all().map(|series| -i32::from(series.satisfied))),
            fewest_left: least(all().map(|series| left(patient, series))),
            first_start: least(all().filter_map(start)),
            first_finish: least(all().filter_map(|series| finish(patient, series))),
        }
    }
}

/// The least of some values, and how many times it occurs.
fn least(values: impl Iterator<Item = i32>) -> (i32, usize) {
    values.fold((i32::MAX, 0), |(least, times), value| match value.cmp(&least) {
        std::cmp::Ordering::Less => (value, 1),
        std::cmp::Ordering::Equal => (least, times + 1),
        std::cmp::Ordering::Greater => (least, times),
    })
}

/// Tables 8-7, 8-9 and 8-11.
fn points(patient: &Patient<'_>, work: &Work, series: &PatientSeries, class: Class, facts: &Facts) -> i32 {
    let product = series.table(patient).product;
    let finish = finish(patient, series);
    let yes_no = |yes: bool, points: i32| if yes { points } else { -points };
    // True for one: the points; true for several: none; not true: as many off.
    let alone = |value: i32, (best, times): (i32, usize), points: i32| match (value == best, times) {
        (true, 1) => points,
        (true, _) => 0,
        (false, _) => -points,
    };
    let valid = -i32::from(series.satisfied);
    match class {
        Class::Complete => alone(valid, facts.most_valid, 1),
        Class::InProcess => {
            let all_valid = work.judged(series).iter().all(|judged| judged.status == EvaluationStatus::Valid);
            yes_no(product && all_valid, 2)
                + yes_no(finish.is_some(), 3)
                + alone(valid, facts.most_valid, 2)
                + alone(left(patient, series), facts.fewest_left, 2)
                + alone(finish.unwrap_or(LATEST), facts.first_finish, 1)
        }
        Class::NoValidDoses => {
            alone(start(series).unwrap_or(LATEST), facts.first_start, 1) + yes_no(finish.is_some(), 1)
                - yes_no(product, 1)
        }
    }
}

/// The start date (SELECTB-14): blank where nothing says when the series can start.
fn start(series: &PatientSeries) -> Option<Day> {
    (series.forecast.earliest != LATEST && series.forecast.has_start).then_some(series.forecast.earliest)
}

/// The number of target doses that are not satisfied (SELECTB-5).
fn left(patient: &Patient<'_>, series: &PatientSeries) -> i32 {
    (series.table(patient).doses.len() as i32 - i32::from(series.next)).max(0)
}

/// The forecast finish date, where the series can be completed (SELECTB-3 and 12): before the maximum age of
/// its last dose.
fn finish(patient: &Patient<'_>, series: &PatientSeries) -> Option<Day> {
    let earliest = start(series)?;
    let doses = &series.table(patient).doses;
    let remaining = doses.iter().skip(series.next as usize + 1);
    let intervals = remaining.flat_map(|dose| dose.intervals.iter());
    let in_force =
        intervals.filter(|rule| rule.from <= patient.assessment && patient.assessment <= rule.until);
    let longest =
        in_force.filter_map(|rule| rule.minimum).max_by_key(|span| span.rough_days()).unwrap_or_default();
    let finish = crate::calendar::Civil::from(crate::calendar::to_date(earliest)).plus(longest);
    let in_force = |rule: &&crate::schedule::AgeRule| {
        rule.from <= patient.assessment && patient.assessment <= rule.until
    };
    let last = doses.last().and_then(|dose| dose.ages.iter().find(in_force));
    let maximum = last.map_or(LATEST, |rule| patient.at_age(rule.maximum));
    (finish < maximum).then_some(finish)
}
