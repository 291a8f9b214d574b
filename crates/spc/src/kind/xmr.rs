//! Individual values with limits from their average moving range (XmR).
//!
//! Limits are the mean ± k × the average moving range of two neighbours, with k = 2.66 in NHS England's tools
//! and 3/1.128 in Montgomery's. The moving range, not the standard deviation, because a shift inflates the
//! standard deviation of the very series it should be seen against (Wheeler 1993, *Understanding Variation*).
//! A gap or a ghosted point has no moving range on either side of it.

use super::{Fit, Kind, KindEntry, Plot, mean, plain_plots};
use crate::zone::Scale;
use crate::{Profile, Series};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Individuals,
    name: "xmr",
    aliases: &["i", "x", "individuals", "xmR"],
    title: "XmR chart",
    summary: "Single values over time, such as a monthly percentage: the usual choice",
    limits: "centre is the mean, limits are the mean ± {individuals} × the average moving range",
    source: "Shewhart 1931; Wheeler 1993, Understanding Variation; NHS England, Making Data Count",
    columns: &[],
};

pub(super) fn plots(series: &Series) -> Vec<Plot> {
    plain_plots(series)
}

pub(super) fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let used = base.iter().filter(|p| p.used).count();
    let Some(centre) = mean(base.iter().filter(|p| p.used).map(|p| p.value)) else {
        return Fit::from(0, false, profile);
    };
    let range = average_moving_range(base, profile.screen);
    let scale = Scale::even(centre, profile.individuals * range.unwrap_or(0.0));
    scales.resize(plots.len(), scale);
    Fit::from(used, range.is_some(), profile)
}

/// The average distance between neighbours; `None` when no two usable points are neighbours.
///
/// With a screen, ranges at or above that many times the average are left out, once, and the average is taken
/// again (Nelson 1982, *Journal of Quality Technology* 14(3): 172-173).
pub(super) fn average_moving_range(plots: &[Plot], screen: Option<f64>) -> Option<f64> {
    let ranges = || {
        let pairs = plots.windows(2).filter(|pair| pair[0].used && pair[1].used);
        pairs.map(|pair| (pair[1].value - pair[0].value).abs())
    };
    let average = mean(ranges())?;
    match screen {
        None => Some(average),
        Some(times) if average > 0.0 => mean(ranges().filter(|&range| range < times * average)),
        Some(_) => Some(0.0),
    }
}
