//! When the next dose of a series may, should and must be given (chapter 7).

mod contraindication;
mod dates;
mod immunity;

use crate::calendar::{Day, EARLIEST, LATEST};
use crate::evaluate::{SkipAsked, is_skipped};
use crate::outcome::{ForecastReason, SeriesStatus};
use crate::patient::Patient;
use crate::schedule::{AntigenId, SeriesDose};
use crate::trace::{Event, Rule, Trace};
use crate::work::{Held, PatientSeries, SeriesForecast, Target, Work};

pub(crate) use contraindication::is_vaccine_contraindicated;
use dates::Candidate;

/// Forecasts a series (figure 7-1), moving past the doses that can be skipped.
pub(crate) fn forecast<T: Trace>(
    patient: &Patient<'_>,
    series: &mut PatientSeries,
    work: &mut Work,
    trace: &mut T,
) -> SeriesForecast {
    let tables = &patient.schedule.series[series.series.index()];
    let immune = immunity::is_immune(patient, tables.antigen);
    loop {
        let next = series.next as usize;
        let Some(dose) = tables.doses.get(next) else {
            return exhausted(series);
        };
        let held = held(patient, series, work, tables.antigen);
        if is_skipped(&held, next, SkipAsked::Forecast(patient.assessment), trace) {
            skip(series, work);
            continue;
        }
        let mut note = |rule, met, day: Option<Day>| {
            trace.note(Event { series: series.series, target: next as u8, given: None, rule, met, day });
        };
        if immune {
            note(Rule::Immune, true, None);
            return SeriesForecast::without(SeriesStatus::Immune, ForecastReason::Immune);
        }
        if contraindication::is_series_contraindicated(patient, tables.antigen, &tables.doses) {
            note(Rule::Contraindicated, true, None);
            return SeriesForecast::without(SeriesStatus::Contraindicated, ForecastReason::Contraindicated);
        }
        let candidate = dates::candidate(&held, dose);
        if let Some(refused) = refused(patient, dose, &candidate, &mut note) {
            return refused;
        }
        // 7.6: would the dose still be needed on the day it is forecast for?
        if is_skipped(&held, next, SkipAsked::Forecast(candidate.earliest), trace) {
            skip(series, work);
            continue;
        }
        let mut forecast = dates::forecast(dose, &candidate);
        forecast.dose_number = dose_number(&held, dose);
        let mut note = |rule, day: Day| {
            let day = (day != LATEST).then_some(day);
            trace.note(Event {
                series: series.series,
                target: next as u8,
                given: None,
                rule,
                met: true,
                day,
            });
        };
        note(Rule::Earliest, forecast.earliest);
        note(Rule::Recommended, forecast.recommended);
        note(Rule::PastDue, forecast.past_due);
        return forecast;
    }
}

fn held<'a>(
    patient: &'a Patient<'a>,
    series: &PatientSeries,
    work: &'a Work,
    antigen: AntigenId,
) -> Held<'a> {
    Held {
        patient,
        id: series.series,
        records: patient.records(antigen),
        judged: work.judged(series),
        targets: work.targets(series),
        others: &work.series[work.first_series..],
    }
}

/// Marks the next target dose as skipped. The series' targets are the last ones in the table, as each series
/// is forecast right after it is evaluated.
fn skip(series: &mut PatientSeries, work: &mut Work) {
    work.targets.push(Target { dose: series.next, satisfied: None });
    series.targets += 1;
    series.next += 1;
}

/// No target dose is left (table 7-10, columns 2 and 3).
fn exhausted(series: &PatientSeries) -> SeriesForecast {
    match series.satisfied {
        0 => SeriesForecast::without(SeriesStatus::NotRecommended, ForecastReason::PastHistory),
        _ => SeriesForecast::without(SeriesStatus::Complete, ForecastReason::Complete),
    }
}

/// Too late in the season or in life (table 7-10, the last three columns).
fn refused(
    patient: &Patient<'_>,
    dose: &SeriesDose,
    candidate: &Candidate,
    note: &mut impl FnMut(Rule, bool, Option<Day>),
) -> Option<SeriesForecast> {
    if patient.assessment > dose.season_end {
        note(Rule::Season, false, Some(dose.season_end));
        return Some(SeriesForecast::without(SeriesStatus::NotRecommended, ForecastReason::SeasonEnded));
    }
    if patient.assessment >= candidate.maximum {
        note(Rule::ForecastAge, false, Some(candidate.maximum));
        return Some(SeriesForecast::without(SeriesStatus::AgedOut, ForecastReason::TooOld));
    }
    if candidate.earliest >= candidate.maximum {
        note(Rule::Candidate, false, Some(candidate.maximum));
        return Some(SeriesForecast::without(SeriesStatus::AgedOut, ForecastReason::CannotFinish));
    }
    None
}

/// FORECASTDN-1.
fn dose_number(held: &Held<'_>, dose: &SeriesDose) -> u8 {
    let since = if dose.seasonal { dose.season_start } else { EARLIEST };
    let satisfied = held.targets.iter().filter(|t| t.satisfied.is_some_and(|day| day >= since)).count();
    satisfied.min(usize::from(u8::MAX - 1)) as u8 + 1
}
