//! The run chart: values against their median, without limits.
//!
//! The median, because half of the points of a stable process lie on either side of it whatever their
//! distribution (Perla, Provost and Murray 2011, *BMJ Quality and Safety* 20: 46-51). Rules that need limits
//! cannot fire.

use super::plots::plain;
use super::{Fit, Kind, KindEntry, Plot, Reach, median};
use crate::Profile;
use crate::zone::Scale;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Run,
    name: "run",
    aliases: &[],
    title: "Run chart",
    summary: "Values against their median, without limits: for few points, or values of any distribution",
    limits: "centre is the median, there are no limits",
    source: "Perla, Provost and Murray 2011, BMJ Quality and Safety 20: 46-51",
    columns: &[],
    reach: Reach::AllRules,
    plots: |series| Ok(plain(series)),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let used = plots[..baseline].iter().filter(|p| p.used).map(|p| p.value).collect();
    let Some(centre) = median(used) else { return Fit::NOTHING };
    scales.resize(plots.len(), Scale::unlimited(centre));
    Fit::of(true)
}
