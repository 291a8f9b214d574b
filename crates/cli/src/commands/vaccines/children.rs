//! The children of a file with their groups, for counting.

use std::io::{BufRead, BufReader};
use std::path::Path;

use immunisation::uk::{Child, ChildRecord, ChildText, Dose, Schedule};
use vocabulary::Date;

use super::table;
use crate::arguments::Format;
use crate::failure::Failure;
use crate::write;

/// A child of a file.
pub struct Counted {
    /// The child.
    pub child: Child,
    /// The doses.
    pub doses: Vec<Dose>,
    /// What the child's columns to group by say.
    pub groups: Vec<String>,
    /// Whether the child is registered with a practice of the area; yes where no column says.
    pub registered: bool,
    /// Whether the child lives in the area; yes where no column says.
    pub resident: bool,
    /// Whether the child is registered elsewhere; no where no column says.
    pub registered_elsewhere: bool,
    /// When the child moved away.
    pub left: Option<Date>,
}

/// Reads the children of a file. What cannot be read is counted on standard error.
pub fn read(
    path: &Path,
    input: Option<Format>,
    schedule: &Schedule,
    by: &[String],
) -> Result<Vec<Counted>, Failure> {
    let (mut children, mut unreadable, mut odd) = (Vec::new(), 0_u64, 0_u64);
    each(path, input, by, |get| {
        match text(get, schedule) {
            Some(record) => {
                odd += record.oddities.len() as u64;
                children.push(counted(record, get, by));
            }
            None => unreadable += 1,
        }
        true
    })?;
    if unreadable + odd > 0 {
        eprintln!("{unreadable} children without a date of birth left out; {odd} other oddities");
    }
    Ok(children)
}

/// The child with an id.
pub fn find(
    path: &Path,
    input: Option<Format>,
    schedule: &Schedule,
    id: &str,
) -> Result<Option<ChildRecord>, Failure> {
    let mut found = None;
    each(path, input, &[], |get| {
        if get("id") != id {
            return true;
        }
        found = text(get, schedule);
        false
    })?;
    Ok(found)
}

type Get<'a> = &'a dyn Fn(&str) -> String;

fn text(get: Get<'_>, schedule: &Schedule) -> Option<ChildRecord> {
    let [born, sex, conditions, doses, expecting] =
        ["born", "sex", "conditions", "doses", "expecting"].map(get);
    let text =
        ChildText { born: &born, sex: &sex, conditions: &conditions, doses: &doses, expecting: &expecting };
    text.read(schedule)
}

fn counted(record: ChildRecord, get: Get<'_>, by: &[String]) -> Counted {
    let says = |column: &str, otherwise: bool| match get(column).trim().to_ascii_lowercase().as_str() {
        "" => otherwise,
        text => matches!(text, "yes" | "y" | "true" | "1"),
    };
    Counted {
        child: record.child,
        doses: record.doses,
        groups: by.iter().map(|column| get(column)).collect(),
        registered: says("registered", true),
        resident: says("resident", true),
        registered_elsewhere: says("registered_elsewhere", false),
        left: get("left").trim().parse().ok(),
    }
}

/// The names that other files give the same columns.
fn other_name(column: &str) -> &str {
    match column {
        "id" => "person",
        "born" => "date_of_birth",
        "conditions" => "observations",
        other => other,
    }
}

/// Calls `take` with the columns of each row, by name, until it says that it has enough.
fn each(
    path: &Path,
    input: Option<Format>,
    by: &[String],
    mut take: impl FnMut(Get<'_>) -> bool,
) -> Result<(), Failure> {
    let format = input.or_else(|| write::by_ending(path)).unwrap_or(Format::Csv);
    let (text, bar) = table::open(path, format)?;
    if format == Format::Json {
        for line in BufReader::new(text).lines() {
            let value: serde_json::Value = serde_json::from_str(&line?).unwrap_or_default();
            let get = |column: &str| {
                let found = value.get(column).or_else(|| value.get(other_name(column)));
                found.map(json_text).unwrap_or_default()
            };
            if !take(&get) {
                break;
            }
        }
        bar.finish_and_clear();
        return Ok(());
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let headings: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim().to_ascii_lowercase().replace([' ', '-'], "_"))
        .collect();
    let place = |column: &str| headings.iter().position(|name| name == column);
    for column in ["id", "born"].iter().copied().chain(by.iter().map(String::as_str)) {
        if place(column).or_else(|| place(other_name(column))).is_none() {
            return Err(Failure::Refused(format!(
                "{}: there is no column '{column}' among {}",
                path.display(),
                headings.join(", ")
            )));
        }
    }
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        let get = |column: &str| {
            let at = place(column).or_else(|| place(other_name(column)));
            at.and_then(|at| row.get(at)).unwrap_or_default().to_owned()
        };
        if !take(&get) {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// A JSON value as the text of a CSV field: a list with semicolons, a dose as its code and date.
fn json_text(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(json_text).collect::<Vec<_>>().join(";"),
        Value::Object(fields) => {
            let field = |name: &str| fields.get(name).map(json_text);
            match (field("vaccine"), field("date"), field("code")) {
                (Some(vaccine), date, _) => format!("{vaccine} {}", date.unwrap_or_default()),
                (_, _, code) => code.unwrap_or_default(),
            }
        }
        other => other.to_string(),
    }
}
