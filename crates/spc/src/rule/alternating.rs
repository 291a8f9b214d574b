//! Points that go up and down in turn (Nelson 1984, test 4: fourteen points). Points neither up nor down.

use super::{Fired, Marks, Rule, mark_run};

pub(super) fn mark(values: &[f64], run: usize, marks: Marks, fired: &mut [Fired]) {
    let mut start = 0;
    for end in 1..values.len() {
        let flat = values[end] == values[end - 1];
        let turned = end >= 2 && (values[end] > values[end - 1]) == (values[end - 1] < values[end - 2]);
        if flat {
            mark_run(fired, Rule::Alternating, 0, (start, end - 1), run, marks);
            start = end;
        } else if end >= 2 && start < end - 1 && !turned {
            mark_run(fired, Rule::Alternating, 0, (start, end - 1), run, marks);
            start = end - 1;
        }
    }
    if !values.is_empty() {
        mark_run(fired, Rule::Alternating, 0, (start, values.len() - 1), run, marks);
    }
}
