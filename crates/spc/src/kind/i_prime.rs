//! Individual ratios whose denominators differ (I′).
//!
//! The centre is the weighted mean; the spread of each point shrinks with its own denominator. Moving ranges
//! are put on one footing first: |difference| × √(π/2) / √(1/n₁ + 1/n₂) estimates the spread of one unit of
//! denominator, and limits are ± 3 of that × √(1/n) (Taylor 2017, *Normalized Individuals Control Chart*).
//! Unlike p′ and u′ it assumes no binomial or Poisson, so it serves averages and costs per head as well.

use std::f64::consts::FRAC_PI_2;

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean_screened, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::IndividualsPrime,
    name: "i-prime",
    aliases: &["i'", "i′", "ip"],
    title: "I′ chart",
    summary: "Ratios or averages whose denominators differ, of any distribution",
    limits: "centre is the weighted mean, limits are ± 3 × the average normalised moving range × √(1/denominator)",
    source: "Taylor 2017, Normalized Individuals (I-N) Control Chart",
    columns: &[Column::Denominator],
    reach: Reach::AllRules,
    plots: |series| ratio(series, ENTRY.name, f64::INFINITY, f64::NEG_INFINITY),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let Some(centre) = pooled(base) else { return Fit::NOTHING };
    let pairs = || base.windows(2).filter(|pair| pair[0].used && pair[1].used);
    let normalised = || {
        pairs().map(|pair| {
            let width = (1.0 / pair[0].size + 1.0 / pair[1].size).sqrt();
            (pair[1].value - pair[0].value).abs() * FRAC_PI_2.sqrt() / width
        })
    };
    let spread = mean_screened(normalised, profile.screen);
    let unit = spread.unwrap_or(0.0);
    scales.extend(plots.iter().map(|p| Scale::even(centre, 3.0 * unit / p.size.sqrt())));
    Fit::of(spread.is_some())
}
