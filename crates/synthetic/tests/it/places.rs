//! The places: shapes, deprivation, people, postcodes.

use std::collections::{BTreeMap, BTreeSet};

use synthetic::{Shape, SyntheticArea, SyntheticTown};
use vocabulary::AreaKind;

use crate::check;

type Corner = [u64; 2];

/// The sides of a shape, from corner to corner, exact to the last bit.
fn sides(shape: &Shape) -> impl Iterator<Item = (Corner, Corner)> {
    let exact = |point: [f64; 2]| point.map(f64::to_bits);
    shape.rings().iter().flat_map(move |ring| ring.windows(2).map(move |w| (exact(w[0]), exact(w[1]))))
}

fn area(shape: &Shape) -> f64 {
    let ring = |ring: &Vec<[f64; 2]>| {
        let [x0, y0] = ring[0];
        let cross = |w: &[[f64; 2]]| (w[0][0] - x0) * (w[1][1] - y0) - (w[1][0] - x0) * (w[0][1] - y0);
        ring.windows(2).map(cross).sum::<f64>() / 2.0
    };
    shape.rings().iter().map(ring).sum()
}

/// The sides that remain when those which two shapes share are taken away.
fn joined<'a>(shapes: impl Iterator<Item = &'a Shape>) -> BTreeSet<(Corner, Corner)> {
    let mut left = BTreeSet::new();
    for (from, to) in shapes.flat_map(sides) {
        if !left.remove(&(to, from)) {
            assert!(left.insert((from, to)), "two shapes lie on the same side of a border");
        }
    }
    left
}

fn shapes(town: &SyntheticTown, holds: impl Fn(&SyntheticArea) -> bool) -> Vec<&Shape> {
    town.areas.iter().filter(|a| holds(a)).filter_map(|a| a.shape.as_ref()).collect()
}

fn crosses(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> bool {
    let turn =
        |p: [f64; 2], q: [f64; 2], r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

#[test]
fn small_areas_tile_their_ward_and_the_town() {
    check(|t| {
        let town = shapes(t, |a| a.code == t.code);
        let wards = shapes(t, |a| a.kind == AreaKind::Ward);
        let small = shapes(t, |a| a.kind == AreaKind::Lsoa);
        let outline = joined(town.iter().copied());
        assert_eq!((wards.len(), small.len()), (20, 125));
        // Every side inside is shared by two that lie on either side of it; what remains is the outline, and
        // the areas add up.
        assert_eq!(joined(small.iter().copied()), outline);
        assert_eq!(joined(wards.iter().copied()), outline);
        let whole = area(town[0]);
        for parts in [&wards, &small] {
            assert!((parts.iter().map(|s| area(s)).sum::<f64>() / whole - 1.0).abs() < 1e-9);
        }
        for ward in t.areas_of(AreaKind::Ward) {
            let inside = shapes(t, |a| a.parent == Some(ward.code));
            assert_eq!(joined(inside.into_iter()), joined(ward.shape.iter()), "{}", ward.name);
        }
    });
}

#[test]
fn borders_do_not_cross_themselves() {
    check(|t| {
        for place in t.areas_of(AreaKind::Lsoa) {
            let ring = &place.shape.as_ref().unwrap().rings()[0];
            assert!(ring.first() == ring.last() && ring.len() > 12, "{}", place.code);
            assert!(area(place.shape.as_ref().unwrap()) > 0.0);
            for (i, one) in ring.windows(2).enumerate() {
                for other in ring.windows(2).skip(i + 2) {
                    assert!(!crosses(one[0], one[1], other[0], other[1]), "{}", place.code);
                }
            }
        }
    });
}

#[test]
fn deprivation_is_a_gradient_over_the_ground() {
    check(|t| {
        let small: Vec<&SyntheticArea> = t.areas_of(AreaKind::Lsoa).collect();
        let mut fifths = BTreeMap::new();
        for place in &small {
            *fifths.entry(place.deprivation.unwrap().quintile()).or_insert(0) += 1;
        }
        assert_eq!(fifths.len(), 5);
        assert!(fifths.values().all(|&n| n >= 8), "{fifths:?}");
        let ranks: BTreeSet<u32> = small.iter().map(|a| a.deprivation.unwrap().rank).collect();
        assert_eq!(ranks.len(), 125);
        // Moran's I (1950) with neighbours that share a border: well above the nothing of a scattered map.
        assert!(moran(&small) > 0.4, "{}", moran(&small));
    });
}

fn moran(small: &[&SyntheticArea]) -> f64 {
    let owners: BTreeMap<_, _> = small
        .iter()
        .enumerate()
        .flat_map(|(i, a)| sides(a.shape.as_ref().unwrap()).map(move |s| (s, i)))
        .collect();
    let pairs: BTreeSet<(usize, usize)> =
        owners.iter().filter_map(|(&(from, to), &i)| owners.get(&(to, from)).map(|&j| (i, j))).collect();
    let ranks: Vec<f64> = small.iter().map(|a| f64::from(a.deprivation.unwrap().rank)).collect();
    let mean = ranks.iter().sum::<f64>() / ranks.len() as f64;
    let together: f64 = pairs.iter().map(|&(i, j)| (ranks[i] - mean) * (ranks[j] - mean)).sum();
    let spread: f64 = ranks.iter().map(|r| (r - mean).powi(2)).sum();
    together / spread * ranks.len() as f64 / pairs.len() as f64
}

#[test]
fn people_add_up() {
    check(|t| {
        let people = |kind| t.areas_of(kind).map(|a| a.population).sum::<u32>();
        let town = t.areas.iter().find(|a| a.code == t.code).unwrap().population;
        assert!((217_000..=233_000).contains(&town), "{town}");
        assert_eq!(people(AreaKind::Ward), town);
        assert_eq!(people(AreaKind::Lsoa), town);
        assert!(t.areas_of(AreaKind::Ward).all(|w| w.population < 25_000));
    });
}

#[test]
fn postcodes_lie_in_their_area_and_are_all_different() {
    check(|t| {
        let different: BTreeSet<&str> = t.postcodes.iter().map(|p| p.postcode.as_str()).collect();
        assert_eq!(different.len(), 5_000);
        let places: BTreeMap<_, _> = t.areas.iter().map(|a| (a.code, a)).collect();
        for postcode in &t.postcodes {
            let ring = &places[&postcode.lsoa].shape.as_ref().unwrap().rings()[0];
            let span = |axis: usize| {
                let along = ring.iter().map(|p| p[axis]);
                (along.clone().fold(f64::MAX, f64::min), along.fold(f64::MIN, f64::max))
            };
            let ((west, east), (south, north)) = (span(0), span(1));
            assert!((west..=east).contains(&postcode.place.longitude));
            assert!((south..=north).contains(&postcode.place.latitude));
        }
    });
}

#[test]
fn codes_are_all_different_and_parents_exist() {
    check(|t| {
        let codes: BTreeSet<_> = t.areas.iter().map(|a| a.code).collect();
        assert_eq!(codes.len(), t.areas.len());
        assert!(t.areas.iter().filter_map(|a| a.parent).all(|p| codes.contains(&p)));
        assert!(t.areas.iter().all(|a| a.code.kind().is_none()), "no code may look like one of the ONS");
    });
}
