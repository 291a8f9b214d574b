//! What is plotted of a series: its values, its ratios, its counts or its subgroups.

use super::constants::LARGEST;
use super::{Plot, mean};
use crate::{Reading, Series, SpcError};

/// One plot a reading, of its value as it is.
pub(super) fn plain(series: &Series) -> Vec<Plot> {
    series.readings().iter().enumerate().map(|(at, reading)| plot(at, reading)).collect()
}

fn plot(at: usize, reading: &Reading) -> Plot {
    let value = reading.value.unwrap_or(f64::NAN);
    Plot {
        reading: at,
        value,
        count: value,
        size: reading.denominator.unwrap_or(f64::NAN),
        spread: f64::NAN,
        used: reading.value.is_some() && !reading.ghosted,
    }
}

/// One plot a reading, of a count or a time, which cannot be negative.
pub(super) fn counts(series: &Series, chart: &'static str) -> Result<Vec<Plot>, SpcError> {
    let plots = plain(series);
    match plots.iter().find(|p| p.value < 0.0) {
        Some(p) => Err(out_of_range(p, chart, "zero or more")),
        None => Ok(plots),
    }
}

/// One plot a reading, of its value over its denominator, which must lie between `low` and `high`.
///
/// Nothing out of nothing is a gap: a rate of nobody has no meaning, and is not zero.
pub(super) fn ratio(
    series: &Series,
    chart: &'static str,
    high: f64,
    low: f64,
) -> Result<Vec<Plot>, SpcError> {
    let mut plots = plain(series);
    for p in &mut plots {
        if p.value.is_nan() {
            continue;
        }
        if p.size == 0.0 && p.value == 0.0 {
            (p.value, p.count, p.used) = (f64::NAN, f64::NAN, false);
            continue;
        }
        if p.size.is_nan() || p.size <= 0.0 {
            return Err(SpcError::NoDenominator { index: p.reading + 1, chart });
        }
        let value = p.value / p.size;
        if value < low {
            return Err(out_of_range(p, chart, "zero or more"));
        }
        if value > high {
            return Err(out_of_range(p, chart, "no more than its denominator"));
        }
        p.value = value;
    }
    Ok(plots)
}

fn out_of_range(plot: &Plot, chart: &'static str, expected: &'static str) -> SpcError {
    SpcError::OutOfRange { index: plot.reading + 1, chart, value: plot.count, expected }
}

/// How the spread within a subgroup is measured.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Spread {
    /// With n − 1.
    StandardDeviation,
    /// Highest less lowest.
    Range,
}

/// One plot a subgroup, of its mean. Readings next to each other belong together when they have the same
/// subgroup number, or, without one, the same period. Gaps and ghosted readings are left out of it.
pub(super) fn subgroups(series: &Series, chart: &'static str, spread: Spread) -> Result<Vec<Plot>, SpcError> {
    let readings = series.readings();
    let key = |r: &Reading| (r.subgroup, r.subgroup.is_none().then_some(r.period));
    let mut plots = Vec::new();
    let mut first = 0;
    while first < readings.len() {
        let same = |r: &Reading| key(r) == key(&readings[first]);
        let end = readings[first..].iter().position(|r| !same(r)).map_or(readings.len(), |n| first + n);
        let members = &readings[first..end];
        let used = members.iter().any(|r| r.value.is_some() && !r.ghosted);
        // A subgroup that is ghosted as a whole is still shown.
        let values: Vec<f64> =
            members.iter().filter(|r| !used || !r.ghosted).filter_map(|r| r.value).collect();
        if spread == Spread::Range && values.len() > LARGEST {
            return Err(SpcError::SubgroupTooLarge { index: first + 1, chart, size: values.len() });
        }
        let value = mean(values.iter().copied()).unwrap_or(f64::NAN);
        plots.push(Plot {
            reading: first,
            value,
            count: value,
            size: values.len() as f64,
            spread: within(&values, value, spread),
            used,
        });
        first = end;
    }
    Ok(plots)
}

fn within(values: &[f64], centre: f64, spread: Spread) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    match spread {
        Spread::StandardDeviation => {
            let squares: f64 = values.iter().map(|x| (x - centre).powi(2)).sum();
            (squares / (values.len() as f64 - 1.0)).sqrt()
        }
        Spread::Range => {
            let highest = values.iter().fold(f64::NEG_INFINITY, |most, &x| most.max(x));
            let lowest = values.iter().fold(f64::INFINITY, |least, &x| least.min(x));
            highest - lowest
        }
    }
}
