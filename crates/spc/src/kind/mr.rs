//! The moving range between neighbours (MR).
//!
//! The lower half of an XmR chart: the distance of each point from the one before. The centre is the average
//! moving range and the upper limit is D4 = 3.267 times it (Montgomery, 7th ed., section 6.4 and appendix VI);
//! the lower limit is zero. Neighbouring ranges share a point, so runs among them mean nothing and only the
//! limit is tested (Wheeler and Stauffer 2017). The first point has no range and is shown as a gap, so that
//! rows stay in step with the readings.

use super::plots::plain;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean};
use crate::Profile;
use crate::zone::Scale;

/// D4 for two points.
const UPPER: f64 = 3.267;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::MovingRange,
    name: "mr",
    aliases: &["moving-range"],
    title: "Moving range chart",
    summary: "How far each value lies from the one before: the lower half of an XmR chart",
    limits: "centre is the average moving range, the upper limit is 3.267 × that",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 6.4",
    columns: &[],
    reach: Reach::LimitsOnly,
    plots: |series| {
        let values = plain(series);
        let mut ranges = values.clone();
        for (at, range) in ranges.iter_mut().enumerate() {
            let before = at.checked_sub(1).map(|i| values[i]).filter(|p| p.used && range.used);
            range.value = before.map_or(f64::NAN, |p| (range.value - p.value).abs());
            range.used = before.is_some();
        }
        Ok(ranges)
    },
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    // The range across a rebase belongs to neither part.
    if let Some(first) = plots.first_mut() {
        (first.value, first.used) = (f64::NAN, false);
    }
    let Some(centre) = mean(plots[..baseline].iter().filter(|p| p.used).map(|p| p.value)) else {
        return Fit::NOTHING;
    };
    scales.resize(plots.len(), Scale::even(centre, (UPPER - 1.0) * centre));
    Fit::of(true).within(0.0, f64::INFINITY)
}
