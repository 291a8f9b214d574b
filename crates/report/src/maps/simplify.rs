//! Fewer corners, with neighbours still meeting.
//!
//! Each ring is cut where three or more borders meet, and every border is simplified once, in one direction, whichever
//! area it is met in: Douglas and Peucker, Algorithms for the reduction of the number of points required to represent
//! a digitized line or its caricature, Cartographica 10(2), 1973. Simplifying each ring by itself, as is
//! common, leaves slivers and overlaps between neighbours.

use std::collections::HashMap;

use super::geometry::Tenth;

/// Simplifies every ring so that no point moves by more than `tolerance` tenths of a pixel. Rings that shrink below
/// three corners keep their extremes as a triangle, so that a small area never vanishes.
pub(super) fn simplify(areas: &[Vec<Vec<Tenth>>], tolerance: f64) -> Vec<Vec<Vec<Tenth>>> {
    let meeting = meeting_points(areas);
    let ring = |ring: &Vec<Tenth>| {
        let simple = simplify_ring(ring, &meeting, tolerance);
        if simple.len() >= 3 { simple } else { triangle(ring) }
    };
    areas.iter().map(|rings| rings.iter().map(ring).collect()).collect()
}

/// The points where a ring has to be cut: those with more than two different neighbours over all rings, and those where
/// a shared border ends (a point with a different number of areas than the point beside it).
fn meeting_points(areas: &[Vec<Vec<Tenth>>]) -> HashMap<Tenth, bool> {
    let mut neighbours: HashMap<Tenth, Vec<Tenth>> = HashMap::new();
    for ring in areas.iter().flatten() {
        for (index, &point) in ring.iter().enumerate() {
            let known = neighbours.entry(point).or_default();
            for other in [ring[(index + ring.len() - 1) % ring.len()], ring[(index + 1) % ring.len()]] {
                if !known.contains(&other) {
                    known.push(other);
                }
            }
        }
    }
    neighbours.into_iter().map(|(point, known)| (point, known.len() != 2)).collect()
}

fn simplify_ring(ring: &[Tenth], meeting: &HashMap<Tenth, bool>, tolerance: f64) -> Vec<Tenth> {
    let is_cut = |point: &Tenth| meeting.get(point).copied().unwrap_or(false);
    let cuts: Vec<usize> = (0..ring.len()).filter(|&index| is_cut(&ring[index])).collect();
    if cuts.len() < 2 {
        return simplify_island(ring, cuts.first().copied(), tolerance);
    }
    let mut simple = Vec::with_capacity(ring.len());
    for (at, &from) in cuts.iter().enumerate() {
        let to = cuts[(at + 1) % cuts.len()];
        let many = (to + ring.len() - from - 1) % ring.len() + 1;
        let border: Vec<Tenth> = (0..=many).map(|step| ring[(from + step) % ring.len()]).collect();
        let kept = simplify_border(border, tolerance);
        simple.extend_from_slice(&kept[..kept.len() - 1]);
    }
    simple
}

/// A ring that meets its neighbours nowhere or in one point only: cut at its least point (or at that point) and at the
/// point farthest from it.
fn simplify_island(ring: &[Tenth], cut: Option<usize>, tolerance: f64) -> Vec<Tenth> {
    let start = cut.or_else(|| (0..ring.len()).min_by_key(|&index| ring[index])).unwrap_or(0);
    let turned: Vec<Tenth> = (0..ring.len()).map(|step| ring[(start + step) % ring.len()]).collect();
    let Some(&first) = turned.first() else { return Vec::new() };
    let far =
        (1..turned.len()).max_by_key(|&index| (square(first, turned[index]), turned[index])).unwrap_or(0);
    let mut back = turned[far..].to_vec();
    back.push(first);
    let mut simple = simplify_border(turned[..=far].to_vec(), tolerance);
    simple.pop();
    let back = simplify_border(back, tolerance);
    simple.extend_from_slice(&back[..back.len() - 1]);
    simple
}

/// Simplifies a border in the direction that both its sides agree on.
fn simplify_border(mut border: Vec<Tenth>, tolerance: f64) -> Vec<Tenth> {
    let reversed = border.iter().rev().lt(border.iter());
    if reversed {
        border.reverse();
    }
    let mut keep = vec![false; border.len()];
    let last = border.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let distance = |index: usize| from_line(border[index], border[from], border[to]);
        let farthest = (from + 1..to).max_by(|&a, &b| distance(a).total_cmp(&distance(b)));
        if let Some(index) = farthest.filter(|&index| distance(index) > tolerance) {
            keep[index] = true;
            open.push((from, index));
            open.push((index, to));
        }
    }
    let mut simple: Vec<Tenth> =
        border.into_iter().zip(keep).filter_map(|(point, keep)| keep.then_some(point)).collect();
    if reversed {
        simple.reverse();
    }
    simple
}

fn from_line(point: Tenth, from: Tenth, to: Tenth) -> f64 {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let (px, py) = (f64::from(point.0 - from.0), f64::from(point.1 - from.1));
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (px - along * dx).hypot(py - along * dy)
}

fn square(a: Tenth, b: Tenth) -> i64 {
    let (dx, dy) = (i64::from(a.0) - i64::from(b.0), i64::from(a.1) - i64::from(b.1));
    dx * dx + dy * dy
}

/// Three corners that stand for a ring too small to simplify.
fn triangle(ring: &[Tenth]) -> Vec<Tenth> {
    if ring.len() <= 3 {
        return ring.to_vec();
    }
    vec![ring[0], ring[ring.len() / 3], ring[2 * ring.len() / 3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two squares side by side whose shared border wiggles by a tenth of a pixel.
    fn neighbours() -> Vec<Vec<Vec<Tenth>>> {
        let left = vec![(0, 0), (100, 0), (101, 25), (99, 50), (101, 75), (100, 100), (0, 100)];
        let right = vec![(100, 0), (200, 0), (200, 100), (100, 100), (101, 75), (99, 50), (101, 25)];
        vec![vec![left], vec![right]]
    }

    #[test]
    fn neighbours_still_meet() {
        let simple = simplify(&neighbours(), 3.0);
        assert_eq!(simple[0][0], [(100, 0), (100, 100), (0, 100), (0, 0)]);
        assert_eq!(simple[1][0], [(100, 0), (200, 0), (200, 100), (100, 100)]);
    }

    #[test]
    fn what_can_be_seen_stays() {
        let simple = simplify(&neighbours(), 0.5);
        assert!(simple[0][0].contains(&(99, 50)) && simple[1][0].contains(&(99, 50)));
    }

    #[test]
    fn a_small_area_never_vanishes() {
        let island = vec![vec![vec![(0, 0), (1, 0), (1, 1), (0, 1)]]];
        assert!(simplify(&island, 50.0)[0][0].len() >= 3);
    }
}
