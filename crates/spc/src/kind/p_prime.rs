//! Proportions with large denominators (p′).
//!
//! With thousands in every denominator the binomial limits of a p chart close on the line and every point is
//! outside. Laney's correction multiplies them by the spread that the standardised points really have, taken
//! from their moving range (Laney 2002, *Quality Engineering* 14(4): 531-537).

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, laney, p, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::PPrime,
    name: "p-prime",
    aliases: &["p'", "p′", "pp"],
    title: "p′ chart",
    summary: "Proportions with large denominators, whose binomial limits would be too narrow",
    limits: "centre is the pooled proportion p, limits are those of a p chart × the spread of the standardised points",
    source: "Laney 2002, Quality Engineering 14(4): 531-537",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, 1.0, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    laney(plots, baseline, centre, |plot| p::spread(centre, plot.size), profile, scales).within(0.0, 1.0)
}
