//! The ground plan: 125 neighbouring cells, small in the middle of the town and larger at its edge.
//!
//! More points than are wanted are spread evenly over a disc and pushed outwards, and the outermost are
//! dropped, so that the town's edge follows the cells. The rejected alternative, cutting cells by a drawn
//! outline, leaves slivers.

use std::f64::consts::TAU;

use super::cells::{Point, cells, relax};
use crate::stream::Stream;

/// How many small areas the town has.
pub(crate) const LSOAS: usize = 125;
const SITES: usize = 190;
/// Metres from the middle of the town to the rim of the disc that the points are spread over.
const RADIUS: f64 = 6_400.0;
/// How strongly the points are pushed outwards: 1 leaves them even.
const SPREAD: f64 = 1.35;

/// The cells of the town, in metres from its middle: convex, anticlockwise, not closed, nearest the middle
/// first.
pub(crate) fn plan(seed: u64) -> Vec<Vec<Point>> {
    let mut stream = Stream::new(seed, "ground");
    let disc: Vec<Point> = (0..48).map(|i| on_circle(f64::from(i) / 48.0, 1.0)).collect();
    let mut sites: Vec<Point> =
        (0..SITES).map(|_| on_circle(stream.unit(), stream.unit().sqrt() * 0.99)).collect();
    relax(&mut sites, &disc, 8);
    sites.sort_by(|a, b| a[0].hypot(a[1]).total_cmp(&b[0].hypot(b[1])));
    let (stretch, bulge) = (stream.unit(), stream.unit());
    let pushed: Vec<Point> = sites.iter().map(|&site| push(site, stretch, bulge)).collect();
    let edge = RADIUS * 4.0;
    let square = [[-edge, -edge], [edge, -edge], [edge, edge], [-edge, edge]];
    let mut ground = cells(&pushed, &square);
    ground.truncate(LSOAS);
    ground
}

fn on_circle(turn: f64, radius: f64) -> Point {
    [radius * (TAU * turn).cos(), radius * (TAU * turn).sin()]
}

/// From the unit disc to the town: outwards, and into an outline that is longer one way than the other.
fn push([x, y]: Point, stretch: f64, bulge: f64) -> Point {
    let (radius, angle) = (x.hypot(y), y.atan2(x));
    let outline = 1.0 + 0.14 * (2.0 * angle - TAU * stretch).cos() + 0.07 * (3.0 * angle - TAU * bulge).cos();
    let reach = RADIUS * outline * radius.powf(SPREAD);
    [reach * angle.cos(), reach * angle.sin()]
}
