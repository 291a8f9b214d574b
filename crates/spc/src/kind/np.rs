//! Counts of people with an event among a number that stays the same (np): np̄ ± 3 √(np̄(1 − p̄))
//! (Montgomery, 7th ed., section 7.2). Where the number differs the line and the limits step with it.

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Np,
    name: "np",
    aliases: &[],
    title: "np chart",
    summary: "Counts of people with an event among a number that stays about the same",
    limits: "centre is n × the pooled proportion p, limits are np ± 3 × √(np(1 − p))",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 7.2",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, 1.0, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(p) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    for plot in plots.iter_mut() {
        // Worked as proportions up to here; plotted as counts.
        plot.value = plot.count;
        scales.push(Scale::even(plot.size * p, 3.0 * (plot.size * p * (1.0 - p)).max(0.0).sqrt()));
    }
    Fit::of(true).within(0.0, f64::INFINITY)
}
