//! What a control chart says in words, and the table behind it.

use vocabulary::Period;

use super::chart::{ControlChart, ControlPoint, Signal};
use crate::documents::{Cell, Column, Table};
use crate::figures::Unit;
use crate::svg::Frame;

/// The latest value and its period.
pub(super) fn latest(chart: &ControlChart) -> Option<(Period, f64)> {
    chart.points.iter().rev().find_map(|point| Some((point.period, point.figure.value()?)))
}

/// A signal in the few words of a chart's key.
pub(in crate::charts) fn rest(signal: Signal) -> &'static str {
    match signal {
        Signal::None => "Common cause",
        Signal::Concern => "Concern",
        Signal::Improvement => "Improvement",
        Signal::NoJudgement => "Special cause",
    }
}

/// The alternative text: how many points, the latest, centre and limits, target, and which points are special.
pub(super) fn describe(chart: &ControlChart) -> String {
    let unit = chart.about.unit;
    let known = chart.points.iter().filter(|point| point.figure.value().is_some()).count();
    let (Some((period, value)), Some(first), Some(last)) =
        (latest(chart), chart.points.first(), chart.points.last())
    else {
        return "No figures yet.".to_owned();
    };
    let mut words = vec![
        format!("{known} points from {} to {}.", first.period, last.period),
        format!("Latest, {period}: {}.", unit.write(value)),
    ];
    match (last.centre, last.lower, last.upper) {
        (Some(centre), Some(low), Some(high)) => {
            words.push(format!(
                "{} {}, limits {} to {}.",
                chart.centre,
                unit.write(centre),
                bare(unit, low),
                bare(unit, high)
            ));
        }
        (Some(centre), ..) => words.push(format!("{} {}.", chart.centre, unit.write(centre))),
        _ => {}
    }
    words.extend(last.target.map(|target| format!("Target {}.", unit.write(target))));
    let withheld = chart.points.len() - known;
    if withheld > 0 {
        words.push(format!("{withheld} periods without a figure."));
    }
    words.extend(special(chart));
    for (at, reason) in &chart.rebases {
        words.push(format!("Limits recalculated from {}: {reason}.", crate::figures::long_date(*at)));
    }
    words.join(" ")
}

fn special(chart: &ControlChart) -> Vec<String> {
    let count = |signal| chart.points.iter().filter(|point| point.signal == signal && !point.ghosted).count();
    let mut words = Vec::new();
    for signal in [Signal::Concern, Signal::Improvement, Signal::NoJudgement] {
        match count(signal) {
            0 => {}
            1 => words.push(format!("1 point is {}.", signal.words())),
            many => words.push(format!("{many} points are {}.", signal.words())),
        }
    }
    if words.is_empty() {
        words.push("No special cause.".to_owned());
    }
    words
}

fn bare(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Percent | Unit::Pounds => unit.write(value),
        _ => unit.bare(value),
    }
}

/// The data behind the chart: a row a point.
pub(super) fn table(chart: &ControlChart) -> Table {
    let unit = chart.about.unit;
    let targets = chart.points.iter().any(|point| point.target.is_some());
    let limits = chart.points.iter().any(|point| point.lower.is_some() || point.upper.is_some());
    let mut columns = vec![
        Column::text("Period"),
        Column::number("Value", unit),
        Column::number(chart.centre.clone(), unit),
    ];
    if limits {
        columns.extend([Column::number("Lower limit", unit), Column::number("Upper limit", unit)]);
    }
    if targets {
        columns.push(Column::number("Target", unit));
    }
    columns.push(Column::text("Variation"));
    let mut table = Table::new(chart.about.title.clone(), columns);
    for point in &chart.points {
        let mut row =
            vec![Cell::text(point.period.to_string()), point.figure.into(), Cell::number(point.centre)];
        if limits {
            row.extend([Cell::number(point.lower), Cell::number(point.upper)]);
        }
        if targets {
            row.push(Cell::number(point.target));
        }
        row.push(Cell::text(variation(point)));
        table.push(row);
    }
    table.notes.push(format!("{}.", chart.method));
    for (at, reason) in &chart.rebases {
        table.notes.push(format!("Limits recalculated from {}: {reason}.", crate::figures::long_date(*at)));
    }
    table.notes.extend(chart.about.foot(&Frame::wide("table")));
    table
}

fn variation(point: &ControlPoint) -> String {
    if point.figure.value().is_none() {
        return String::new();
    }
    if point.ghosted {
        return "shown, left out of the limits".to_owned();
    }
    match point.rules.is_empty() {
        true => point.signal.words().to_owned(),
        false => format!("{}: {}", point.signal.words(), point.rules.join("; ")),
    }
}
