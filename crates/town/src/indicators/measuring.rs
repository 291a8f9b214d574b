//! The measures that fit an indicator's figures, worked out for the latest period that has them.

use report::figures::Unit;

use super::analysis::{Analysis, PlaceRole};
use super::choice::Inequality;
use super::drawing::difference_unit;
use super::measured::{Measured, one};
use super::trends;

/// Every measure that fits.
pub(crate) fn measured(analysis: &Analysis) -> Vec<Measured> {
    let mut found: Vec<Measured> = level(analysis).into_iter().chain(trends::recent(analysis)).collect();
    let Some(gradient) = &analysis.gradient else { return found };
    for measure in Inequality::ALL {
        let Some(estimate) = measure.of(gradient) else { continue };
        let unit = if measure.is_ratio() { Unit::Plain } else { difference_unit(analysis.unit()) };
        let names = (measure.name(), measure.title(), measure.method());
        found.push(one(names, gradient.period, estimate, unit));
    }
    if let Some(index) = gradient.concentration {
        let names = (
            CONCENTRATION,
            "Concentration index",
            "from −1 (all among the most deprived) to 1 (all among the least deprived), groups in the order of deprivation",
        );
        found.push(one(names, gradient.period, index, Unit::Plain));
    }
    found.extend(trends::in_inequality(analysis));
    found
}

const CONCENTRATION: &str = "concentration-index";

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
