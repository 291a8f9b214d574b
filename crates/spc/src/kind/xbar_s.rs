//! Means of subgroups with limits from their standard deviations (x̄-S).
//!
//! With subgroups of one size: the mean of means ± A3 s̄. With sizes that differ the means are weighted, s̄ is
//! pooled by degrees of freedom, and A3 steps with the size (Montgomery, 7th ed., section 6.3). The `s` chart is
//! its lower half. A subgroup of one has a mean and no limits.

use super::constants::c4;
use super::plots::{Spread, subgroups};
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled, s};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::XbarS,
    name: "xbar-s",
    aliases: &["xbar", "x̄-s", "xbars"],
    title: "x̄ chart (with S)",
    summary: "Means of several measurements at a time, with limits from the spread within each time",
    limits: "centre is the mean of means, limits are ± A3 × the average standard deviation within subgroups",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 6.3",
    columns: &[Column::Subgroup],
    reach: Reach::AllRules,
    plots: |series| subgroups(series, ENTRY.name, Spread::StandardDeviation),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let Some(centre) = pooled(base) else { return Fit::NOTHING };
    let within = s::average(base);
    let spread = within.unwrap_or(0.0);
    let reach = |size: f64| if size >= 2.0 { 3.0 * spread / (c4(size) * size.sqrt()) } else { f64::INFINITY };
    scales.extend(plots.iter().map(|p| Scale::even(centre, reach(p.size))));
    Fit::of(within.is_some())
}
