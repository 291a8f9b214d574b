//! The columns of an exported figure: one table for the command line, the interface and its description.

use serde_json::Value;
use store::indicators::TracedObservation;

use super::export::cell_of;

/// A column.
#[derive(Clone, Copy)]
pub struct ObservationColumn {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub what: &'static str,
    /// Its type in JSON Schema: `string`, `number` or `integer`.
    pub kind: &'static str,
    /// Whether it may be empty.
    pub optional: bool,
    of: fn(&TracedObservation) -> Value,
}

macro_rules! column {
    ($name:literal, $what:literal, $kind:literal, $optional:literal, $of:expr) => {
        ObservationColumn { name: $name, what: $what, kind: $kind, optional: $optional, of: $of }
    };
}

/// Every column, in order.
#[rustfmt::skip]
pub const OBSERVATION_COLUMNS: &[ObservationColumn] = &[
    column!("indicator", "The indicator's code within its source", "string", false, |o| o.indicator.as_str().into()),
    column!("age", "The age or band of ages", "string", false, |o| o.age.as_str().into()),
    column!("area_code", "The code of the area", "string", false, |o| o.area_code.as_str().into()),
    column!("area_name", "The name of the area", "string", false, |o| o.area_name.as_str().into()),
    column!("period_start", "The first day of the period, ISO 8601", "string", false, |o| o.period_start.as_str().into()),
    column!("period_end", "The last day of the period, ISO 8601", "string", false, |o| o.period_end.as_str().into()),
    column!("numerator", "How many had the event", "number", true, |o| o.numerator.into()),
    column!("denominator", "How many could have had it", "number", true, |o| o.denominator.into()),
    column!("value", "The figure as published, unrounded where the file is", "number", true, |o| o.value.into()),
    column!("status", "value, suppressed, not-applicable or missing", "string", false, |o| o.status.as_str().into()),
    column!("version", "1, and one more for each revision", "integer", false, |o| o.version.into()),
    column!("file", "The file that it was read from", "string", false, |o| o.file.as_str().into()),
    column!("sheet", "The sheet of the file", "string", false, |o| o.sheet.as_str().into()),
    column!("cell", "The cell of the sheet", "string", false, |o| cell_of(o).into()),
    column!("note", "What the publisher says of the figure", "string", true, |o| o.note.clone().into()),
    column!("source", "The source: cover, deprivation, fingertips, town", "string", false, |o| o.source.as_str().into()),
    column!("sex", "persons, female or male", "string", false, |o| o.sex.as_str().into()),
    column!("group", "The group within the area; empty for everyone", "string", false, |o| o.within.as_str().into()),
];

impl ObservationColumn {
    /// What a figure has in this column.
    pub fn of(&self, observation: &TracedObservation) -> Value {
        (self.of)(observation)
    }
}

/// A figure as one JSON object.
pub fn observation_json(observation: &TracedObservation) -> Value {
    OBSERVATION_COLUMNS.iter().map(|column| (column.name.to_owned(), column.of(observation))).collect()
}

/// A figure as the fields of a CSV row.
pub fn observation_fields(observation: &TracedObservation) -> impl Iterator<Item = String> {
    OBSERVATION_COLUMNS.iter().map(|column| match column.of(observation) {
        Value::String(text) => text,
        Value::Null => String::new(),
        // As Rust writes a number: whole ones without a decimal point.
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(number)) => number.to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    })
}
