//! Made-up postcodes, in a postcode area that does not exist.

use std::fmt::Write as _;

use vocabulary::AreaCode;

use super::cells::{Point, contains};
use super::{Place, ground_to_place};
use crate::stream::Stream;

/// How many postcodes the town has.
pub(crate) const POSTCODES: usize = 5_000;

/// A made-up postcode: a point with the small area it lies in.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticPostcode {
    /// Such as `ZY1 1AA`. No postcode area `ZY` exists.
    pub postcode: String,
    /// Where it is.
    pub place: Place,
    /// The small area it lies in.
    pub lsoa: AreaCode,
}

/// What postcodes are made from: one small area.
pub(crate) struct Ground<'a> {
    pub(crate) lsoa: AreaCode,
    /// The ward's number, from 0.
    pub(crate) ward: usize,
    pub(crate) population: u32,
    /// The border in metres from the middle of the town.
    pub(crate) ring: &'a [Point],
}

/// The postcodes of the town: shared among the areas by population, numbered within each ward.
pub(crate) fn scatter(areas: &[Ground<'_>], seed: u64) -> Vec<SyntheticPostcode> {
    let mut stream = Stream::new(seed, "postcodes");
    let people: u64 = areas.iter().map(|a| u64::from(a.population)).sum();
    let mut in_ward = vec![0_usize; areas.iter().map(|a| a.ward + 1).max().unwrap_or(0)];
    let mut postcodes = Vec::with_capacity(POSTCODES);
    let mut passed = 0_u64;
    for area in areas {
        passed += u64::from(area.population);
        // Shares are cut from the running total, so that they always add up to the whole.
        let upto = (POSTCODES as u64 * passed / people.max(1)) as usize;
        while postcodes.len() < upto {
            let place = ground_to_place(inside(area.ring, &mut stream));
            let postcode = text(area.ward, in_ward[area.ward]);
            in_ward[area.ward] += 1;
            postcodes.push(SyntheticPostcode { postcode, place, lsoa: area.lsoa });
        }
    }
    postcodes
}

/// A point inside a ring, evenly spread.
fn inside(ring: &[Point], stream: &mut Stream) -> Point {
    let span = |axis: usize| {
        ring.iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p[axis]), high.max(p[axis])))
    };
    let ((west, east), (south, north)) = (span(0), span(1));
    loop {
        let point = [stream.between(west, east).round(), stream.between(south, north).round()];
        if contains(ring, point) {
            return point;
        }
    }
}

/// Two wards share a district and have five sectors each; a sector has a hundred units. The letters are those
/// that Royal Mail uses in the second half of a postcode (no C, I, K, M, O or V).
fn text(ward: usize, number: usize) -> String {
    const LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";
    let (district, sector) = (1 + ward / 2, 5 * (ward % 2) + (number / 100) % 5);
    let unit = number % 100;
    let mut postcode = String::with_capacity(8);
    // Writing to a String cannot fail.
    let _ = write!(postcode, "ZY{district} {sector}");
    postcode.push(char::from(LETTERS[unit / 20]));
    postcode.push(char::from(LETTERS[unit % 20]));
    postcode
}
