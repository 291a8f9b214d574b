//! From series to what is due: a forecast for each group of antigens (chapter 9).

use crate::calendar::{Day, LATEST, to_date};
use crate::forecast::is_vaccine_contraindicated;
use crate::outcome::{DoseEvaluation, ForecastReason, GroupForecast, Outcome, SeriesStatus};
use crate::patient::Patient;
use crate::schedule::{AntigenId, GroupId};
use crate::work::{PatientSeries, Work};

/// Gathers the best series into group forecasts, and says how each dose counts in them.
pub(crate) fn forecasts(patient: &Patient<'_>, work: &mut Work, outcome: &mut Outcome) {
    evaluations(patient, work, outcome);
    let mut keyed = std::mem::take(&mut work.keyed);
    keyed.clear();
    keyed.extend(work.best.iter().map(|at| {
        let table = work.series[*at as usize].table(patient);
        (patient.schedule.antigens[table.antigen.index()].group, table.group, *at)
    }));
    keyed.sort_unstable();
    for of_group in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (group, series_group, _) = of_group[0];
        let contained = of_group.iter().map(|(_, _, at)| &work.series[*at as usize]);
        let forecast = forecast(patient, group, series_group, contained, outcome);
        outcome.groups.extend(forecast);
    }
    work.keyed = keyed;
}

fn evaluations(patient: &Patient<'_>, work: &Work, outcome: &mut Outcome) {
    for at in &work.prioritised {
        let series = &work.series[*at as usize];
        let table = series.table(patient);
        for (record, judged) in patient.records(table.antigen).iter().zip(work.judged(series)) {
            outcome.evaluations.push(DoseEvaluation {
                dose: patient.given(*record).input as usize,
                antigen: table.antigen,
                group: patient.schedule.antigens[table.antigen.index()].group,
                series: series.series,
                series_group: table.group,
                kind: table.kind,
                best: work.best.contains(at),
                status: judged.status,
                reasons: judged.reasons,
                series_dose: (judged.target != u8::MAX).then(|| judged.target + 1),
            });
        }
    }
}

/// The forecast of one group and series group, from the series contained in it (FORECASTVG-1).
fn forecast<'a>(
    patient: &Patient<'_>,
    group: GroupId,
    series_group: u8,
    contained: impl Iterator<Item = &'a PatientSeries> + Clone,
    outcome: &mut Outcome,
) -> Option<GroupForecast> {
    let first = contained.clone().next()?;
    let tables = &patient.schedule.groups[group.index()];
    let single = tables.antigens.len() == 1;
    let (status, reason) = match single {
        true => (first.forecast.status, first.forecast.reason),
        false => status(contained.clone(), tables.administer_full),
    };
    let mut made = GroupForecast {
        group,
        series_group,
        kind: first.table(patient).kind,
        status,
        reason,
        earliest: None,
        recommended: None,
        past_due: None,
        latest: None,
        dose_number: None,
        antigens_due: 0,
        series: first.series,
        vaccines: (0, 0),
    };
    let due = contained.filter(|series| series.forecast.status == SeriesStatus::NotComplete);
    if status != SeriesStatus::NotComplete {
        return Some(made);
    }
    let least = |of: fn(&PatientSeries) -> Day| due.clone().map(of).min().unwrap_or(LATEST);
    let first_earliest = least(|series| series.forecast.earliest);
    let earliest = match single {
        true => first_earliest,
        false => multiple_earliest(patient, &tables.antigens, due.clone(), first_earliest),
    };
    let not_before = |day: Day| if day == LATEST { LATEST } else { day.max(earliest) };
    let date = |day: Day| (day != LATEST).then(|| to_date(day));
    made.earliest = date(earliest);
    made.recommended = date(not_before(least(|series| series.forecast.recommended)));
    made.past_due = date(not_before(least(|series| series.forecast.past_due)));
    made.latest = date(least(|series| series.forecast.latest));
    let numbers = due.clone().map(|series| series.forecast.dose_number);
    made.dose_number = if tables.administer_full { numbers.min() } else { numbers.max() };
    let antigens = due.clone().map(|series| series.table(patient).antigen);
    made.antigens_due = antigens.filter(|a| a.0 < 64).fold(0, |bits, a| bits | 1 << a.0);
    made.vaccines = recommend(patient, due, outcome);
    Some(made)
}

/// MULTIANTVG-1: with a priority forecast the earliest date of all, though not before the group's last dose;
/// otherwise the latest of the earliest dates.
fn multiple_earliest<'a>(
    patient: &Patient<'_>,
    antigens: &[AntigenId],
    due: impl Iterator<Item = &'a PatientSeries> + Clone,
    first_earliest: Day,
) -> Day {
    if !due.clone().any(|series| series.forecast.priority) {
        return due.map(|series| series.forecast.earliest).max().unwrap_or(LATEST);
    }
    let records = antigens.iter().filter_map(|antigen| patient.records(*antigen).last());
    let last = records.map(|record| patient.given(*record).on.day).max();
    last.map_or(first_earliest, |last| last.max(first_earliest))
}

/// Table 9-4. Where the group need not be given in full (diphtheria and tetanus without pertussis), an antigen
/// that is contraindicated does not stop the others: CDC's case 2016-UC-0003 says so, the table does not.
fn status<'a>(
    contained: impl Iterator<Item = &'a PatientSeries> + Clone,
    administer_full: bool,
) -> (SeriesStatus, ForecastReason) {
    let with = |status: SeriesStatus| contained.clone().find(|series| series.forecast.status == status);
    let order = [
        SeriesStatus::Contraindicated,
        SeriesStatus::AgedOut,
        SeriesStatus::NotRecommended,
        SeriesStatus::NotComplete,
        SeriesStatus::Complete,
        SeriesStatus::Immune,
    ];
    let others = contained.clone().any(|series| series.forecast.status == SeriesStatus::NotComplete);
    let skip = usize::from(!administer_full && others);
    let mut order = order.into_iter().skip(skip);
    let found = order.find_map(|status| with(status).map(|series| (status, series.forecast.reason)));
    found.unwrap_or((SeriesStatus::NotRecommended, ForecastReason::PastHistory))
}

/// FORECASTRECVAC-1 and FORECASTVG-9: the vaccines to name, each once.
fn recommend<'a>(
    patient: &Patient<'_>,
    due: impl Iterator<Item = &'a PatientSeries>,
    outcome: &mut Outcome,
) -> (u32, u32) {
    let start = outcome.recommended.len();
    for series in due {
        let table = series.table(patient);
        let Some(dose) = table.doses.get(series.next as usize) else { continue };
        let days = [series.forecast.earliest, series.forecast.recommended];
        for used in dose.preferable.iter().filter(|used| used.recommended) {
            let (begin, end) = (patient.at_age(used.begin).max(used.from), patient.at_age(used.end));
            let fits = days.iter().any(|day| (begin..end).contains(day) && *day <= used.until);
            if fits
                && !outcome.recommended[start..].contains(&used.vaccine)
                && !is_vaccine_contraindicated(patient, table.antigen, used.vaccine)
            {
                outcome.recommended.push(used.vaccine);
            }
        }
    }
    (start as u32, outcome.recommended.len() as u32)
}
