//! Drawn numbers to figures: e to the power of a + b·z, or that divided by one more than itself, for many normal z.
//!
//! Both are smooth, and z seldom lies beyond 5.5 (four times in 10⁸ draws). So the curve is replaced by the polynomial through
//! its Chebyshev nodes on that stretch, with coefficients down to 1e-9 of the largest, and z beyond it take the curve
//! itself. For a usual error of a rate that is six multiplications, where the exponential takes twenty and a division;
//! limits of 100,000 repetitions move by a thousandth from seed to seed.

use super::Back;

/// How many numbers are turned at a time, so that the processor works at several at once.
pub(super) const LANES: usize = 8;
/// How far from zero the polynomial holds.
const REACH: f64 = 5.5;
/// Most coefficients; an error that needs more takes the curve itself.
const MOST: usize = 16;
/// How much of the largest coefficient the first that is left out may be.
const EXACT: f64 = 1e-9;

/// The figures of one group.
pub(super) struct Curve {
    figure: f64,
    error: f64,
    back: Back,
    factor: f64,
    /// The coefficients of the polynomial in z, the highest power first; none where there would be too many.
    powers: Vec<f64>,
}

impl Curve {
    pub fn of(figure: f64, error: f64, back: Back) -> Curve {
        let mut curve = Curve { figure, error, back, factor: 1.0, powers: Vec::new() };
        let chebyshev = curve.chebyshev();
        let size = chebyshev.iter().fold(0.0_f64, |size, c| size.max(c.abs()));
        let needed = chebyshev.iter().rposition(|c| c.abs() > EXACT * size).map_or(0, |last| last + 1);
        if needed < MOST {
            curve.powers = powers(&chebyshev[..needed]);
        }
        curve
    }

    /// The figures that normal numbers stand for, none of which lies farther from zero than `farthest`.
    #[inline]
    pub fn figures(&self, noise: &[f64; LANES], farthest: f64) -> [f64; LANES] {
        match self.powers.split_first() {
            Some((&highest, others)) if farthest <= REACH => {
                let mut figures = [highest; LANES];
                for &power in others {
                    for (figure, z) in figures.iter_mut().zip(noise) {
                        *figure = *figure * z + power;
                    }
                }
                figures
            }
            _ => noise.map(|z| self.at(z)),
        }
    }

    /// The same curve times a number.
    pub fn times(mut self, factor: f64) -> Curve {
        self.factor *= factor;
        self.powers.iter_mut().for_each(|power| *power *= factor);
        self
    }

    /// Adds the figures that normal numbers stand for, none of which lies farther from zero than `farthest`. Lengths are
    /// multiples of [`LANES`].
    pub fn add(&self, noise: &[f64], farthest: f64, sums: &mut [f64]) {
        if farthest > REACH || self.powers.is_empty() {
            return sums.iter_mut().zip(noise).for_each(|(sum, &z)| *sum += self.at(z));
        }
        // A length that is known lets the processor keep all coefficients at hand.
        match self.powers.len() {
            ..=5 => self.add_powers::<5>(noise, sums),
            6 => self.add_powers::<6>(noise, sums),
            7 => self.add_powers::<7>(noise, sums),
            8 => self.add_powers::<8>(noise, sums),
            9..=10 => self.add_powers::<10>(noise, sums),
            _ => self.add_powers::<MOST>(noise, sums),
        }
    }

    fn add_powers<const N: usize>(&self, noise: &[f64], sums: &mut [f64]) {
        let mut powers = [0.0; N];
        powers[N - self.powers.len()..].copy_from_slice(&self.powers);
        let (noise, sums) = (noise.as_chunks::<LANES>().0, sums.as_chunks_mut::<LANES>().0);
        for (noise, sums) in noise.iter().zip(sums) {
            let mut figures = [powers[0]; LANES];
            for power in &powers[1..] {
                for (figure, z) in figures.iter_mut().zip(noise) {
                    *figure = *figure * z + power;
                }
            }
            sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        }
    }

    /// The curve itself.
    fn at(&self, z: f64) -> f64 {
        let scaled = self.figure + self.error * z;
        self.factor
            * match self.back {
                Back::AsDrawn => scaled,
                Back::Exponential => scaled.exp(),
                Back::Logistic => 1.0 / (1.0 + (-scaled).exp()),
            }
    }

    /// The coefficients of the polynomial through the Chebyshev nodes.
    fn chebyshev(&self) -> [f64; MOST] {
        let angle = |node: usize| std::f64::consts::PI * (node as f64 + 0.5) / MOST as f64;
        let values: [f64; MOST] = std::array::from_fn(|node| self.at(REACH * angle(node).cos()));
        std::array::from_fn(|k| {
            let sum: f64 = (0..MOST).map(|node| values[node] * (k as f64 * angle(node)).cos()).sum();
            sum * if k == 0 { 1.0 } else { 2.0 } / MOST as f64
        })
    }
}

/// The powers of z, highest first, of a sum of Chebyshev polynomials in z divided by the reach: Clenshaw's recurrence on
/// polynomials.
fn powers(chebyshev: &[f64]) -> Vec<f64> {
    let size = chebyshev.len();
    let (mut one, mut two) = (vec![0.0; size], vec![0.0; size]);
    let step = |one: &[f64], two: &[f64], coefficient: f64, factor: f64| -> Vec<f64> {
        let raised = |power: usize| if power > 0 { factor * one[power - 1] } else { coefficient };
        (0..size).map(|power| raised(power) - two[power]).collect()
    };
    for &coefficient in chebyshev.iter().skip(1).rev() {
        let next = step(&one, &two, coefficient, 2.0);
        two = std::mem::replace(&mut one, next);
    }
    let whole = step(&one, &two, chebyshev.first().copied().unwrap_or(0.0), 1.0);
    whole.iter().enumerate().rev().map(|(power, of)| of / REACH.powi(power as i32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Normals;

    fn check(figure: f64, error: f64, is_polynomial: bool) {
        let mut noise = [0.0; 1024];
        let farthest = Normals::new(11).fill(&mut noise);
        noise[3] = -REACH;
        noise[4] = REACH;
        let whole = [farthest, 8.0];
        for back in [Back::Exponential, Back::Logistic] {
            let curve = Curve::of(figure, error, back);
            assert_eq!(!curve.powers.is_empty(), is_polynomial, "{figure} {error}");
            let twice = Curve::of(figure, error, back).times(2.0);
            for farthest in whole {
                let mut sums = [1.0; 1024];
                twice.add(&noise, farthest, &mut sums);
                let size = 2.0 * curve.at(REACH).max(curve.at(-REACH)) + 1.0;
                let expected = noise.map(|z| 1.0 + 2.0 * curve.at(z));
                assert!(
                    sums.iter().zip(expected).all(|(sum, expected)| (sum - expected).abs() < 1e-8 * size)
                );
            }
            for (noise, farthest) in noise.as_chunks().0.iter().zip(whole.into_iter().cycle()) {
                for (z, figure) in noise.iter().zip(curve.figures(noise, farthest)) {
                    let expected = curve.at(*z);
                    // Of the largest figure on the stretch.
                    let size = curve.at(REACH).max(curve.at(-REACH));
                    assert!((figure - expected).abs() < 1e-8 * size, "{z}: {figure} {expected}");
                }
            }
        }
    }

    #[test]
    fn figures_are_those_of_the_curve() {
        check(-0.69, 0.03, true);
        check(-6.0, 0.1, true);
        check(2.0, 0.15, true);
        check(0.0, 0.0, true);
        check(-3.0, 2.5, false);
    }
}
