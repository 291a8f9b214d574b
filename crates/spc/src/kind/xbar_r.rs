//! Means of subgroups with limits from their ranges (x̄-R).
//!
//! The mean of means ± A2 R̄, where A2 = 3/(d2 √n). With sizes that differ, the spread is the mean of R/d2(n)
//! and the limits step with the size (Montgomery, 7th ed., sections 6.2 and 6.3). For subgroups of up to 25;
//! beyond ten the standard deviation is the better measure. The `r` chart is its lower half.

use super::constants::d2;
use super::plots::{Spread, subgroups};
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled, r};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::XbarR,
    name: "xbar-r",
    aliases: &["x̄-r", "xbarr"],
    title: "x̄ chart (with R)",
    summary: "Means of two to ten measurements at a time, with limits from the range within each time",
    limits: "centre is the mean of means, limits are ± A2 × the average range within subgroups",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 6.2",
    columns: &[Column::Subgroup],
    reach: Reach::AllRules,
    plots: |series| subgroups(series, ENTRY.name, Spread::Range),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let Some(centre) = pooled(base) else { return Fit::NOTHING };
    let within = r::unit_spread(base);
    let spread = within.unwrap_or(0.0);
    let reach = |p: &Plot| if d2(p.size).is_some() { 3.0 * spread / p.size.sqrt() } else { f64::INFINITY };
    scales.extend(plots.iter().map(|p| Scale::even(centre, reach(p))));
    Fit::of(within.is_some())
}
