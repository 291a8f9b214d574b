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

/// As above with a value equal to the one before passed over; it does not fire.
fn mark_over_ties(values: &[f64], run: usize, marks: Marks, fired: &mut [Fired]) {
    let distinct: Vec<usize> = (0..values.len()).filter(|&i| i == 0 || values[i] != values[i - 1]).collect();
    let mut compact = vec![Fired::default(); distinct.len()];
    let kept: Vec<f64> = distinct.iter().map(|&i| values[i]).collect();
    mark_unbroken(&kept, run, marks, &mut compact);
    for (&i, point) in distinct.iter().zip(compact) {
        for (set, direction) in [(point.high, 1), (point.low, -1)] {
            for rule in set.iter() {
                fired[i].add(rule, direction);
            }
        }
    }
}
