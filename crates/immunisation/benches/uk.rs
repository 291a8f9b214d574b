//! The UK schedule over synthetic children: in process, as bytes, and from file to file.
//!
//! `cargo bench -p immunisation --bench uk`. The children are made from a fixed seed: births from 2008 to
//! 2026, most visits kept, some late, some missed.

// A benchmark that cannot run stops.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::{BufWriter, Write};

use divan::counter::{BytesCount, ItemsCount};
use immunisation::Span;
use immunisation::uk::{Assessment, Child, Columns, Dose, Format, Schedule, forecast_chunk, forecast_stream};
use vocabulary::{Date, Sex};

const CHILDREN: usize = 1_000_000;

fn main() {
    divan::main();
}

/// A small generator (Steele, Lea and Flood, SplitMix64, 2014): enough for a benchmark's children.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % limit
    }
}

const VISITS: [(&str, &[&str]); 8] = [
    ("8 weeks", &["6in1", "menb", "rotavirus", "pcv13"]),
    ("12 weeks", &["6in1", "rotavirus"]),
    ("16 weeks", &["6in1", "menb", "pcv13"]),
    ("12 months", &["pcv13", "menb", "mmr", "hib-menc"]),
    ("3 years + 4 months", &["dtap-ipv", "mmr"]),
    ("12 years", &["hpv"]),
    ("14 years", &["td-ipv", "menacwy"]),
    ("5 years", &["flu-nasal"]),
];

fn today() -> Date {
    Date::constant(2026, 11, 1)
}

/// A child's birth, sex and doses.
fn child(random: &mut Random) -> (Date, Sex, Vec<(&'static str, Date)>) {
    let day = Span::new(0, 0, random.below(6_800) as i32);
    let born = day.after(Date::constant(2008, 3, 1));
    let keen = 60 + random.below(40);
    let mut doses = Vec::new();
    for (age, vaccines) in VISITS {
        let late = if random.below(4) == 0 { random.below(120) } else { random.below(12) };
        let visit = Span::new(0, 0, late as i32).after(age.parse::<Span>().unwrap().after(born));
        if visit <= today() && random.below(100) < keen {
            doses.extend(vaccines.iter().map(|vaccine| (*vaccine, visit)));
        }
    }
    let sex = if random.below(2) == 0 { Sex::Female } else { Sex::Male };
    (born, sex, doses)
}

fn csv(children: usize, out: &mut impl Write) {
    let mut random = Random(7);
    writeln!(out, "id,born,sex,conditions,doses").unwrap();
    for id in 0..children {
        let (born, sex, doses) = child(&mut random);
        write!(out, "{id},{born},{},,", if sex == Sex::Female { "f" } else { "m" }).unwrap();
        for (place, (vaccine, date)) in doses.iter().enumerate() {
            write!(out, "{}{vaccine} {date}", if place == 0 { "" } else { ";" }).unwrap();
        }
        writeln!(out).unwrap();
    }
}

#[divan::bench(sample_count = 10)]
fn assess_one_thread(bencher: divan::Bencher) {
    let schedule = Schedule::embedded().unwrap();
    let mut random = Random(7);
    let children: Vec<(Child, Vec<Dose>)> = (0..100_000)
        .map(|_| {
            let (born, sex, doses) = child(&mut random);
            let dose = |(code, date): (&str, Date)| Dose::new(schedule.vaccine(code).unwrap(), date);
            (Child::new(born, sex), doses.into_iter().map(dose).collect())
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
    bencher.counter(ItemsCount::new(CHILDREN)).bench_local(|| {
        let (input, output) = (File::open(&from).unwrap(), File::create(&to).unwrap());
        forecast_stream(&schedule, today(), Format::Csv, input, output, 2).unwrap()
    });
    std::fs::remove_file(&from).unwrap();
    std::fs::remove_file(&to).unwrap();
}
