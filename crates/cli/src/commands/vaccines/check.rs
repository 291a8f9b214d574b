//! `het vaccines check`: CDC's workbooks of cases against the engine.

use std::io::Write;

use calamine::{Data, Reader, open_workbook_auto};
use immunisation::check::{Cell, Report, cases};
use vocabulary::Date;

use super::schedule::load_cdsi;
use crate::arguments::Check;
use crate::failure::Failure;

/// Prints each disagreement with a trace, agreement by group and by field, and on the last line the total as JSON.
pub fn run(asked: &Check) -> Result<(), Failure> {
    let schedule = load_cdsi(&asked.schedule)?;
    let at = |reason: String| Failure::Refused(format!("{}: {reason}", asked.cases.display()));
    let mut workbook = open_workbook_auto(&asked.cases).map_err(|error| at(error.to_string()))?;
    let mut all = Vec::new();
    for (sheet, range) in workbook.worksheets() {
        let first = range.start().map_or(0, |(row, _)| row);
        // A sheet that begins lower down keeps its own row numbers.
        let above = (0..first).map(|_| Vec::new());
        let rows = range.rows().map(|row| row.iter().map(cell).collect());
        let rows: Vec<Vec<Cell>> = above.chain(rows).collect();
        let (found, messages) = cases(&rows);
        for message in messages {
            eprintln!("het: {}, sheet '{sheet}', {message}", asked.cases.display());
        }
        all.extend(found);
    }
    if all.is_empty() {
        return Err(at("no sheet has the headings CDC_Test_ID and Date_Administered_1".to_owned()));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    write!(out, "{}", Report::of(&schedule, &all))?;
    Ok(out.flush()?)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Date::new(year as i16, month as i8, day as i8).map_or(Cell::Number(time.as_f64()), Cell::Date)
        }
        Data::Float(number) => Cell::Number(*number),
        Data::Int(number) => Cell::Number(*number as f64),
        other => Cell::Text(other.to_string()),
    }
}
