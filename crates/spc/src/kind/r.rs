//! Ranges within subgroups (R): the lower half of an x̄-R chart. R̄ ± 3 d3/d2 R̄, not below zero (Montgomery,
//! 7th ed., section 6.2).

use super::constants::{d2, d3};
use super::plots::{Spread, subgroups};
use super::{Fit, Kind, KindEntry, Plot, Reach, mean};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::R,
    name: "r",
    aliases: &["range"],
    title: "R chart",
    summary: "The range within each time: the lower half of an x̄-R chart",
    limits: "centre is the average range, limits are D3 and D4 × that",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 6.2",
    columns: &[Column::Subgroup],
    reach: Reach::AllRules,
    plots: |series| {
        let mut plots = subgroups(series, ENTRY.name, Spread::Range)?;
        for plot in &mut plots {
            plot.value = plot.spread;
            plot.used &= plot.spread.is_finite();
        }
        Ok(plots)
    },
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(unit) = unit_spread(&plots[..baseline]) else { return Fit::NOTHING };
    let scale = |p: &Plot| match d2(p.size).zip(d3(p.size)) {
        Some((d2, d3)) => Scale::even(d2 * unit, 3.0 * d3 * unit),
        None => Scale::unlimited(unit),
    };
    scales.extend(plots.iter().map(scale));
    Fit::of(true).within(0.0, f64::INFINITY)
}

/// The spread of one measurement: the mean of R/d2. `None` when no subgroup has two measurements.
pub(super) fn unit_spread(plots: &[Plot]) -> Option<f64> {
    mean(plots.iter().filter(|p| p.used).filter_map(|p| Some(p.spread / d2(p.size)?)))
}
