//! Charts from outside the crate: against peers, published numbers, hand-worked boundaries and what must always hold.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod boundaries;
mod degenerate;
mod peers;
mod properties;
mod published;
mod splitting;
mod text;

use spc::{Chart, Kind, Profile, Reading, Series, chart};
use vocabulary::{Period, Polarity};

/// The months from January 2015.
fn month(at: usize) -> Period {
    Period::month(2015 + (at / 12) as i16, (at % 12) as i8 + 1).unwrap()
}

/// Values by month; not a number is a gap.
fn series(values: &[f64], polarity: Polarity) -> Series {
    let reading = |(at, &v): (usize, &f64)| Reading::new(month(at), Some(v).filter(|v| !v.is_nan()));
    Series::new(values.iter().enumerate().map(reading).collect(), polarity).unwrap()
}

/// Counts by month with their denominators.
fn ratios(values: &[f64], sizes: &[f64]) -> Series {
    let reading = |(at, (&v, &n)): (usize, (&f64, &f64))| Reading::of(month(at), Some(v), Some(n));
    Series::new(values.iter().zip(sizes).enumerate().map(reading).collect(), Polarity::HighIsGood).unwrap()
}

fn draw(series: &Series, kind: &str, profile: &str) -> Chart {
    chart(series, Kind::named(kind).unwrap(), Profile::named(profile).unwrap()).unwrap()
}

/// The places of the points that fire a rule.
fn firing(chart: &Chart, rule: spc::Rule) -> Vec<usize> {
    let fires = |(at, point): (usize, &spc::Point)| point.rules.contains(rule).then_some(at);
    chart.points().iter().enumerate().filter_map(fires).collect()
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * ours.abs().max(theirs.abs()).max(1e-3)
}
