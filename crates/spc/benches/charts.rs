//! XmR charts of many series, with rules and icons.
//!
//! With `SPC_PEER_PYTHON` set to a Python that has controlchartspy, its time for the same work is measured in the same
//! run and printed as a ratio (`tests/peer/README.md`).

// A benchmark has a clock, and runs the peer that it is compared with.
#![allow(clippy::panic, clippy::print_stdout, clippy::disallowed_methods)]

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use spc::text::{Request, process};
use spc::{Kind, Reading, Series, default_profile, xmr};
use vocabulary::{Period, Polarity};

const SERIES: usize = 10_000;
const POINTS: usize = 24;

fn main() {
    compare();
    divan::main();
}

/// Seeded values about 50 with a spread of 5.
fn values() -> impl Iterator<Item = f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut unit = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    std::iter::repeat_with(move || {
        let normal: f64 = (0..12).map(|_| unit()).sum::<f64>() - 6.0;
        ((50.0 + 5.0 * normal) * 100.0).round() / 100.0
    })
}

fn many() -> Vec<Series> {
    let mut values = values();
    (0..SERIES)
        .map(|_| {
            let readings = (0..POINTS).filter_map(|at| {
                let period = Period::month(2023 + (at / 12) as i16, (at % 12) as i8 + 1)?;
                Some(Reading { target: Some(52.0), ..Reading::new(period, values.next()) })
            });
            Series::new(readings.collect(), Polarity::HighIsGood).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect()
}

fn text() -> String {
    let mut text = "series,date,value,target,improvement\n".to_owned();
    for (at, value) in values().take(SERIES * POINTS).enumerate() {
        let (series, month) = (at / POINTS, at % POINTS);
        text +=
            &format!("s{series},{}-{:02}-01,{value},52,high-is-good\n", 2023 + month / 12, month % 12 + 1);
    }
    text
}

#[divan::bench]
fn xmr_of_10_000_series_of_24(bencher: divan::Bencher) {
    let all = many();
    bencher.counter(divan::counter::ItemsCount::new(SERIES)).bench_local(|| {
        for series in &all {
            black_box(xmr(series));
        }
    });
}

#[divan::bench(args = [false, true])]
fn csv_of_10_000_series_of_24(bencher: divan::Bencher, icons: bool) {
    let input = text();
    let request = Request { icons, ..Request::new(Kind::Individuals, default_profile()) };
    bencher.bench_local(|| {
        let mut output = Vec::new();
        let _ = black_box(process(input.as_bytes(), &mut output, &request));
        output
    });
}

#[divan::bench(args = spc::KINDS.iter().map(|entry| entry.name))]
fn one_series_of_24(bencher: divan::Bencher, kind: &str) {
    let readings = values().take(POINTS).enumerate().filter_map(|(at, value)| {
        let period = Period::month(2023 + (at / 12) as i16, (at % 12) as i8 + 1)?;
        Some(Reading::of(period, Some(value.round()), Some(100.0)))
    });
    let series =
        Series::new(readings.collect(), Polarity::HighIsGood).unwrap_or_else(|error| panic!("{error}"));
    let kind = Kind::named(kind).unwrap_or_else(|error| panic!("{error}"));
    bencher.bench_local(|| spc::chart(black_box(&series), kind, default_profile()));
}

/// Prints our time beside the peer's, when there is one.
fn compare() {
    let Ok(python) = std::env::var("SPC_PEER_PYTHON") else { return };
    let all = many();
    let best = (0..5).map(|_| {
        let start = Instant::now();
        for series in &all {
            black_box(xmr(series));
        }
        start.elapsed().as_secs_f64()
    });
    let ours = best.fold(f64::INFINITY, f64::min);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peer/time.py");
    let count = SERIES / 10;
    let ran = Command::new(python).args([script, &count.to_string(), &POINTS.to_string()]).output();
    let said = ran
        .ok()
        .and_then(|out| String::from_utf8(out.stdout).ok())
        .and_then(|s| s.trim().parse::<f64>().ok());
    match said {
        Some(seconds) => {
            let theirs = seconds * 10.0;
            println!(
                "XmR of {SERIES} series of {POINTS}: ours {:.2} ms; controlchartspy {theirs:.1} s (ten times its {count} series): {:.0} times",
                ours * 1e3,
                theirs / ours
            );
        }
        None => println!("the peer did not run"),
    }
}
