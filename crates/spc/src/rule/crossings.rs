//! The line crosses the centre unusually seldom.
//!
//! Fewer crossings than the 5% point of a binomial of n − 1 tries with a chance of one half, where n counts
//! the useful points, those not on the centre line (Anhøj and Olesen 2014, *PLoS ONE* 9(11): e113825, after
//! Chen 2010). It is a finding about the whole stretch: every useful point fires, without a direction.

use super::{Fired, Rule};
use crate::zone::Zone;

pub(super) fn mark(zones: &[Zone], fired: &mut [Fired]) {
    let (mut useful, mut crossings, mut last) = (0_usize, 0_usize, 0);
    for side in zones.iter().map(|z| z.signum()).filter(|&side| side != 0) {
        useful += 1;
        crossings += usize::from(last == -side);
        last = side;
    }
    if crossings >= fewest_crossings(useful) {
        return;
    }
    for (&zone, point) in zones.iter().zip(fired) {
        if zone != 0 {
            point.add(Rule::FewCrossings, 0);
        }
    }
}

/// The fewest crossings that chance explains among so many useful points: the smallest k at which the
/// cumulative binomial (n − 1, ½) reaches 5%.
pub(crate) fn fewest_crossings(useful: usize) -> usize {
    let tries = useful.saturating_sub(1);
    // Summed from the smallest term in logarithms, so that a series of thousands of points does not underflow.
    let mut log_term = -(tries as f64) * std::f64::consts::LN_2;
    let mut cumulative = 0.0;
    for k in 0..=tries {
        cumulative += log_term.exp();
        if cumulative >= 0.05 {
            return k;
        }
        log_term += ((tries - k) as f64 / (k + 1) as f64).ln();
    }
    tries
}
