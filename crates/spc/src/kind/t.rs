//! Time between rare events (t).
//!
//! Such times are exponential, and y^(1/3.6) of them is close to normal (Nelson 1994, *Journal of Quality
//! Technology* 26(3): 239-241). Limits are those of an XmR chart of the transformed times, turned back. A time
//! of zero (two events on a day) is an ordinary value; a lower limit below zero is shown as zero.

use super::plots::counts;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean, moving_range};
use crate::Profile;
use crate::zone::Scale;

const POWER: f64 = 3.6;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::T,
    name: "t",
    aliases: &["time-between"],
    title: "t chart",
    summary: "How long it was between rare events",
    limits: "of the times to the power 1/3.6: centre is the mean, limits are the mean ± {individuals} × the average moving range; shown turned back",
    source: "Nelson 1994, Journal of Quality Technology 26(3): 239-241",
    columns: &[],
    reach: Reach::AllRules,
    plots: |series| counts(series, ENTRY.name),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let root = |plot: &Plot| plot.value.powf(1.0 / POWER);
    let Some(centre) = mean(base.iter().filter(|p| p.used).map(root)) else { return Fit::NOTHING };
    let range = moving_range(base, root, profile.screen);
    let flat = Scale::even(centre, profile.individuals * range.unwrap_or(0.0));
    let back = |x: f64| x.max(0.0).powf(POWER);
    // Equal times come back from the roots a little changed, and must not lie off their own centre.
    let same = base.iter().find(|p| p.used).map(|p| p.value).filter(|_| range == Some(0.0));
    let scale = match same {
        Some(value) => Scale::even(value, 0.0),
        None => Scale { centre: back(flat.centre), below: flat.below.map(back), above: flat.above.map(back) },
    };
    scales.resize(plots.len(), scale);
    Fit::of(range.is_some()).within(0.0, f64::INFINITY)
}
