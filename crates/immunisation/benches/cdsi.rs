//! Evaluation and forecast of all 30 antigens of CDC's schedule, over CDC's own cases, on one thread.
//!
//! Run with `cargo bench -p immunisation --bench cdsi`. The items counted are children. Without the data folder
//! it prints a line and measures nothing.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::OnceLock;

use calamine::{Data, Reader, open_workbook_auto};
use divan::counter::ItemsCount;
use immunisation::check::{Cell, cases};
use immunisation::{Child, Dose, Schedule, Scratch, cdsi, evaluate_and_forecast};
use vocabulary::Date;

fn main() {
    divan::main();
}

type Input = (Child, Vec<Dose>, Date);

fn data() -> Option<&'static (Schedule, Vec<Input>)> {
    static DATA: OnceLock<Option<(Schedule, Vec<Input>)>> = OnceLock::new();
    DATA.get_or_init(load).as_ref()
}

fn load() -> Option<(Schedule, Vec<Input>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cdsi");
    let Ok(entries) = std::fs::read_dir(folder.join("xml")) else {
        eprintln!("skipped: CDC's files are not in {}", folder.display());
        return None;
    };
    let mut files = Vec::new();
    for path in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "xml"))
    {
        files.push((path.display().to_string(), std::fs::read_to_string(&path).ok()?));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let schedule = Schedule::compile(&cdsi::definition(&files, "4.64").ok()?, &[]).ok()?;
    let mut inputs = Vec::new();
    for file in ["cdsi-healthy-cases.xlsx", "cdsi-condition-cases.xlsx"] {
        let mut workbook = open_workbook_auto(folder.join(file)).ok()?;
        for (_, range) in workbook.worksheets() {
            let rows: Vec<Vec<Cell>> = range.rows().map(|row| row.iter().map(cell).collect()).collect();
            for case in cases(&rows).0 {
                let (child, doses) = case.input(&schedule);
                inputs.push((child, doses, case.assessment));
            }
        }
    }
    Some((schedule, inputs))
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::String(text) => Cell::Text(text.clone()),
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Date::new(year as i16, month as i8, day as i8).map_or(Cell::Empty, Cell::Date)
        }
        Data::Float(number) => Cell::Number(*number),
        _ => Cell::Empty,
    }
}

#[divan::bench]
fn children(bencher: divan::Bencher<'_, '_>) {
    let Some((schedule, inputs)) = data() else { return };
    let mut scratch = Scratch::new();
    bencher.counter(ItemsCount::new(inputs.len())).bench_local(move || {
        for (child, doses, assessment) in inputs {
            black_box(evaluate_and_forecast(schedule, child, doses, *assessment, &mut scratch));
        }
    });
}
