//! Which series the child is held to (chapter 8).

mod score;

use crate::definition::SeriesKind;
use crate::outcome::{EvaluationStatus, SeriesStatus};
use crate::patient::Patient;
use crate::trace::{Event, Rule, Trace};
use crate::work::{PatientSeries, Work};

/// Chooses the best series of the antigen whose patient series begin at `first`: one prioritised series for
/// each series group, and of those the ones that are needed (figure 8-1).
pub(crate) fn best_series<T: Trace>(patient: &Patient<'_>, first: usize, work: &mut Work, trace: &mut T) {
    if first == work.series.len() {
        return;
    }
    let mut prioritised = [NONE; 32];
    let groups =
        work.series[first..].iter().fold(0_u32, |bits, series| bits | 1 << series.table(patient).group);
    for group in bits(groups) {
        if let Some(at) = prioritise(patient, first, group as u8, work, trace) {
            prioritised[group] = at as u32;
            note(work, at, Rule::Prioritised, true, trace);
        }
    }
    for group in bits(groups) {
        let at = prioritised[group];
        if at == NONE {
            continue;
        }
        let best = is_best(patient, at as usize, &prioritised, work);
        note(work, at as usize, Rule::Best, best, trace);
        work.prioritised.push(at);
        if best {
            work.best.push(at);
        }
    }
}

const NONE: u32 = u32::MAX;

/// The positions of the bits that are set.
fn bits(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = set.trailing_zeros();
        (set != 0).then(|| {
            set &= set - 1;
            at as usize
        })
    })
}

fn note<T: Trace>(work: &Work, at: usize, rule: Rule, met: bool, trace: &mut T) {
    trace.note(Event { series: work.series[at].series, target: 0, given: None, rule, met, day: None });
}

/// Whether the prioritised series of a group is a best series (table 8-14).
fn is_best(patient: &Patient<'_>, at: usize, prioritised: &[u32; 32], work: &Work) -> bool {
    let series = &work.series[at];
    if series.forecast.status == SeriesStatus::Complete {
        return true;
    }
    let table_of = series.table(patient);
    let equivalent = || {
        let others = bits(table_of.equivalent_groups).map(|group| prioritised[group]);
        others.filter(|at| *at != NONE).map(|at| &work.series[at as usize])
    };
    if equivalent().any(|other| other.forecast.status == SeriesStatus::Complete) {
        return false;
    }
    match table_of.kind {
        SeriesKind::EvaluationOnly => false,
        SeriesKind::Risk => true,
        SeriesKind::Standard => !equivalent().any(|other| other.table(patient).kind == SeriesKind::Risk),
    }
}

/// The prioritised series of a series group (sections 8.1 to 8.7).
fn prioritise<T: Trace>(
    patient: &Patient<'_>,
    first: usize,
    group: u8,
    work: &mut Work,
    trace: &mut T,
) -> Option<usize> {
    let mut scorable = std::mem::take(&mut work.scores);
    scorable.clear();
    let range = first..work.series.len();
    let in_group = |at: &usize| work.series[*at].table(patient).group == group;
    let pool = Pool::of(patient, work, range.clone().filter(in_group));
    for at in range.filter(in_group) {
        let is_scorable = pool.is_scorable(patient, work, at);
        note(work, at, Rule::Scorable, is_scorable, trace);
        if is_scorable {
            scorable.push((at as u32, 0));
        }
    }
    let chosen =
        identify(&pool, work, &scorable).unwrap_or_else(|| score::highest(patient, work, &mut scorable));
    work.scores = scorable;
    chosen
}

/// What the rules ask about a whole series group.
struct Pool {
    all_contraindicated: bool,
    best_risk_priority: u8,
    none_valid: bool,
    default: Option<usize>,
    defaults: usize,
}

impl Pool {
    fn of(patient: &Patient<'_>, work: &Work, members: impl Iterator<Item = usize>) -> Pool {
        let mut pool = Pool {
            all_contraindicated: true,
            best_risk_priority: u8::MAX,
            none_valid: true,
            default: None,
            defaults: 0,
        };
        for at in members {
            let series = &work.series[at];
            let table = series.table(patient);
            pool.all_contraindicated &= series.forecast.status == SeriesStatus::Contraindicated;
            pool.best_risk_priority = pool.best_risk_priority.min(table.priority);
            pool.none_valid &= series.satisfied == 0;
            if table.default {
                pool.default = pool.default.or(Some(at));
                pool.defaults += 1;
            }
        }
        pool
    }

    /// SELECTB-24 and SELECTSCORE-2.
    fn is_scorable(&self, patient: &Patient<'_>, work: &Work, at: usize) -> bool {
        let series = &work.series[at];
        let table = series.table(patient);
        let candidate = series.forecast.status != SeriesStatus::Contraindicated || self.all_contraindicated;
        match table.kind {
            SeriesKind::Risk => candidate && table.priority <= self.best_risk_priority,
            SeriesKind::EvaluationOnly => series.forecast.status == SeriesStatus::Complete,
            SeriesKind::Standard if self.none_valid => candidate && self.default.is_none(),
            SeriesKind::Standard => {
                let records = patient.records(table.antigen).iter().zip(work.judged(series));
                let first_valid = records
                    .filter(|(_, judged)| judged.status == EvaluationStatus::Valid)
                    .map(|(record, _)| patient.given(*record).on.day)
                    .next();
                candidate && first_valid.is_some_and(|day| day < patient.at_age(table.maximum_start))
            }
        }
    }
}

/// Table 8-3: whether one series stands out. The outer `None` means that scores decide.
fn identify(pool: &Pool, work: &Work, scorable: &[(u32, i32)]) -> Option<Option<usize>> {
    match scorable {
        [] => return Some(pool.default),
        [(only, _)] => return Some(Some(*only as usize)),
        _ => {}
    }
    let with = |wanted: fn(&PatientSeries) -> bool| {
        let mut found = scorable.iter().map(|(at, _)| *at as usize).filter(|at| wanted(&work.series[*at]));
        (found.next(), found.next().is_some())
    };
    match (with(PatientSeries::is_complete), with(PatientSeries::is_in_process)) {
        ((Some(complete), false), _) => Some(Some(complete)),
        ((None, _), (Some(in_process), false)) => Some(Some(in_process)),
        ((None, _), (None, _)) if pool.defaults == 1 => Some(pool.default),
        _ => None,
    }
}
