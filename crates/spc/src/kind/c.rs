//! Counts of events in an exposure that stays the same (c): c̄ ± 3 √c̄ (Montgomery, 7th ed., section 7.3).

use super::plots::counts;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean};
use crate::Profile;
use crate::zone::Scale;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::C,
    name: "c",
    aliases: &["count"],
    title: "c chart",
    summary: "Counts of events where the exposure stays the same",
    limits: "centre is the mean count c, limits are c ± 3 × √c",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 7.3",
    columns: &[],
    reach: Reach::AllRules,
    plots: |series| counts(series, ENTRY.name),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = mean(plots[..baseline].iter().filter(|p| p.used).map(|p| p.value)) else {
        return Fit::NOTHING;
    };
    scales.resize(plots.len(), Scale::even(centre, 3.0 * centre.sqrt()));
    Fit::of(true).within(0.0, f64::INFINITY)
}
