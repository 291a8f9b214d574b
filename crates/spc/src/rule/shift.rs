//! A run on one side of the centre line (Western Electric 1956, test 4: eight; Nelson 1984, test 2: nine;
//! NHS England: seven).

use super::{Fired, Marks, Rule, Ties, mark_run};
use crate::zone::Zone;

pub(super) fn mark(zones: &[Zone], run: usize, ties: Ties, marks: Marks, fired: &mut [Fired]) {
    match ties {
        Ties::Break => mark_unbroken(zones, run, marks, fired),
        Ties::Skip => mark_over_ties(zones, run, marks, fired),
    }
}

fn mark_unbroken(zones: &[Zone], run: usize, marks: Marks, fired: &mut [Fired]) {
    let mut start = 0;
    for end in 0..zones.len() {
        let side = zones[end].signum();
        if side != zones[start].signum() {
            start = end;
        }
        let run_ends = zones.get(end + 1).is_none_or(|next| next.signum() != side);
        if run_ends && side != 0 {
            mark_run(fired, Rule::Shift, side, (start, end), run, marks);
        }
    }
}

/// As above with points on the line passed over: they neither add to the run nor end it, and those inside it
/// fire with it.
fn mark_over_ties(zones: &[Zone], run: usize, marks: Marks, fired: &mut [Fired]) {
    let mut start = 0;
    while start < zones.len() {
        let side = zones[start].signum();
        if side == 0 {
            start += 1;
            continue;
        }
        let end = zones[start..].iter().position(|z| z.signum() == -side).map_or(zones.len(), |n| start + n);
        let sided = |i: &usize| zones[*i] != 0;
        let complete = (start..end).filter(sided).nth(run.saturating_sub(1));
        let last = (start..end).rfind(sided);
        if let (Some(complete), Some(last)) = (complete, last) {
            let from = if marks == Marks::All { start } else { complete };
            for point in &mut fired[from..=last] {
                point.add(Rule::Shift, side);
            }
        }
        start = end;
    }
}
