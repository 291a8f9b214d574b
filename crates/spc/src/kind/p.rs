//! Proportions (p): events among people, where each person can count once.
//!
//! Limits are p̄ ± 3 √(p̄(1 − p̄)/n), stepped with the denominators, and shown no further than 0 and 1
//! (Montgomery, 7th ed., section 7.2).

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::P,
    name: "p",
    aliases: &["proportion"],
    title: "p chart",
    summary: "Proportions: events among people who can each count once",
    limits: "centre is the pooled proportion p, limits are p ± 3 × √(p(1 − p)/denominator)",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 7.2",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, 1.0, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    scales.extend(plots.iter().map(|p| Scale::even(centre, 3.0 * spread(centre, p.size))));
    Fit::of(true).within(0.0, 1.0)
}

/// The standard deviation of a proportion of so many.
pub(super) fn spread(proportion: f64, size: f64) -> f64 {
    (proportion * (1.0 - proportion) / size).max(0.0).sqrt()
}
