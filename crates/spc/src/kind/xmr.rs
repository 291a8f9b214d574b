//! Individual values with limits from their average moving range (XmR).
//!
//! Limits are the mean ± k × the average moving range of two neighbours, with k = 2.66 in NHS England's tools
//! and 3/1.128 in Montgomery's (7th ed., section 6.4). The moving range, not the standard deviation, because a
//! shift inflates the standard deviation of the very series it should be seen against (Wheeler 1993,
//! *Understanding Variation*). A gap or a ghosted point has no moving range on either side of it.

use super::plots::plain;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean, moving_range};
use crate::Profile;
use crate::zone::Scale;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Individuals,
    name: "xmr",
    aliases: &["i", "x", "individuals"],
    title: "XmR chart",
    summary: "Single values over time, such as a monthly percentage: the usual choice",
    limits: "centre is the mean, limits are the mean ± {individuals} × the average moving range",
    source: "Shewhart 1931; Wheeler 1993, Understanding Variation; NHS England, Making Data Count",
    columns: &[],
    reach: Reach::AllRules,
    plots: |series| Ok(plain(series)),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let Some(centre) = mean(base.iter().filter(|p| p.used).map(|p| p.value)) else {
        return Fit::NOTHING;
    };
    let range = moving_range(base, |plot| plot.value, profile.screen);
    let scale = Scale::even(centre, profile.individuals * range.unwrap_or(0.0));
    scales.resize(plots.len(), scale);
    Fit::of(range.is_some())
}
