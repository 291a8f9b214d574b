//! So many of so many successive points far from the centre on one side: two of three in the outer third
//! (Western Electric 1956, test 2; Nelson 1984, test 5; NHS England), four of five beyond the inner third
//! (Western Electric 1956, test 3; Nelson 1984, test 6).

use super::{Fired, Marks, Rule};
use crate::zone::Zone;

#[derive(Clone, Copy)]
pub(super) struct Window {
    pub need: usize,
    pub of: usize,
    pub thirds: i8,
    pub outside_counts: bool,
    pub all_one_side: bool,
}

impl Window {
    fn beyond(&self, zone: Zone, side: i8) -> bool {
        let far = zone * side;
        far > self.thirds && (self.outside_counts || far < 4)
    }
}

pub(super) fn mark(zones: &[Zone], rule: Rule, window: Window, marks: Marks, fired: &mut [Fired]) {
    for side in [1, -1] {
        // Most series never go that far: one cheap pass spares them the windows.
        let far = zones.iter().filter(|&&z| window.beyond(z, side)).count();
        if far >= window.need {
            mark_side(zones, rule, window, marks, side, fired);
        }
    }
}

fn mark_side(zones: &[Zone], rule: Rule, window: Window, marks: Marks, side: i8, fired: &mut [Fired]) {
    for end in 0..zones.len() {
        // A pattern may be complete before the series is as long as the window: two points are two of three.
        let start = (end + 1).saturating_sub(window.of);
        let points = &zones[start..=end];
        if !window.beyond(zones[end], side) && marks == Marks::Completing {
            continue;
        }
        let enough = points.iter().filter(|&&z| window.beyond(z, side)).count() >= window.need;
        let sided =
            !window.all_one_side || (points.len() == window.of && points.iter().all(|z| z.signum() == side));
        if !enough || !sided {
            continue;
        }
        let from = if marks == Marks::Completing { end } else { start };
        for i in from..=end {
            if window.beyond(zones[i], side) {
                fired[i].add(rule, side);
            }
        }
    }
}
