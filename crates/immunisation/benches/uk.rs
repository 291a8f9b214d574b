//! The UK schedule over synthetic children: in process, as bytes, and from file to file.
//!
//! `cargo bench -p immunisation --bench uk`. The children are those of `synthetic::children`, as
//! `het vaccines synthesise --children 1000000 --seed 7` writes them.

// A benchmark that cannot run stops.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::{BufWriter, Write};

use divan::counter::{BytesCount, ItemsCount};
use immunisation::uk::{Assessment, Child, Columns, Dose, Format, Schedule, forecast_chunk, forecast_stream};
use vocabulary::{Date, Sex};

const CHILDREN: u64 = 1_000_000;

fn main() {
    divan::main();
}

fn today() -> Date {
    Date::constant(2026, 11, 1)
}

fn csv(children: u64, out: &mut impl Write) {
    writeln!(out, "id,born,sex,conditions,doses").unwrap();
    for child in synthetic::children(7, children, today()) {
        write!(out, "{},{},{},,", child.id, child.born, child.sex).unwrap();
        for (place, (vaccine, date)) in child.doses.iter().enumerate() {
            write!(out, "{}{vaccine} {date}", if place == 0 { "" } else { ";" }).unwrap();
        }
        writeln!(out).unwrap();
    }
}

#[divan::bench(sample_count = 10)]
fn assess_one_thread(bencher: divan::Bencher) {
    let schedule = Schedule::embedded().unwrap();
    let children: Vec<(Child, Vec<Dose>)> = synthetic::children(7, 100_000, today())
        .map(|child| {
            let dose = |(code, date): (&str, Date)| Dose::new(schedule.vaccine(code).unwrap(), date);
            let sex = Sex::parse(child.sex).unwrap();
            (Child::new(child.born, sex), child.doses.into_iter().map(dose).collect())
        })
        .collect();
    let mut assessment = Assessment::default();
    bencher.counter(ItemsCount::new(children.len())).bench_local(|| {
        let mut overdue = 0;
        for (child, doses) in &children {
            schedule.assess(child, doses, today(), &mut assessment);
            overdue += usize::from(assessment.under_vaccinated());
        }
        overdue
    });
}

#[divan::bench(sample_count = 10)]
fn bytes_to_bytes_one_thread(bencher: divan::Bencher) {
    let schedule = Schedule::embedded().unwrap();
    let mut text = Vec::new();
    csv(100_000, &mut text);
    let heading = text.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let columns = Columns::from_heading(&text[..heading]).unwrap();
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(100_000_usize)).counter(BytesCount::new(text.len())).bench_local(|| {
        out.clear();
        forecast_chunk(&schedule, today(), Format::Csv.into(), &columns, &text[heading..], &mut out)
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_file_to_file_two_threads(bencher: divan::Bencher) {
    let schedule = Schedule::embedded().unwrap();
    let folder = std::env::temp_dir();
    let (from, to) = (folder.join("het-uk-children.csv"), folder.join("het-uk-forecast.csv"));
    let mut file = BufWriter::new(File::create(&from).unwrap());
    csv(CHILDREN, &mut file);
    file.flush().unwrap();
    bencher.counter(ItemsCount::new(CHILDREN as usize)).bench_local(|| {
        let (input, output) = (File::open(&from).unwrap(), File::create(&to).unwrap());
        forecast_stream(&schedule, today(), Format::Csv, input, output, 2).unwrap()
    });
    std::fs::remove_file(&from).unwrap();
    std::fs::remove_file(&to).unwrap();
}
