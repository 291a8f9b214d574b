//! How deprived each small area is: a smooth field over the town, ranked.

use std::f64::consts::TAU;

use vocabulary::{Decile, Quintile};

use super::cells::Point;
use crate::stream::Stream;

/// Where a small area stands in a made-up national ranking by deprivation, shaped like the English Indices of
/// Deprivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deprivation {
    /// The made-up national rank; 1 is the most deprived.
    pub rank: u32,
    /// The made-up score, 0 to 100; more is more deprived.
    pub score: f64,
    /// The national tenth that the rank falls in.
    pub decile: Decile,
}

impl Deprivation {
    /// How many small areas the made-up ranking has: as many as England had in 2025.
    pub const RANKED: u32 = 33_755;

    /// The national fifth that the area lies in.
    pub fn quintile(&self) -> Quintile {
        self.decile.quintile()
    }

    /// From -0.5 (least deprived of all) to 0.5 (most).
    pub(crate) fn relative(&self) -> f64 {
        0.5 - (f64::from(self.rank) - 0.5) / f64::from(Self::RANKED)
    }
}

/// The deprivation of each area from its centre, in metres from the middle of the town.
///
/// Three broad swells and a little noise of each area's own give a field that neighbours share; its order
/// over the town is then stretched over the national ranks so that about three areas in ten are in the most
/// deprived national fifth and one in twelve in the least.
pub(crate) fn gradient(centres: &[Point], seed: u64) -> Vec<Deprivation> {
    let mut stream = Stream::new(seed, "deprivation");
    let swells: Vec<[f64; 4]> = (0..3)
        .map(|_| {
            let (turn, length) = (stream.unit(), stream.between(7_000.0, 14_000.0));
            [
                (TAU * turn).cos() / length,
                (TAU * turn).sin() / length,
                stream.unit(),
                stream.between(0.6, 1.0),
            ]
        })
        .collect();
    let smooth: Vec<f64> = centres
        .iter()
        .map(|&[x, y]| {
            let swell: f64 = swells
                .iter()
                .map(|[kx, ky, phase, size]| size * (TAU * (kx * x + ky * y + phase)).sin())
                .sum();
            swell - x.hypot(y) / 6_000.0
        })
        .collect();
    // The noise is in proportion to the field, which is flat where the swells happen to cancel.
    let noise = 0.3 * spread(&smooth);
    let field: Vec<f64> = smooth.iter().map(|height| height + noise * stream.normal()).collect();
    let mut order: Vec<usize> = (0..field.len()).collect();
    order.sort_by(|&a, &b| field[b].total_cmp(&field[a]));
    let mut places = vec![0; field.len()];
    for (place, &area) in order.iter().enumerate() {
        places[area] = place;
    }
    places.iter().filter_map(|&place| ranked((place as f64 + 0.5) / centres.len() as f64)).collect()
}

/// The standard deviation.
fn spread(values: &[f64]) -> f64 {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count).sqrt()
}

/// The deprivation of the area that stands at this share (0 to 1) of the town's own order.
fn ranked(share: f64) -> Option<Deprivation> {
    let relative = share.powf(1.35);
    let rank = ((relative * f64::from(Deprivation::RANKED)) as u32).clamp(1, Deprivation::RANKED);
    let score = (800.0 * (-2.8 * relative).exp()).round() / 10.0;
    Some(Deprivation { rank, score, decile: Decile::from_rank(rank, Deprivation::RANKED)? })
}
