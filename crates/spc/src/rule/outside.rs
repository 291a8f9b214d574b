//! Beyond a limit: Shewhart's own rule (Shewhart 1931; Western Electric 1956, test 1; Nelson 1984, test 1).

use super::{Fired, Rule};
use crate::zone::Zone;

pub(super) fn mark(zones: &[Zone], fired: &mut [Fired]) {
    for (&zone, point) in zones.iter().zip(fired) {
        if zone.abs() > 3 {
            point.add(Rule::Outside, zone);
        }
    }
}
