//! Seeded chance. SplitMix64 (Steele, Lea and Flood, 2014) is written out here because a published figure must
//! come out the same from the same seed after any upgrade; `rand` does not promise that of its default generator.

/// A generator whose numbers depend on its seed alone.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number from 0 up to, and not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A Poisson number with this mean, by multiplication (D. E. Knuth, The Art of Computer Programming,
    /// volume 2, section 3.4.1); a large mean is the sum of parts, which is exact.
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let (mut left, mut total) = (mean, 0);
        while left > 0.0 {
            let part = left.min(16.0);
            left -= part;
            let floor = (-part).exp();
            let mut product = self.unit();
            while product > floor {
                total += 1;
                product *= self.unit();
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_variances_are_those_of_the_distribution() {
        let mut chance = Chance::new(3);
        for mean in [0.05, 1.0, 7.5, 40.0] {
            let drawn: Vec<f64> = (0..20_000).map(|_| f64::from(chance.poisson(mean))).collect();
            let average = drawn.iter().sum::<f64>() / 20_000.0;
            let spread = drawn.iter().map(|one| (one - average).powi(2)).sum::<f64>() / 19_999.0;
            assert!((average - mean).abs() < 5.0 * (mean / 20_000.0).sqrt(), "{mean}: {average}");
            assert!((spread / mean - 1.0).abs() < 0.06, "{mean}: {spread}");
        }
        assert_eq!(chance.poisson(0.0), 0);
    }
}
