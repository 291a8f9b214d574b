//! Which ward each small area lies in.
//!
//! Wards grow from areas that lie far apart, one neighbouring area at a time and the smallest ward first, so
//! that every ward is in one piece and none is much larger than another.

use std::collections::{BTreeMap, BTreeSet};

use super::borders::Mark;
use super::cells::Point;

/// How many wards the town has.
pub(crate) const WARDS: usize = 20;

/// The ward number (from 0) of each area, given each area's ring and centre.
pub(crate) fn grow(rings: &[Vec<Mark>], centres: &[Point]) -> Vec<usize> {
    let beside = neighbours(rings);
    let starts = far_apart(centres);
    let mut ward: Vec<Option<usize>> = vec![None; rings.len()];
    let mut sizes = vec![1_usize; starts.len()];
    for (number, &start) in starts.iter().enumerate() {
        ward[start] = Some(number);
    }
    loop {
        // The smallest ward that can still grow takes its free neighbour nearest to where it began.
        let next = (0..starts.len())
            .filter_map(|number| {
                let home = centres[starts[number]];
                let free = (0..rings.len())
                    .filter(|&area| ward[area].is_none())
                    .filter(|&area| beside[area].iter().any(|&other| ward[other] == Some(number)))
                    .min_by(|&a, &b| distance(home, centres[a]).total_cmp(&distance(home, centres[b])))?;
                Some((sizes[number], number, free))
            })
            .min();
        let Some((_, number, area)) = next else { break };
        ward[area] = Some(number);
        sizes[number] += 1;
    }
    ward.into_iter().map(Option::unwrap_or_default).collect()
}

/// For each area, those that share a side with it.
fn neighbours(rings: &[Vec<Mark>]) -> Vec<BTreeSet<usize>> {
    let mut owner: BTreeMap<(Mark, Mark), usize> = BTreeMap::new();
    let mut beside = vec![BTreeSet::new(); rings.len()];
    for (area, ring) in rings.iter().enumerate() {
        for side in ring.windows(2) {
            if let Some(&other) = owner.get(&(side[1], side[0])) {
                beside[area].insert(other);
                beside[other].insert(area);
            }
            owner.insert((side[0], side[1]), area);
        }
    }
    beside
}

/// Areas to begin from, each the furthest from those before it; the first is the one furthest west.
fn far_apart(centres: &[Point]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::with_capacity(WARDS);
    while starts.len() < WARDS.min(centres.len()) {
        let score = |area: usize| {
            let nearest =
                starts.iter().map(|&s| distance(centres[s], centres[area])).fold(f64::INFINITY, f64::min);
            if starts.is_empty() { -centres[area][0] } else { nearest }
        };
        let next = (0..centres.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)));
        starts.extend(next);
    }
    starts
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
