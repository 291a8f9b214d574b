//! Limits by drawing the figures of the groups again and again, as `phe_sii` does it.
//!
//! Every repetition draws each group's figure from the normal distribution that its error gives it (on the scale of
//! logarithms for rates, of logits for proportions) and fits the line anew; the limits are the fitted slopes at the
//! places of the share that is to be left out. Where the drawn figures enter the line as they are, slope and middle are
//! sums of independent normal numbers: they are drawn themselves, which gives the same distribution in a fifth of the
//! draws. Where figures are turned back from their scale first, nothing can be added up before it is drawn; a group's
//! figures are then drawn in blocks, and the curve that turns them back is a polynomial ([`Curve`]).

mod curve;

use curve::{Curve, LANES};

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

/// Fills `out` with one slope a repetition.
pub(super) fn draw_slopes(parts: &[Part], back: Back, normals: &mut Normals, out: &mut [f64]) {
    if back == Back::AsDrawn {
        let line = Line::of(parts);
        let error = line.slope_variance.sqrt();
        normals.fill(out);
        return out.iter_mut().for_each(|x| *x = line.slope + error * *x);
    }
    let curves: Vec<Curve> =
        parts.iter().map(|part| Curve::of(part.figure, part.error, back).times(part.to_slope)).collect();
    let mut noise = [0.0; BLOCK];
    for block in out.chunks_mut(BLOCK) {
        let mut slopes = [0.0; BLOCK];
        for curve in &curves {
            let farthest = normals.fill(&mut noise);
            curve.add(&noise, farthest, &mut slopes);
        }
        block.copy_from_slice(&slopes[..block.len()]);
    }
}

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
    let curves: Vec<Curve> = parts.iter().map(|part| Curve::of(part.figure, part.error, back)).collect();
    let mut noise = [0.0; BLOCK];
    for block in out.chunks_mut(BLOCK) {
        let (mut slopes, mut middles) = ([0.0; BLOCK], [0.0; BLOCK]);
        for (part, curve) in parts.iter().zip(&curves) {
            let farthest = normals.fill(&mut noise);
            let sums = slopes.as_chunks_mut::<LANES>().0.iter_mut().zip(middles.as_chunks_mut::<LANES>().0);
            for (noise, (slopes, middles)) in noise.as_chunks().0.iter().zip(sums) {
                let figures = curve.figures(noise, farthest);
                for ((figure, slope), middle) in figures.iter().zip(slopes).zip(middles) {
                    *slope += part.to_slope * figure;
                    *middle += part.to_middle * figure;
                }
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
    let mut noise = [0.0; BLOCK];
    for block in out.chunks_mut(BLOCK / 2) {
        let noise = &mut noise[..2 * block.len()];
        normals.fill(noise);
        let (one, other) = noise.split_at(block.len());
        for ((result, x), y) in block.iter_mut().zip(one).zip(other) {
            *result = index(line.slope + slope_error * x, line.middle + shared * x + own * y);
        }
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
///
/// A sample of the results says where the ends begin; only what lies in the ends is put in order. Were the ends too
/// short for a place, which a sample can mistake, all results are.
pub(super) fn limits(results: &[f64], tails: &[f64]) -> Vec<(f64, f64)> {
    let count = results.len();
    let place = |share: f64| ((count as f64 * share).round_ties_even() as usize).clamp(1, count) - 1;
    let widest = tails.iter().copied().fold(0.0, f64::max);
    let (mut low, mut high) = ends(results, widest);
    let (lowest, highest) = (place(widest), count - 1 - place(1.0 - widest));
    let mut found = vec![(f64::NAN, f64::NAN); tails.len()];
    if low.len() <= lowest || high.len() <= highest {
        (low, high) = (results.to_vec(), results.to_vec());
    }
    // The widest first: each selection leaves what is nearer to the end beside it.
    let mut order: Vec<usize> = (0..tails.len()).collect();
    order.sort_by(|&a, &b| tails[b].total_cmp(&tails[a]));
    let mut below = low.len();
    for &at in &order {
        let (_, &mut lower, _) = low[..below].select_nth_unstable_by(place(tails[at]), f64::total_cmp);
        below = below.min(place(tails[at]) + 1);
        found[at].0 = lower;
    }
    let mut from = 0;
    for &at in &order {
        let upper = high.len() - (count - place(1.0 - tails[at]));
        let (_, &mut value, _) = high[from..].select_nth_unstable_by(upper - from, f64::total_cmp);
        from = upper;
        found[at].1 = value;
    }
    found
}

/// The results in the two ends that, by a sample, hold `tail` of them and a little more.
fn ends(results: &[f64], tail: f64) -> (Vec<f64>, Vec<f64>) {
    const SAMPLE: usize = 1024;
    let mut sample: Vec<f64> = results.iter().copied().take(SAMPLE).collect();
    sample.sort_unstable_by(f64::total_cmp);
    let size = sample.len() as f64;
    let within = (size * tail + 4.0 * (size * tail).sqrt() + 2.0) as usize;
    let (mut low, mut high) = (Vec::new(), Vec::new());
    if 2 * within >= sample.len() {
        return (low, high);
    }
    let (least, most) = (sample[within], sample[sample.len() - 1 - within]);
    for &result in results {
        if result > least && result < most {
            continue;
        }
        if result.total_cmp(&least).is_le() { low.push(result) } else { high.push(result) }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(limits(&results, &tails), expected);
        }
    }
}
