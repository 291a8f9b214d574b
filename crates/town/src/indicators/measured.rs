//! One measure of an indicator, in figures and words.

use report::documents::{Cell, Column, Table};
use report::figures::Unit;
use vocabulary::Period;

use super::statistics::Estimated;

/// One measure of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Its name, as `het measures` knows it: `proportion`, `rate`, `sii`, `rii`, `gap`, `relative-gap`,
    /// `concentration-index`, `trend`, `inequality-trend`.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The days it is about.
    pub period: Period,
    /// Its value and intervals.
    pub estimate: Estimated,
    /// The value with its unit: `83.4%`.
    pub shown: String,
    /// The 95% interval: `81.2% to 85.6%`; empty where none can be known.
    pub shown95: String,
    /// The 99.8% interval; empty where none can be known.
    pub shown998: String,
    /// How it is worked out.
    pub method: &'static str,
    /// Where the method is from: author, year, place; empty for a figure as it was published.
    pub source: &'static str,
}

/// Where the method of a measure is from, as the table of measures has it.
pub(super) fn source(name: &str) -> &'static str {
    measures::MeasureEntry::named(name).map_or("", |entry| entry.source)
}

/// The words of an interval; empty where none is known.
pub(super) fn interval(limits: Option<(f64, f64)>, unit: Unit) -> String {
    match (limits, unit) {
        (None, _) => String::new(),
        (Some((lower, upper)), Unit::Percent | Unit::Pounds) => {
            format!("{} to {}", unit.write(lower), unit.write(upper))
        }
        (Some((lower, upper)), _) => format!("{} to {}", unit.bare(lower), unit.bare(upper)),
    }
}

/// Measures as a table, with the method and the source of each.
pub(super) fn table(name: &str, measured: &[Measured]) -> Table {
    let plain = |heading: &str| Column::number(heading, Unit::Plain);
    let mut table = Table::new(
        format!("{name}: measures"),
        vec![
            Column::text("Measure"),
            Column::text("In words"),
            plain("Value"),
            plain("Lower 95%"),
            plain("Upper 95%"),
            plain("Lower 99.8%"),
            plain("Upper 99.8%"),
            Column::text("Period"),
            Column::text("Method"),
            Column::text("Source"),
        ],
    );
    for one in measured {
        let end = |limits: Option<(f64, f64)>, upper: bool| {
            Cell::number(limits.map(|limits| if upper { limits.1 } else { limits.0 }))
        };
        let (inner, outer) = (one.estimate.interval95, one.estimate.interval998);
        table.push(vec![
            Cell::text(one.title),
            Cell::text(one.shown.clone()),
            Cell::number(Some(one.estimate.value)),
            end(inner, false),
            end(inner, true),
            end(outer, false),
            end(outer, true),
            Cell::text(one.period.to_string()),
            Cell::text(one.method),
            Cell::text(one.source),
        ]);
    }
    table
}

/// A measure with its words.
pub(super) fn one(
    (name, title, method): (&'static str, &'static str, &'static str),
    period: Period,
    estimate: Estimated,
    unit: Unit,
) -> Measured {
    Measured {
        name,
        title,
        period,
        estimate,
        shown: unit.write(estimate.value),
        shown95: interval(estimate.interval95, unit),
        shown998: interval(estimate.interval998, unit),
        method,
        source: source(name),
    }
}
