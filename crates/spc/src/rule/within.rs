//! Too little variation, and two processes mixed.
//!
//! Fifteen points in a row in the inner thirds, on either side (Nelson 1984, test 7); eight in a row on both
//! sides with none in the inner thirds (Nelson 1984, test 8). Neither points up or down.

use super::{Fired, Marks, Rule, mark_run};
use crate::zone::Zone;

pub(super) fn mark(zones: &[Zone], run: usize, marks: Marks, fired: &mut [Fired]) {
    for bounds in runs(zones, |zone| zone.abs() <= 1) {
        mark_run(fired, Rule::Within, 0, bounds, run, marks);
    }
}

pub(super) fn mark_mixture(zones: &[Zone], run: usize, marks: Marks, fired: &mut [Fired]) {
    for (start, end) in runs(zones, |zone| zone.abs() > 1) {
        for first in start..(end + 2).saturating_sub(run).max(start) {
            let window = &zones[first..first + run];
            if window.iter().any(|&z| z > 0) && window.iter().any(|&z| z < 0) {
                mark_run(fired, Rule::Mixture, 0, (first, first + run - 1), run, marks);
            }
        }
    }
}

/// The first and last place of every stretch of points for which `holds`.
fn runs(zones: &[Zone], holds: impl Fn(Zone) -> bool) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + zones[from..].iter().position(|&z| holds(z))?;
        let end = zones[start..].iter().position(|&z| !holds(z)).map_or(zones.len(), |n| start + n);
        from = end;
        Some((start, end - 1))
    })
}
