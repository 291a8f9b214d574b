//! Which ground is nearest to which point: Voronoi cells and their relaxation.
//!
//! Cells are cut by half planes, nearest neighbour first, until no further neighbour can reach. For two
//! hundred points that is quicker than building a triangulation, and needs no geometry library. Lloyd's
//! relaxation (S. Lloyd, 1982) evens them out.

/// A point or a step in metres, or on the unit disc.
pub(crate) type Point = [f64; 2];

/// The cell of each site within a convex boundary given anticlockwise: the ground nearer to it than to any
/// other site, as a convex polygon, anticlockwise and not closed.
pub(crate) fn cells(sites: &[Point], boundary: &[Point]) -> Vec<Vec<Point>> {
    let mut order: Vec<(f64, usize)> = Vec::with_capacity(sites.len());
    let mut spare = Vec::new();
    sites
        .iter()
        .enumerate()
        .map(|(index, &site)| {
            order.clear();
            order.extend(
                sites.iter().enumerate().filter(|&(i, _)| i != index).map(|(i, &o)| (between(site, o), i)),
            );
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let mut cell = boundary.to_vec();
            for &(distance, other) in &order {
                let reach = cell.iter().map(|&corner| between(site, corner)).fold(0.0, f64::max);
                // Squared distances: a neighbour further than twice the reach cannot cut the cell.
                if distance > 4.0 * reach {
                    break;
                }
                cut(&cell, site, sites[other], &mut spare);
                std::mem::swap(&mut cell, &mut spare);
            }
            cell
        })
        .collect()
}

/// Moves every site to the middle of its cell, `rounds` times.
pub(crate) fn relax(sites: &mut [Point], boundary: &[Point], rounds: usize) {
    for _ in 0..rounds {
        let cells = cells(sites, boundary);
        for (site, cell) in sites.iter_mut().zip(cells) {
            *site = centroid(&cell);
        }
    }
}

/// The centre of mass of a polygon.
pub(crate) fn centroid(ring: &[Point]) -> Point {
    let (mut x, mut y, mut twice) = (0.0, 0.0, 0.0);
    let origin = ring.first().copied().unwrap_or_default();
    for (a, b) in edges(ring) {
        let (ax, ay, bx, by) = (a[0] - origin[0], a[1] - origin[1], b[0] - origin[0], b[1] - origin[1]);
        let cross = ax * by - bx * ay;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
        twice += cross;
    }
    [origin[0] + x / (3.0 * twice), origin[1] + y / (3.0 * twice)]
}

/// Whether a point is inside a ring (even-odd rule).
pub(crate) fn contains(ring: &[Point], point: Point) -> bool {
    edges(ring).fold(false, |inside, (a, b)| {
        let crosses = (a[1] > point[1]) != (b[1] > point[1])
            && point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0];
        inside != crosses
    })
}

/// Each side of a ring that is not closed, from corner to corner.
fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(&a, &b)| (a, b))
}

fn between(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// The part of a convex polygon that is nearer to `site` than to `other` (Sutherland and Hodgman, 1974).
fn cut(cell: &[Point], site: Point, other: Point, into: &mut Vec<Point>) {
    let normal = [other[0] - site[0], other[1] - site[1]];
    let middle = [(other[0] + site[0]) / 2.0, (other[1] + site[1]) / 2.0];
    let beyond = |p: Point| (p[0] - middle[0]) * normal[0] + (p[1] - middle[1]) * normal[1];
    into.clear();
    for (a, b) in edges(cell) {
        let (from, to) = (beyond(a), beyond(b));
        if from <= 0.0 {
            into.push(a);
        }
        if (from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0) {
            let share = from / (from - to);
            into.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_points_share_a_square() {
        let square = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]];
        let halves = cells(&[[0.5, 1.0], [1.5, 1.0]], &square);
        assert_eq!(centroid(&halves[0]), [0.5, 1.0]);
        assert_eq!(centroid(&halves[1]), [1.5, 1.0]);
        assert!(contains(&halves[0], [0.9, 0.1]) && !contains(&halves[0], [1.1, 0.1]));
    }
}
