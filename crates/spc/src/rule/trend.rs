//! A run of points each higher, or each lower, than the one before (Nelson 1984, test 3: six points; NHS
//! England: seven points, which is six steps).

use super::{Fired, Marks, Rule, Ties, mark_run};

pub(super) fn mark(values: &[f64], run: usize, ties: Ties, marks: Marks, fired: &mut [Fired]) {
    match ties {
        Ties::Break => mark_unbroken(values, run, marks, fired),
        Ties::Skip => mark_over_ties(values, run, marks, fired),
    }
}

fn step(from: f64, to: f64) -> i8 {
    i8::from(to > from) - i8::from(to < from)
}

fn mark_unbroken(values: &[f64], run: usize, marks: Marks, fired: &mut [Fired]) {
    let (mut start, mut going) = (0, 0);
    for end in 1..values.len() {
        let now = step(values[end - 1], values[end]);
        if now != going {
            if going != 0 {
                mark_run(fired, Rule::Trend, going, (start, end - 1), run, marks);
            }
            (start, going) = (end - 1, now);
        }
    }
    if going != 0 {
        mark_run(fired, Rule::Trend, going, (start, values.len() - 1), run, marks);
    }
}

/// As above with a value equal to the one before passed over: it neither adds to the run nor ends it, and fires
/// with the run when it lies inside it. A run begins at the last of equal values and ends at the first of them.
fn mark_over_ties(values: &[f64], run: usize, marks: Marks, fired: &mut [Fired]) {
    let distinct: Vec<usize> = (0..values.len()).filter(|&i| i == 0 || values[i] != values[i - 1]).collect();
    let kept: Vec<f64> = distinct.iter().map(|&i| values[i]).collect();
    let mut compact = vec![Fired::default(); distinct.len()];
    mark_unbroken(&kept, run, marks, &mut compact);
    for (n, &first) in distinct.iter().enumerate() {
        let last = distinct.get(n + 1).map_or(values.len(), |&next| next) - 1;
        if first == last || marks == Marks::Completing {
            fired[first].join(compact[n]);
            continue;
        }
        let before = n.checked_sub(1).map_or(Fired::default(), |n| compact[n]);
        let after = compact.get(n + 1).copied().unwrap_or_default();
        fired[first].join(compact[n].both(before));
        fired[last].join(compact[n].both(after));
        for point in &mut fired[first + 1..last] {
            point.join(compact[n].both(before).both(after));
        }
    }
}
