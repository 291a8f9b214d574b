//! Standard deviations within subgroups (S): the lower half of an x̄-S chart. s̄ ± 3 s̄ √(1 − c4²)/c4, not below
//! zero (Montgomery, 7th ed., section 6.3).

use super::constants::c4;
use super::plots::{Spread, subgroups};
use super::{Fit, Kind, KindEntry, Plot, Reach, mean};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::S,
    name: "s",
    aliases: &[],
    title: "S chart",
    summary: "The spread within each time: the lower half of an x̄-S chart",
    limits: "centre is the average standard deviation, limits are B3 and B4 × that",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 6.3",
    columns: &[Column::Subgroup],
    reach: Reach::AllRules,
    plots: |series| {
        let mut plots = subgroups(series, ENTRY.name, Spread::StandardDeviation)?;
        for plot in &mut plots {
            plot.value = plot.spread;
            plot.used &= plot.spread.is_finite();
        }
        Ok(plots)
    },
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = average(&plots[..baseline]) else { return Fit::NOTHING };
    let reach = |size: f64| match c4(size) {
        bias if bias > 0.0 => 3.0 * centre * (1.0 - bias * bias).sqrt() / bias,
        _ => f64::INFINITY,
    };
    scales.extend(plots.iter().map(|p| Scale::even(centre, reach(p.size))));
    Fit::of(true).within(0.0, f64::INFINITY)
}

/// The average standard deviation: the mean when every subgroup has one size, otherwise pooled by degrees of
/// freedom. `None` when no subgroup has two measurements.
pub(super) fn average(plots: &[Plot]) -> Option<f64> {
    let able = || plots.iter().filter(|p| p.used && p.spread.is_finite());
    let first = able().next()?.size;
    if able().all(|p| p.size == first) {
        return mean(able().map(|p| p.spread));
    }
    let sum = |of: fn(&Plot) -> f64| able().map(of).sum::<f64>();
    Some((sum(|p| (p.size - 1.0) * p.spread * p.spread) / sum(|p| p.size - 1.0)).sqrt())
}
