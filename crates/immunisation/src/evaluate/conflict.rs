//! Was the dose too close to another (live) vaccine (section 6.7)?

use crate::calendar::Day;
use crate::outcome::{EvaluationStatus, Reason, Reasons};
use crate::schedule::Conflict;
use crate::trace::{Event, Rule, Trace};
use crate::work::Held;

/// Whether the dose at hand is impacted by one given before it (CALCDTCONFLICT-1 and 2, CONFLICT-3).
pub(super) fn check<T: Trace>(held: &Held<'_>, target: u8, reasons: &mut Reasons, trace: &mut T) -> bool {
    let patient = held.patient;
    if !patient.history.any_conflicting {
        return false;
    }
    let record = held.current();
    let current = patient.given(record);
    let conflicts = &patient.schedule.vaccines[current.vaccine.index()].conflicts;
    if conflicts.is_empty() {
        return false;
    }
    let mut impacted = false;
    for (at, previous) in patient.history.doses.iter().enumerate() {
        if previous.on.day > current.on.day {
            break;
        }
        if at == record as usize {
            continue;
        }
        for conflict in conflicts.iter().filter(|conflict| conflict.previous == previous.vaccine) {
            let begin = previous.on.plus(conflict.begin);
            let end = previous.on.plus(end(held, at as u16, conflict));
            let hit = (begin..end).contains(&current.on.day);
            let rule = Rule::Conflict(previous.vaccine);
            trace.note(Event::of_dose(held.id, target, record, rule, !hit, Some::<Day>(end)));
            impacted |= hit;
        }
    }
    if impacted {
        reasons.add(Reason::Conflict);
    }
    impacted
}

/// The shorter end where the earlier dose was valid in this series or was not judged in it (CALCDTCONFLICT-2).
fn end(held: &Held<'_>, previous: u16, conflict: &Conflict) -> crate::calendar::Span {
    let position = held.records.iter().position(|record| *record == previous);
    match position.and_then(|position| held.judged.get(position)) {
        Some(judged) if judged.status != EvaluationStatus::Valid => conflict.end,
        _ => conflict.minimum_end,
    }
}
