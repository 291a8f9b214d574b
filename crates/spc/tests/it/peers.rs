//! Agreement with controlchartspy 0.1.3 and abspc 1.1.0, from the table that `tests/peer/drive.py` wrote.
//!
//! Every number and flag that both have is compared. What differs is listed here with its reason; anything else
//! fails the test.

use std::collections::BTreeMap;

use spc::{Assurance, Chart, Kind, Profile, Reading, Rule, Series, chart};
use vocabulary::Polarity;

use crate::{close, month};

const TABLE: &str = include_str!("../data/peers.csv");

/// What a case compared: how many values, how many equal, and why the others are not.
#[derive(Default)]
struct Tally {
    compared: usize,
    equal: usize,
    reasons: BTreeMap<&'static str, usize>,
    unexplained: Vec<String>,
}

impl Tally {
    fn see(&mut self, equal: bool, reason: Option<&'static str>, what: impl FnOnce() -> String) {
        self.compared += 1;
        match (equal, reason) {
            (true, _) => self.equal += 1,
            (false, Some(reason)) => *self.reasons.entry(reason).or_default() += 1,
            (false, None) => self.unexplained.push(what()),
        }
    }
}

const GAPS: &str = "controlchartspy drops a gap and takes the range across it; we have no range across a gap";
const CAPPED: &str = "abspc does not stop the upper limit of a proportion at 1";
const ROUNDED: &str =
    "controlchartspy takes a value equal to the mean, but for the last place of its arithmetic, as above it";
const RANGES: &str =
    "controlchartspy looks for runs among moving ranges, which share points; we test the limit only";

#[test]
fn charts_agree_with_their_peers() {
    let mut tally = Tally::default();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(TABLE.as_bytes());
    let headings = reader.headers().unwrap().clone();
    for record in reader.records() {
        let record = record.unwrap();
        let cells: BTreeMap<&str, &str> = headings.iter().zip(record.iter()).collect();
        match cells["peer"] {
            "abspc" => against_abspc(&cells, &mut tally),
            _ => against_controlcharts(&cells, &mut tally),
        }
    }
    println!("{} of {} values agree to 1e-9", tally.equal, tally.compared);
    for (reason, count) in &tally.reasons {
        println!("{count} differ: {reason}");
    }
    assert!(tally.compared > 20_000, "{}", tally.compared);
    assert_eq!(tally.unexplained, Vec::<String>::new());
}

fn numbers(cell: &str) -> Vec<f64> {
    cell.split_whitespace().map(|x| x.parse().unwrap_or(f64::NAN)).collect()
}

fn spread_out(cell: &str, points: usize) -> Vec<f64> {
    let read = numbers(cell);
    if read.len() == 1 { vec![read[0]; points] } else { read }
}

/// The series of a case. Subgroups that the peer is told of by mean, size and standard deviation are made up as
/// measurements that have them.
fn input(cells: &BTreeMap<&str, &str>, kind: &str) -> Series {
    let values = numbers(cells["values"]);
    let sizes = spread_out(cells["denominators"], values.len());
    let spreads = numbers(cells["spreads"]);
    let target = numbers(cells["target"]).first().copied();
    let mut readings = Vec::new();
    for (at, &value) in values.iter().enumerate() {
        let size = sizes.get(at).copied();
        if kind == "xbar" || kind == "s" {
            let (mean, spread) = if kind == "s" { (20.0, value) } else { (value, spreads[at]) };
            readings.extend(
                measurements(mean, spread, size.unwrap() as usize).map(|x| Reading::new(month(at), Some(x))),
            );
        } else {
            readings.push(Reading::of(month(at), Some(value).filter(|v| !v.is_nan()), size));
        }
    }
    let polarity = if matches!(cells["improvement"], "increase" | "high") {
        Polarity::HighIsGood
    } else {
        Polarity::LowIsGood
    };
    Series::new(readings, polarity).unwrap().with_target(target)
}

/// So many numbers with this mean and standard deviation.
fn measurements(mean: f64, spread: f64, size: usize) -> impl Iterator<Item = f64> {
    let middle = (size as f64 - 1.0) / 2.0;
    let squares: f64 = (0..size).map(|i| (i as f64 - middle).powi(2)).sum();
    let step = spread / (squares / (size as f64 - 1.0)).sqrt();
    (0..size).map(move |i| mean + (i as f64 - middle) * step)
}

fn against_controlcharts(cells: &BTreeMap<&str, &str>, tally: &mut Tally) {
    let (kind, gaps) = match cells["kind"].strip_suffix(" with gaps") {
        Some(kind) => (kind, true),
        None => (cells["kind"], false),
    };
    let ours = if kind == "xbar" { "xbar-s" } else { kind };
    let drawn = draw(cells, kind, ours, "powerbi");
    // They leave out what is not plotted.
    let points: Vec<_> = drawn.points().iter().filter(|p| p.value.is_some()).collect();
    let name = |what: &str, at: usize| format!("case {} {kind} {what} {at}", cells["case"]);
    let limits = [("centre", 0), ("lower", 1), ("upper", 2)];
    for (what, which) in limits {
        let theirs = spread_out(cells[what], points.len());
        for (at, (point, theirs)) in points.iter().zip(&theirs).enumerate() {
            let ours = [point.centre, point.lower, point.upper][which].unwrap();
            tally.see(close(ours, *theirs), gaps.then_some(GAPS), || name(what, at));
        }
    }
    // A value that is on the mean, but for the last place of the peer's own mean.
    let rounded = points.iter().zip(spread_out(cells["centre"], points.len())).any(|(point, theirs)| {
        point.value.is_some_and(|v| v != theirs && (v - theirs).abs() < 1e-13 * theirs.abs())
    });
    let flags = [
        ("outside", Rule::Outside),
        ("shift", Rule::Shift),
        ("trend", Rule::Trend),
        ("two", Rule::TwoOfThree),
    ];
    for (what, rule) in flags {
        let reason = if gaps {
            Some(GAPS)
        } else if kind == "mr" && rule != Rule::Outside {
            Some(RANGES)
        } else {
            (rounded && rule == Rule::Shift).then_some(ROUNDED)
        };
        for (at, (point, flag)) in points.iter().zip(cells[what].chars()).enumerate() {
            tally.see(point.rules.contains(rule) == (flag != '.'), reason, || name(what, at));
        }
    }
    assurance(cells, &drawn, gaps.then_some(GAPS), tally);
}

fn against_abspc(cells: &BTreeMap<&str, &str>, tally: &mut Tally) {
    let kind = cells["kind"];
    let drawn = draw(cells, kind, kind, "western-electric");
    let nelson = draw(cells, kind, kind, "nelson");
    let name = |what: &str, at: usize| format!("case {} abspc {kind} {what} {at}", cells["case"]);
    for (what, which) in [("centre", 0), ("lower", 1), ("upper", 2)] {
        let theirs = spread_out(cells[what], drawn.points().len());
        for (at, (point, theirs)) in drawn.points().iter().zip(&theirs).enumerate() {
            let ours = [point.centre, point.lower, point.upper][which].unwrap();
            let capped = kind == "p" && what == "upper" && ours == 1.0 && *theirs > 1.0;
            tally.see(close(ours, *theirs), capped.then_some(CAPPED), || name(what, at));
        }
    }
    // They mark every point of a run; Western Electric and Nelson the points at which it is complete.
    let runs = [
        ("outside", &drawn, Rule::Outside, 1),
        ("shift", &drawn, Rule::Shift, 8),
        ("trend", &nelson, Rule::Trend, 6),
    ];
    for (what, chart, rule, run) in runs {
        let complete = crate::firing(chart, rule);
        for (at, flag) in cells[what].chars().enumerate() {
            let ours = complete.iter().any(|&end| at <= end && end < at + run);
            tally.see(ours == (flag != '.'), None, || name(what, at));
        }
    }
    assurance(cells, &drawn, None, tally);
}

fn draw(cells: &BTreeMap<&str, &str>, theirs: &str, ours: &str, profile: &str) -> Chart {
    chart(&input(cells, theirs), Kind::named(ours).unwrap(), Profile::named(profile).unwrap()).unwrap()
}

fn assurance(cells: &BTreeMap<&str, &str>, chart: &Chart, reason: Option<&'static str>, tally: &mut Tally) {
    let theirs = match cells["assurance"] {
        "pass" => Assurance::WillPass,
        "fail" => Assurance::WillFail,
        "" => return,
        _ => Assurance::HitAndMiss,
    };
    tally.see(chart.assurance() == theirs, reason, || format!("case {} assurance", cells["case"]));
}
