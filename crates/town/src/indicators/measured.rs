//! The measures that fit an indicator's figures, worked out for the latest period that has them.

use report::figures::Unit;
use vocabulary::Period;

use super::analysis::{Analysis, PlaceRole};
use super::choice::Inequality;
use super::drawing::difference_unit;
use super::statistics::Estimated;

/// One measure of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Its name, as `het measures` knows it: `proportion`, `rate`, `sii`, `rii`, `gap`, `relative-gap`.
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
}

/// Every measure that fits.
pub(crate) fn measured(analysis: &Analysis) -> Vec<Measured> {
    let mut found: Vec<Measured> = level(analysis).into_iter().collect();
    let Some(gradient) = &analysis.gradient else { return found };
    for measure in Inequality::ALL {
        let Some(estimate) = measure.of(gradient) else { continue };
        let unit = if measure.is_ratio() { Unit::Plain } else { difference_unit(analysis.unit()) };
        let names = (measure.name(), measure.title(), measure.method());
        found.push(one(names, gradient.period, estimate, unit));
    }
    found
}

fn level(analysis: &Analysis) -> Option<Measured> {
    let latest = analysis.points.iter().rev().find(|point| point.figure.value().is_some())?;
    let town = analysis.places.iter().find(|place| place.role == PlaceRole::Town)?;
    let names = match analysis.indicator.statistic.as_str() {
        "proportion" => ("proportion", "Proportion", "events as a share of people; Wilson's score interval"),
        "rate" => ("rate", "Rate", "events per people; exact interval below 10 events, Byar's from 10"),
        _ => ("value", "Value", "as published; no interval without counts"),
    };
    Some(one(names, latest.period, town.estimate?, analysis.unit()))
}

fn one(
    (name, title, method): (&'static str, &'static str, &'static str),
    period: Period,
    estimate: Estimated,
    unit: Unit,
) -> Measured {
    let interval = |limits: Option<(f64, f64)>| match (limits, unit) {
        (None, _) => String::new(),
        (Some((lower, upper)), Unit::Percent | Unit::Pounds) => {
            format!("{} to {}", unit.write(lower), unit.write(upper))
        }
        (Some((lower, upper)), _) => format!("{} to {}", unit.bare(lower), unit.bare(upper)),
    };
    Measured {
        name,
        title,
        period,
        estimate,
        shown: unit.write(estimate.value),
        shown95: interval(estimate.interval95),
        shown998: interval(estimate.interval998),
        method,
    }
}
