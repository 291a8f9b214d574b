//! Agreement with CDC's published cases.

use calamine::{Data, Reader, open_workbook_auto};
use immunisation::check::{Cell, Report, cases, notes};
use vocabulary::Date;

use crate::published::{folder, schedule};

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

fn check(file: &str, at_least: usize) {
    let (Some(folder), Some(schedule)) = (folder(), schedule()) else { return };
    let mut workbook = open_workbook_auto(folder.join(file)).unwrap();
    let mut all = Vec::new();
    for (_, range) in workbook.worksheets() {
        let rows: Vec<Vec<Cell>> = range.rows().map(|row| row.iter().map(cell).collect()).collect();
        let (found, messages) = cases(&rows);
        assert!(messages.is_empty(), "{messages:?}");
        all.extend(found);
    }
    let report = Report::of(&schedule, &all);
    println!("{report}");
    for id in &report.disagreeing {
        assert!(notes().any(|note| note.case == *id), "{id} does not agree, and no note says why\n{report}");
    }
    for case in all.iter().filter(|case| !report.disagreeing.contains(&case.id)) {
        assert!(
            !notes().any(|note| note.case == case.id),
            "{} agrees, and a note says that it does not",
            case.id
        );
    }
    assert!(report.total.whole >= at_least, "{} of {} cases agree", report.total.whole, report.total.cases);
}

#[test]
fn healthy_cases() {
    check("cdsi-healthy-cases.xlsx", 690);
}

#[test]
fn condition_cases() {
    check("cdsi-condition-cases.xlsx", 200);
}
