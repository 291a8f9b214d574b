//! Drawn numbers to figures: e to the power of a + b·z, or that divided by one more than itself, for many normal z.
//!
//! Both are smooth, and z seldom lies beyond 6.5 (once in 10¹⁰ draws). So the curve is replaced by the polynomial through
//! its Chebyshev nodes on that stretch, with coefficients down to 1e-10 of the largest, and z beyond it take the curve
//! itself. For a usual error of a rate that is seven multiplications, where the exponential takes twenty and a division;
//! limits of 100,000 repetitions move by a thousandth from seed to seed.

use super::Back;

/// How many numbers are turned at a time, so that the processor works at several at once.
pub(super) const LANES: usize = 8;
/// How far from zero the polynomial holds.
const REACH: f64 = 6.5;
/// Most coefficients; an error that needs more takes the curve itself.
const MOST: usize = 16;
/// How much of the largest coefficient the first that is left out may be.
const EXACT: f64 = 1e-10;

/// The figures of one group.
pub(super) struct Curve {
    figure: f64,
    error: f64,
    back: Back,
    /// The coefficients of the polynomial in z, the highest power first; none where there would be too many.
    powers: Vec<f64>,
}

impl Curve {
    pub fn of(figure: f64, error: f64, back: Back) -> Curve {
        let mut curve = Curve { figure, error, back, powers: Vec::new() };
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

    /// The curve itself.
    fn at(&self, z: f64) -> f64 {
        let scaled = self.figure + self.error * z;
        match self.back {
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
        for back in [Back::Exponential, Back::Logistic] {
            let curve = Curve::of(figure, error, back);
            assert_eq!(!curve.powers.is_empty(), is_polynomial, "{figure} {error}");
            for (noise, farthest) in noise.as_chunks().0.iter().zip([farthest, 8.0].into_iter().cycle()) {
                for (z, figure) in noise.iter().zip(curve.figures(noise, farthest)) {
                    let expected = curve.at(*z);
                    // Of the largest figure on the stretch.
                    let size = curve.at(REACH).max(curve.at(-REACH));
                    assert!((figure - expected).abs() < 1e-9 * size, "{z}: {figure} {expected}");
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
