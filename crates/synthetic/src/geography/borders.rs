//! Borders that neighbours share exactly.
//!
//! Corners that two cells compute a hair apart are welded into one; each side between two corners is bent
//! once, and both neighbours walk the same bent line. So the areas tile with no gap and no overlap, and a
//! ward or the town is whatever remains when the lines between its own areas are taken away.

use std::collections::BTreeMap;

use super::cells::Point;
use crate::stream::Stream;

/// A point in whole decimetres from the middle of the town, so that equal means equal.
pub(crate) type Mark = [i64; 2];

/// The corners of each cell by number, and where each corner is.
struct Welded {
    rings: Vec<Vec<usize>>,
    corners: Vec<Point>,
}

/// The cells with bent borders: closed rings of marks, anticlockwise.
pub(crate) fn draw(ground: &[Vec<Point>], seed: u64) -> Vec<Vec<Mark>> {
    let welded = weld(ground);
    let mut lines: BTreeMap<(usize, usize), Vec<Mark>> = BTreeMap::new();
    let mut rings = Vec::with_capacity(ground.len());
    for ring in &welded.rings {
        let mut drawn: Vec<Mark> = Vec::new();
        for (index, &from) in ring.iter().enumerate() {
            let to = ring[(index + 1) % ring.len()];
            let line = lines
                .entry((from.min(to), from.max(to)))
                .or_insert_with_key(|&(a, b)| bend(&welded.corners, a, b, seed));
            if from < to {
                drawn.extend(&line[..line.len() - 1]);
            } else {
                drawn.extend(line.iter().rev().take(line.len() - 1));
            }
        }
        drawn.extend(drawn.first().copied());
        rings.push(drawn);
    }
    rings
}

/// The outline of several neighbouring areas: their sides without those that two of them share, joined into
/// closed rings, the outer ring first.
pub(crate) fn dissolve<'a>(rings: impl Iterator<Item = &'a Vec<Mark>>) -> Vec<Vec<Mark>> {
    let mut sides: BTreeMap<Mark, Vec<Mark>> = BTreeMap::new();
    for ring in rings {
        for pair in ring.windows(2) {
            let back = sides.get_mut(&pair[1]).and_then(|ends| {
                let at = ends.iter().position(|&end| end == pair[0])?;
                Some(ends.swap_remove(at))
            });
            if back.is_none() {
                sides.entry(pair[0]).or_default().push(pair[1]);
            }
        }
    }
    sides.retain(|_, ends| !ends.is_empty());
    let mut outlines = Vec::new();
    while let Some((&start, _)) = sides.first_key_value() {
        let mut outline = vec![start];
        let mut at = start;
        while let Some(next) = sides.get_mut(&at).and_then(Vec::pop) {
            if sides.get(&at).is_some_and(Vec::is_empty) {
                sides.remove(&at);
            }
            outline.push(next);
            at = next;
        }
        outlines.push(outline);
    }
    outlines.sort_by_key(|ring| std::cmp::Reverse(double_area(ring)));
    outlines
}

/// Twice the area of a closed ring in square decimetres; positive when it runs anticlockwise.
pub(crate) fn double_area(ring: &[Mark]) -> i64 {
    ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum()
}

fn weld(ground: &[Vec<Point>]) -> Welded {
    let mut corners: Vec<Point> = Vec::new();
    let rings = ground
        .iter()
        .map(|cell| {
            let mut ring: Vec<usize> = cell
                .iter()
                .map(|&[x, y]| {
                    // Half a metre: far more than rounding, far less than any side that is seen.
                    let known = corners.iter().position(|c| (c[0] - x).hypot(c[1] - y) < 0.5);
                    known.unwrap_or_else(|| {
                        corners.push([x, y]);
                        corners.len() - 1
                    })
                })
                .collect();
            ring.dedup();
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            ring
        })
        .collect();
    Welded { rings, corners }
}

/// The bent line from corner `a` to corner `b`, both included: its middle and then its quarters moved a little
/// to one side.
fn bend(corners: &[Point], a: usize, b: usize, seed: u64) -> Vec<Mark> {
    let mut stream = Stream::new(seed ^ ((a as u64) << 32 | b as u64), "border");
    let (from, to) = (corners[a], corners[b]);
    let middle = aside(from, to, stream.between(-0.06, 0.06));
    let first = aside(from, middle, stream.between(-0.06, 0.06));
    let last = aside(middle, to, stream.between(-0.06, 0.06));
    let mut line: Vec<Mark> = [from, first, middle, last, to]
        .map(|[x, y]| [(x * 10.0).round() as i64, (y * 10.0).round() as i64])
        .into();
    line.dedup();
    line
}

/// The point half way, moved to the left of the way by this share of its length.
fn aside(from: Point, to: Point, share: f64) -> Point {
    let way = [to[0] - from[0], to[1] - from[1]];
    [from[0] + way[0] / 2.0 - share * way[1], from[1] + way[1] / 2.0 + share * way[0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_squares_dissolve_into_one_outline() {
        let left = vec![[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
        let right = vec![[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]];
        let whole = dissolve([&left, &right].into_iter());
        assert_eq!(whole.len(), 1);
        assert_eq!(double_area(&whole[0]), 4);
        assert_eq!(whole[0].len(), 7);
    }
}
