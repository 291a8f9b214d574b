//! How each dose that was given counts in a series (section 4.4 and chapter 6).

mod age;
mod conflict;
mod interval;
mod skip;
mod vaccine;

use crate::calendar::EARLIEST;
use crate::child::DoseCondition;
use crate::outcome::{EvaluationStatus, Reason, Reasons};
use crate::patient::Patient;
use crate::schedule::{SeriesDose, SeriesId};
use crate::trace::{Event, Rule, Trace};
use crate::work::{Held, Judged, PatientSeries, SeriesForecast, Target, Work};

pub(crate) use interval::reference_date;
pub(crate) use skip::{SkipAsked, is_skipped};

/// Evaluates the history against a series (figure 4-6).
pub(crate) fn evaluate<T: Trace>(
    patient: &Patient<'_>,
    id: SeriesId,
    work: &mut Work,
    trace: &mut T,
) -> PatientSeries {
    let series = &patient.schedule.series[id.index()];
    let records = patient.records(series.antigen);
    let (first_judged, first_target) = (work.judged.len(), work.targets.len());
    let (mut next, mut satisfied, mut last_satisfied) = (0_usize, 0_u8, EARLIEST);
    for at in 0..records.len() {
        let judged = loop {
            let Some(dose) = series.doses.get(next) else {
                trace.note(Event::of_dose(id, u8::MAX, records[at], Rule::Extraneous, true, None));
                break extraneous();
            };
            let held = Held {
                patient,
                id,
                records: &records[..=at],
                judged: &work.judged[first_judged..],
                targets: &work.targets[first_target..],
                others: &work.series[work.first_series..],
            };
            if let Some(judged) = unsound(&held, next, trace) {
                break judged;
            }
            let day = patient.given(records[at]).on.day;
            if is_skipped(&held, next, SkipAsked::Evaluation(day), trace) {
                work.targets.push(Target { dose: next as u8, satisfied: None });
                next += 1;
                continue;
            }
            let judged = judge(&held, dose, next, trace);
            if judged.status == EvaluationStatus::Valid {
                work.targets.push(Target { dose: next as u8, satisfied: Some(day) });
                satisfied = satisfied.saturating_add(1);
                last_satisfied = day;
                // A recurring dose is followed by one like it.
                next += usize::from(!dose.recurring);
            }
            break judged;
        };
        work.judged.push(judged);
    }
    PatientSeries {
        series: id,
        first_judged: first_judged as u32,
        records: records.len() as u16,
        first_target: first_target as u32,
        targets: (work.targets.len() - first_target) as u16,
        next: next as u8,
        satisfied,
        last_satisfied,
        forecast: SeriesForecast::default(),
    }
}

fn extraneous() -> Judged {
    let mut reasons = Reasons::default();
    reasons.add(Reason::SeriesComplete);
    Judged { status: EvaluationStatus::Extraneous, reasons, target: u8::MAX }
}

/// Something was wrong with the dose itself (table 6-3).
fn unsound<T: Trace>(held: &Held<'_>, next: usize, trace: &mut T) -> Option<Judged> {
    let record = held.current();
    let reason = match held.patient.given(record).condition {
        DoseCondition::Sound => return None,
        DoseCondition::Expired => Reason::Expired,
        DoseCondition::Compromised => Reason::Compromised,
    };
    let mut reasons = Reasons::default();
    reasons.add(reason);
    trace.note(Event::of_dose(held.id, next as u8, record, Rule::Condition, false, None));
    Some(Judged { status: EvaluationStatus::SubStandard, reasons, target: next as u8 })
}

/// Holds a dose against a target dose (sections 6.3 to 6.10).
fn judge<T: Trace>(held: &Held<'_>, dose: &SeriesDose, next: usize, trace: &mut T) -> Judged {
    let mut reasons = Reasons::default();
    let target = next as u8;
    let record = held.current();
    let given = held.patient.given(record);
    if dose.inadvertent.contains(given.vaccine) {
        reasons.add(Reason::Inadvertent);
        trace.note(Event::of_dose(held.id, target, record, Rule::Inadvertent, false, None));
        return Judged { status: EvaluationStatus::NotValid, reasons, target };
    }
    let age = age::check(held, dose, target, &mut reasons, trace);
    if age == age::AgeCheck::TooOld {
        return Judged { status: EvaluationStatus::Extraneous, reasons, target };
    }
    let interval = interval::check(held, dose, target, &mut reasons, trace);
    let conflict = conflict::check(held, target, &mut reasons, trace);
    let vaccine = vaccine::check(held, dose, target, &mut reasons, trace);
    let valid = age == age::AgeCheck::Valid && interval && !conflict && vaccine;
    trace.note(Event::of_dose(held.id, target, record, Rule::Satisfied, valid, None));
    let status = if valid { EvaluationStatus::Valid } else { EvaluationStatus::NotValid };
    Judged { status, reasons, target }
}

impl Held<'_> {
    /// The dose at hand.
    fn current(&self) -> u16 {
        self.records[self.records.len() - 1]
    }
}
