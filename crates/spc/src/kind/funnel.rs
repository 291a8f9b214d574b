//! The funnel plot: many places at one time.
//!
//! Each point is a place, not a month. The centre is the pooled proportion, and the limits at 99.8% and 95%
//! (which are the limit and the outer boundary here) narrow as the denominator grows. They are equal on the
//! scale of arcsin √p, where the spread is 1/(2√n) whatever p is, and so never pass 0 or 1: sin²(arcsin √p ±
//! z/(2√n)), with z = 3.0902 and 1.9600 (Spiegelhalter 2005, *Statistics in Medicine* 24: 1185-1202, and its
//! peers FunnelPlotR and the Power BI charts). Only the limits are tested: there is no order in time. The funnel
//! limits that OHID publishes, from Wilson and Byar intervals, are measures with their own entry in the table of
//! measures.

use std::f64::consts::FRAC_PI_2;

use super::plots::ratio;
use super::{Fit, Kind, KindEntry, Plot, Reach, pooled};
use crate::zone::Scale;
use crate::{Column, Profile};

/// The normal quantile of 99.9%: limits that a place exceeds by chance once in a thousand on either side.
const OUTER: f64 = 3.090_232_306_167_813;
/// The normal quantile of 97.5%.
const INNER: f64 = 1.959_963_984_540_054;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Funnel,
    name: "funnel",
    aliases: &[],
    title: "Funnel plot",
    summary: "Proportions of many places at one time, against what chance allows for their size",
    limits: "centre is the pooled proportion p, limits are sin²(arcsin √p ± 3.0902 / (2 √denominator)), 99.8%",
    source: "Spiegelhalter 2005, Statistics in Medicine 24: 1185-1202",
    columns: &[Column::Denominator],
    reach: Reach::LimitsOnly,
    plots: |series| ratio(series, ENTRY.name, 1.0, 0.0),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, _: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let Some(centre) = pooled(&plots[..baseline]) else { return Fit::NOTHING };
    let angle = centre.clamp(0.0, 1.0).sqrt().asin();
    scales.extend(plots.iter().map(|plot| {
        let step = 0.5 / plot.size.sqrt();
        let at = |z: f64| (angle + z * step).clamp(0.0, FRAC_PI_2).sin().powi(2);
        Scale { centre, below: [at(-1.0), at(-INNER), at(-OUTER)], above: [at(1.0), at(INNER), at(OUTER)] }
    }));
    Fit::of(true).within(0.0, 1.0).of_any_number()
}
