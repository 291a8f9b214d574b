//! The tabular cumulative sum (CUSUM): small shifts that last.
//!
//! Two sums start at zero: one grows with every value more than k above the centre, one with every value more
//! than k below; a sum beyond h is a signal. k is half a standard deviation and h is five, which catch a shift
//! of one standard deviation in about ten points and raise a false alarm once in 465 (Montgomery, 7th ed.,
//! section 9.1). The larger of the two is plotted, the lower one as a negative number; the centre is zero. The
//! standard deviation is that of an XmR chart, so a shift does not hide itself. A gap leaves the sums as they
//! are.

use super::plots::plain;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean, moving_range};
use crate::Profile;
use crate::zone::Scale;

/// The reference value, in standard deviations.
const K: f64 = 0.5;
/// The decision interval, in standard deviations.
const H: f64 = 5.0;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::Cusum,
    name: "cusum",
    aliases: &[],
    title: "CUSUM chart",
    summary: "Small shifts that last: sums of what is more than half a standard deviation from the mean",
    limits: "tabular sums with k = 0.5 and h = 5 standard deviations, from {individuals}/3 × the average moving range",
    source: "Montgomery, Introduction to Statistical Quality Control, 7th ed., section 9.1",
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
    let (mut above, mut below) = (0.0_f64, 0.0_f64);
    for plot in plots.iter_mut() {
        if plot.used {
            above = (above + plot.value - centre - K * sigma).max(0.0);
            below = (below + centre - plot.value - K * sigma).max(0.0);
        }
        if plot.value.is_finite() {
            plot.value = if above >= below { above } else { -below };
        }
    }
    scales.resize(plots.len(), Scale::even(0.0, H * sigma));
    Fit::of(range.is_some()).without_assurance()
}
