//! Labels that do not lie on one another.

/// Moves label centres apart until no two are nearer than `gap`, keeping their order, as near as can be to where they
/// were and within `low` to `high`. Groups of touching labels move together to their common mean (pool
/// adjacent violators), so that a crowd spreads evenly about its middle. Where they cannot all fit they keep their
/// spacing and run past `high`.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Taking each label's rank times the gap from its place turns "at least a gap apart" into "never falling".
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, &index) in order.iter().enumerate() {
        pools.push((wanted[index] - rank as f64 * gap, 1));
        while let [.., (before, many), (after, more)] = pools[..]
            && before > after
        {
            pools.pop();
            pools.pop();
            let all = many + more;
            pools.push(((before * many as f64 + after * more as f64) / all as f64, all));
        }
    }
    let flat = pools.into_iter().flat_map(|(place, many)| std::iter::repeat_n(place, many));
    let room = (high - low - gap * wanted.len().saturating_sub(1) as f64).max(0.0);
    let mut placed = vec![0.0; wanted.len()];
    for ((rank, &index), place) in order.iter().enumerate().zip(flat) {
        placed[index] = place.clamp(low, low + room) + rank as f64 * gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(wanted: &[f64], expected: &[f64]) {
        assert_eq!(spread(wanted, 10.0, 0.0, 100.0), expected);
    }

    #[test]
    fn labels_move_only_as_far_as_they_must() {
        check(&[], &[]);
        check(&[20.0, 50.0], &[20.0, 50.0]);
        check(&[50.0, 50.0], &[45.0, 55.0]);
        check(&[52.0, 48.0], &[55.0, 45.0]);
        check(&[0.0, 0.0], &[0.0, 10.0]);
        check(&[100.0, 99.0], &[100.0, 90.0]);
    }

    proptest! {
        #[test]
        fn no_two_labels_touch(wanted in prop::collection::vec(0.0..100.0f64, 0..9)) {
            let mut placed = spread(&wanted, 10.0, 0.0, 100.0);
            placed.sort_by(f64::total_cmp);
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9));
            prop_assert!(placed.iter().all(|&at| (-1e-9..=100.0 + 1e-9).contains(&at)));
        }
    }
}
