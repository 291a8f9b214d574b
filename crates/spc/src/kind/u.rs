//! Rates (u): events per unit of exposure, where one unit can have several.
//!
//! Limits are ū ± 3 √(ū/n), stepped with the exposures, and not below zero (Montgomery, 7th ed., section 7.3).

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::U,
    name: "u",
    aliases: &["rate"],
    title: "u chart",
    summary: "Rates: events per person, bed day or other exposure",
    limits: "centre is the pooled rate u, limits are u ± 3 × √(u/denominator)",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 7.3",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, f64::INFINITY, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    scales.extend(plots.iter().map(|p| Scale::even(centre, 3.0 * (centre / p.size).sqrt())));
    Fit::of(true).within(0.0, f64::INFINITY)
}
