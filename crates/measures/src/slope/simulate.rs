//! Limits by drawing the figures of the groups again and again, as `phe_sii` does it.
//!
//! Every repetition draws each group's figure from the normal distribution that its error gives it (on the scale of
//! logarithms for rates, of logits for proportions) and fits the line anew; the limits are the fitted slopes at the
//! places of the share that is to be left out. Where the drawn figures enter the line as they are, slope and middle are
//! sums of independent normal numbers: they are drawn themselves, which gives the same distribution in a fifth of the
//! draws. A group's figures are drawn in blocks, so that exponentials are taken several at once.

use crate::random::Normals;

/// How often to draw, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulation {
    /// How many repetitions; `phe_sii` has 100,000 and allows no fewer than 1,000.
    pub repetitions: usize,
    /// The same seed gives the same limits.
    pub seed: u64,
    /// Whether to repeat the whole ten times, to tell how far the limits move.
    pub reliability: bool,
}

impl Default for Simulation {
    fn default() -> Self {
        Simulation { repetitions: 100_000, seed: 1, reliability: false }
    }
}

/// What a group adds to slope and middle, and its figure with its error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub to_slope: f64,
    pub to_middle: f64,
    pub figure: f64,
    pub error: f64,
}

/// How drawn figures become figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    AsDrawn,
    Exponential,
    Logistic,
}

const BLOCK: usize = 1024;

/// Fills `out` with one number a repetition, made of slope and middle by `index`.
pub(super) fn draw(
    parts: &[Part],
    back: Back,
    normals: &mut Normals,
    out: &mut [f64],
    index: impl Fn(f64, f64) -> f64,
) {
    if back == Back::AsDrawn {
        return draw_line(parts, normals, out, index);
    }
    let mut noise = [0.0; BLOCK];
    for block in out.chunks_mut(BLOCK) {
        let (mut slopes, mut middles) = ([0.0; BLOCK], [0.0; BLOCK]);
        for part in parts {
            for x in &mut noise {
                *x = normals.next();
            }
            for ((x, slope), middle) in noise.iter().zip(&mut slopes).zip(&mut middles) {
                let drawn = exponential(part.figure + part.error * x);
                let figure = if back == Back::Exponential { drawn } else { drawn / (1.0 + drawn) };
                *slope += part.to_slope * figure;
                *middle += part.to_middle * figure;
            }
        }
        for ((result, &slope), &middle) in block.iter_mut().zip(&slopes).zip(&middles) {
            *result = index(slope, middle);
        }
    }
}

/// The same where slope and middle are sums of normal numbers.
fn draw_line(parts: &[Part], normals: &mut Normals, out: &mut [f64], index: impl Fn(f64, f64) -> f64) {
    let line = Line::of(parts);
    let slope_error = line.slope_variance.sqrt();
    let shared = if slope_error > 0.0 { line.covariance / slope_error } else { 0.0 };
    let own = (line.middle_variance - shared * shared).max(0.0).sqrt();
    for result in out {
        let (x, y) = (normals.next(), normals.next());
        *result = index(line.slope + slope_error * x, line.middle + shared * x + own * y);
    }
}

/// Slope and middle of a line with their variances, from the figures and errors of its groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub slope: f64,
    pub middle: f64,
    pub slope_variance: f64,
    pub middle_variance: f64,
    pub covariance: f64,
}

impl Line {
    pub fn of(parts: &[Part]) -> Line {
        let sum = |of: fn(&Part) -> f64| parts.iter().map(of).sum::<f64>();
        Line {
            slope: sum(|part| part.to_slope * part.figure),
            middle: sum(|part| part.to_middle * part.figure),
            slope_variance: sum(|part| (part.to_slope * part.error).powi(2)),
            middle_variance: sum(|part| (part.to_middle * part.error).powi(2)),
            covariance: sum(|part| part.to_slope * part.to_middle * part.error * part.error),
        }
    }
}

/// The results at the places below and above which `tail` of them lie: of 100,000, the 2,500th and the 97,500th.
pub(super) fn limits(results: &mut [f64], tails: &[f64]) -> Vec<(f64, f64)> {
    let count = results.len();
    let place = |share: f64| ((count as f64 * share).round_ties_even() as usize).clamp(1, count) - 1;
    // The widest last: each selection leaves what is nearer to the end beside it.
    let mut order: Vec<usize> = (0..tails.len()).collect();
    order.sort_by(|&a, &b| tails[b].total_cmp(&tails[a]));
    let mut found = vec![(f64::NAN, f64::NAN); tails.len()];
    let (mut low, mut high) = (count, 0);
    for at in order {
        let (below, above) = (place(tails[at]), place(1.0 - tails[at]));
        let (_, &mut lower, _) = results[..low].select_nth_unstable_by(below, f64::total_cmp);
        low = low.min(below + 1);
        high = high.max(low.min(above));
        let (_, &mut upper, _) = results[high..].select_nth_unstable_by(above - high, f64::total_cmp);
        high = above;
        found[at] = (lower, upper);
    }
    found
}

/// e to the power of x, to the last digits, written so that a processor can take several at once.
#[inline]
pub(super) fn exponential(x: f64) -> f64 {
    // Adding it rounds to a whole number, whose bits are then at the end of the sum.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    const INVERSE: [f64; 13] = [
        1.0 / 6_227_020_800.0,
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
    ];
    let x = x.clamp(-700.0, 700.0);
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = x - whole * LN2.0 - whole * LN2.1;
    let mut sum = INVERSE[0];
    for factor in &INVERSE[1..] {
        sum = sum * rest + factor;
    }
    let sum = sum * rest + 1.0;
    f64::from_bits(sum.to_bits().wrapping_add(rounded.to_bits() << 52))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_the_standard_library() {
        for step in -7000..7000 {
            let x = f64::from(step) / 10.0 + 0.037;
            assert!((exponential(x) / x.exp() - 1.0).abs() < 1e-14, "{x}");
        }
        assert_eq!(exponential(0.0), 1.0);
    }

    // What sorting gives.
    #[test]
    fn limits_are_found_without_sorting() {
        let mut normals = Normals::new(5);
        let results: Vec<f64> = (0..10_000).map(|_| normals.next()).collect();
        let mut sorted = results.clone();
        sorted.sort_by(f64::total_cmp);
        for tails in [vec![0.025, 0.001], vec![0.001, 0.025], vec![0.25], vec![0.05, 0.025, 0.005, 0.001]] {
            let expected: Vec<(f64, f64)> = tails
                .iter()
                .map(|tail: &f64| (10_000.0 * tail).round() as usize)
                .map(|outside| (sorted[outside - 1], sorted[10_000 - outside - 1]))
                .collect();
            assert_eq!(limits(&mut results.clone(), &tails), expected);
        }
    }
}
