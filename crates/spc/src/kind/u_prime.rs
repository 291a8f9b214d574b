//! Rates with large exposures (u′): Laney's correction of a u chart, as p′ is of a p chart (Laney 2002,
//! *Quality Engineering* 14(4): 531-537).

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, laney, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::UPrime,
    name: "u-prime",
    aliases: &["u'", "u′", "up"],
    title: "u′ chart",
    summary: "Rates with large exposures, whose Poisson limits would be too narrow",
    limits: "centre is the pooled rate u, limits are those of a u chart × the spread of the standardised points",
    source: "Laney 2002, Quality Engineering 14(4): 531-537",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, f64::INFINITY, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    let spread = |plot: &Plot| (centre / plot.size).sqrt();
    laney(plots, baseline, centre, spread, profile, scales).within(0.0, f64::INFINITY)
}
