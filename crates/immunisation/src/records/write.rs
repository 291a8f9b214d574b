//! Forecasts as CSV rows and JSON lines.

use std::fmt::{self, Write};

use vocabulary::Date;

use super::Record;
use crate::outcome::{GroupForecast, Outcome};
use crate::schedule::Schedule;

/// The headings of the forecast rows.
const HEADING: &str =
    "person,group,kind,status,dose_number,earliest,recommended,past_due,latest,overdue,vaccines";

/// Writes the headings.
///
/// # Errors
///
/// Only those of `out`.
pub fn write_csv_heading(out: &mut impl Write) -> fmt::Result {
    writeln!(out, "{HEADING}")
}

/// Writes a row for each forecast of a person: the group, for whom it is, the status, the number of the next
/// dose, the first day on which it may be given, the day on which it should be, the last day on which it is
/// not overdue, the last day on which it may be given, whether it is overdue on the day of assessment, and the
/// vaccines that are recommended by name.
///
/// # Errors
///
/// Only those of `out`.
pub fn write_csv_rows(
    out: &mut impl Write,
    schedule: &Schedule,
    record: &Record,
    outcome: &Outcome,
    assessment: Date,
) -> fmt::Result {
    for forecast in outcome.groups() {
        write_field(out, record.person.reveal())?;
        out.write_char(',')?;
        write_field(out, schedule.group_name(forecast.group))?;
        write!(out, ",{},{},", forecast.kind.code(), forecast.status.code())?;
        if let Some(number) = forecast.dose_number {
            write!(out, "{number}")?;
        }
        for date in [forecast.earliest, forecast.recommended, forecast.past_due, forecast.latest] {
            out.write_char(',')?;
            if let Some(date) = date {
                write_date(out, date)?;
            }
        }
        out.write_str(if forecast.is_overdue(assessment) { ",true," } else { ",false," })?;
        for (at, vaccine) in outcome.recommended_vaccines(forecast).iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(out, "{space}{}", schedule.vaccine_code(*vaccine))?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

fn write_date(out: &mut impl Write, date: Date) -> fmt::Result {
    write!(out, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// Quotes a field where it needs it.
fn write_field(out: &mut impl Write, field: &str) -> fmt::Result {
    match field.contains([',', '"', '\n', '\r']) {
        true => write!(out, "\"{}\"", field.replace('"', "\"\"")),
        false => out.write_str(field),
    }
}

/// One person's forecasts, evaluations and findings as a line of JSON, without the line's end.
pub fn forecast_json_line(
    schedule: &Schedule,
    record: &Record,
    outcome: &Outcome,
    assessment: Date,
) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let forecast = |forecast: &GroupForecast| {
        let vaccines =
            outcome.recommended_vaccines(forecast).iter().map(|vaccine| schedule.vaccine_code(*vaccine));
        serde_json::json!({
            "group": schedule.group_name(forecast.group),
            "kind": forecast.kind.code(),
            "status": forecast.status.code(),
            "dose_number": forecast.dose_number,
            "earliest": date(forecast.earliest),
            "recommended": date(forecast.recommended),
            "past_due": date(forecast.past_due),
            "latest": date(forecast.latest),
            "overdue": forecast.is_overdue(assessment),
            "vaccines": vaccines.collect::<Vec<_>>(),
        })
    };
    let evaluations = outcome.evaluations().iter().filter(|evaluation| evaluation.best).map(|evaluation| {
        let dose = record.doses.get(evaluation.dose);
        serde_json::json!({
            "vaccine": dose.and_then(|dose| dose.vaccine).map(|vaccine| schedule.vaccine_code(vaccine)),
            "date": date(dose.map(|dose| dose.date)),
            "antigen": schedule.antigen_name(evaluation.antigen),
            "series": schedule.series_name(evaluation.series),
            "series_dose": evaluation.series_dose,
            "status": evaluation.status.code(),
            "reasons": evaluation.reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>(),
        })
    });
    let findings = record.findings.iter().map(ToString::to_string);
    let findings = findings.chain(outcome.findings().iter().map(ToString::to_string));
    serde_json::json!({
        "person": record.person.reveal(),
        "assessment": assessment.to_string(),
        "forecasts": outcome.groups().iter().map(forecast).collect::<Vec<_>>(),
        "evaluations": evaluations.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
    .to_string()
}
