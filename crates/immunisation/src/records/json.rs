//! Histories in JSON Lines: one person a line.

use std::borrow::Cow;

use serde::Deserialize;
use vocabulary::Personal;

use super::{Record, RecordFinding};
use crate::schedule::Schedule;

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default, alias = "id")]
    person: Cow<'a, str>,
    #[serde(borrow, default, alias = "born")]
    date_of_birth: Cow<'a, str>,
    #[serde(borrow, default)]
    sex: Cow<'a, str>,
    #[serde(borrow, default)]
    country_of_birth: Cow<'a, str>,
    #[serde(borrow, default)]
    doses: Vec<LineDose<'a>>,
    #[serde(borrow, default, alias = "conditions")]
    observations: Vec<LineObservation<'a>>,
}

#[derive(Deserialize)]
struct LineDose<'a> {
    #[serde(borrow, default)]
    vaccine: Cow<'a, str>,
    #[serde(borrow, default)]
    date: Cow<'a, str>,
    #[serde(borrow, default)]
    manufacturer: Cow<'a, str>,
    #[serde(borrow, default)]
    condition: Cow<'a, str>,
}

#[derive(Deserialize)]
struct LineObservation<'a> {
    #[serde(borrow, default)]
    code: Cow<'a, str>,
    #[serde(borrow, default)]
    date: Cow<'a, str>,
}

/// Reads a line into a record, which is emptied first. A line that is not JSON of this form is a record with a
/// finding.
pub fn read_json_line(schedule: &Schedule, line: &str, record: &mut Record) {
    record.clear();
    let parsed: Line<'_> = match serde_json::from_str(line) {
        Ok(parsed) => parsed,
        Err(error) => {
            let why = format!("{:?} at column {}", error.classify(), error.column());
            record.findings.push(RecordFinding::UnreadableLine(why));
            return;
        }
    };
    record.person = Personal::new(parsed.person.into_owned());
    record.set_child(&parsed.date_of_birth, &parsed.sex);
    if !parsed.country_of_birth.is_empty() {
        record.set_country(schedule, &parsed.country_of_birth);
    }
    for dose in &parsed.doses {
        record.add_dose(schedule, &dose.vaccine, &dose.date, &dose.manufacturer, &dose.condition);
    }
    for observation in &parsed.observations {
        record.add_observation(schedule, &observation.code, &observation.date);
    }
}
