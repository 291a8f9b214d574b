//! The dates of a forecast (sections 7.4 and 7.5).

use crate::calendar::{Day, EARLIEST, LATEST};
use crate::evaluate::reference_date;
use crate::outcome::{ForecastReason, Reason, SeriesStatus};
use crate::schedule::SeriesDose;
use crate::work::{Held, SeriesForecast};

/// The dates that decide whether there is a forecast at all.
pub(super) struct Candidate {
    /// FORECASTDTCAN-1.
    pub(super) earliest: Day,
    has_start: bool,
    pub(super) maximum: Day,
    recommended_age: Day,
    overdue_age: Day,
    /// The latest of the earliest recommended interval dates; [`EARLIEST`] for none.
    recommended_interval: Day,
    /// The latest of the latest recommended interval dates; [`EARLIEST`] for none.
    overdue_interval: Day,
}

/// Works the candidate dates out, with the rules in force on the day of assessment (RELEVANT-2).
pub(super) fn candidate(held: &Held<'_>, dose: &SeriesDose) -> Candidate {
    let patient = held.patient;
    let today = patient.assessment;
    let mut candidate = Candidate {
        earliest: dose.season_start,
        has_start: false,
        maximum: LATEST,
        recommended_age: EARLIEST,
        overdue_age: LATEST,
        recommended_interval: EARLIEST,
        overdue_interval: EARLIEST,
    };
    if let Some(rule) = dose.ages.iter().find(|rule| rule.from <= today && today <= rule.until) {
        candidate.earliest = candidate.earliest.max(patient.at_age(rule.minimum));
        candidate.maximum = patient.at_age(rule.maximum);
        candidate.recommended_age = patient.at_age(rule.recommended);
        candidate.overdue_age = patient.at_age(rule.overdue);
    }
    for rule in dose.intervals.iter().filter(|rule| rule.from <= today && today <= rule.until) {
        let Some(reference) = reference_date(held, rule) else { continue };
        let plus = |span: Option<_>| span.map_or(EARLIEST, |span| reference.plus(span));
        candidate.earliest = candidate.earliest.max(plus(rule.minimum));
        candidate.recommended_interval = candidate.recommended_interval.max(plus(rule.recommended));
        candidate.overdue_interval = candidate.overdue_interval.max(plus(rule.overdue));
    }
    candidate.earliest = candidate.earliest.max(after_history(held, dose));
    candidate.has_start = candidate.earliest > EARLIEST;
    candidate.earliest = candidate.earliest.max(patient.birth.day);
    candidate
}

/// The last dose, given by mistake or not, and the end of every conflict (CALCDTCONFLICT-3).
fn after_history(held: &Held<'_>, dose: &SeriesDose) -> Day {
    let patient = held.patient;
    let mut day = EARLIEST;
    for (record, judged) in held.records.iter().zip(held.judged) {
        if judged.target != u8::MAX || judged.reasons.contains(Reason::Inadvertent) {
            day = day.max(patient.given(*record).on.day);
        }
    }
    if patient.history.any_conflicting {
        for given in &patient.history.doses {
            for (_, span) in dose.waits.iter().filter(|(vaccine, _)| *vaccine == given.vaccine) {
                day = day.max(given.on.plus(*span));
            }
        }
    }
    day
}

/// FORECASTDT-1 to 6.
pub(super) fn forecast(dose: &SeriesDose, candidate: &Candidate) -> SeriesForecast {
    let recommended = match (candidate.recommended_age, candidate.recommended_interval) {
        (EARLIEST, EARLIEST) => candidate.earliest,
        (EARLIEST, interval) => interval,
        (age, _) => age,
    };
    let past_due = match (candidate.overdue_age, candidate.overdue_interval) {
        (LATEST, EARLIEST) => LATEST,
        (LATEST, interval) => interval - 1,
        (age, _) => age - 1,
    };
    SeriesForecast {
        status: SeriesStatus::NotComplete,
        reason: ForecastReason::DoseNeeded,
        earliest: candidate.earliest,
        has_start: candidate.has_start,
        recommended: recommended.max(candidate.earliest),
        past_due: if past_due == LATEST { LATEST } else { past_due.max(candidate.earliest) },
        latest: if candidate.maximum == LATEST { LATEST } else { candidate.maximum - 1 },
        dose_number: 0,
        priority: dose.priority,
    }
}
