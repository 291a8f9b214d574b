//! The exponentially weighted moving average (EWMA): small shifts, with a memory that fades.
//!
//! Each point is λ of the new value and 1 − λ of the point before, starting from the mean. Limits are
//! ± 3 σ √(λ/(2 − λ) × (1 − (1 − λ)^(2i))), which widen over the first points, with λ = 0.2 (Montgomery, 7th
//! ed., section 9.2). The standard deviation is that of an XmR chart. A gap leaves the average as it is.

use super::plots::plain;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean, moving_range};
use crate::Profile;
use crate::zone::Scale;

/// The weight of the newest value.
const WEIGHT: f64 = 0.2;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Ewma,
    name: "ewma",
    aliases: &[],
    title: "EWMA chart",
    summary: "Small shifts: an average in which old values fade",
    limits: "weight 0.2; centre is the mean, limits are ± 3 standard deviations of the average, from {individuals}/3 × the average moving range",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 9.2; Roberts 1959",
    columns: &[],
    reach: Reach::LimitsOnly,
    plots: |series| Ok(plain(series)),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let base = &plots[..baseline];
    let Some(centre) = mean(base.iter().filter(|p| p.used).map(|p| p.value)) else {
        return Fit::NOTHING;
    };
    let range = moving_range(base, |plot| plot.value, profile.screen);
    let sigma = profile.individuals / 3.0 * range.unwrap_or(0.0);
    let (mut average, mut seen) = (centre, 0);
    for plot in plots.iter_mut() {
        if plot.used {
            // As a step from the old average, so that a constant series stays exactly on its centre.
            average += WEIGHT * (plot.value - average);
            seen += 1;
        }
        if plot.value.is_finite() {
            plot.value = average;
        }
        let grown = 1.0 - (1.0 - WEIGHT).powi(2 * seen.max(1));
        scales.push(Scale::even(centre, 3.0 * sigma * (WEIGHT / (2.0 - WEIGHT) * grown).sqrt()));
    }
    Fit::of(range.is_some()).without_assurance()
}
