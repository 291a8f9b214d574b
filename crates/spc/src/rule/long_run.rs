//! An unusually long run on one side of the centre line.
//!
//! Longer than round(log2 n) + 3, where n counts the useful points, those not on the centre line (Anhøj and
//! Olesen 2014, *PLoS ONE* 9(11): e113825, after Schilling 2012). Points on the line are passed over.

use super::{Fired, Rule};
use crate::zone::Zone;

pub(super) fn mark(zones: &[Zone], fired: &mut [Fired]) {
    let useful = zones.iter().filter(|&&z| z != 0).count();
    let Some(longest) = longest_run_allowed(useful) else { return };
    let mut start = 0;
    while start < zones.len() {
        let side = zones[start].signum();
        let end = zones[start..].iter().position(|z| z.signum() == -side && side != 0);
        let end = if side == 0 { start + 1 } else { end.map_or(zones.len(), |n| start + n) };
        if side != 0 && zones[start..end].iter().filter(|&&z| z != 0).count() > longest {
            for (zone, point) in zones[start..end].iter().zip(&mut fired[start..end]) {
                if *zone != 0 {
                    point.add(Rule::LongRun, side);
                }
            }
        }
        start = end;
    }
}

/// The longest run that chance explains among so many useful points; `None` with no useful point.
pub(super) fn longest_run_allowed(useful: usize) -> Option<usize> {
    (useful > 0).then(|| (useful as f64).log2().round() as usize + 3)
}
