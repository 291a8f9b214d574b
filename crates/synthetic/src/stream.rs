//! Seeded random numbers, one independent stream for each part of the town.
//!
//! The generator is xoshiro256++ (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
//! generators", ACM Transactions on Mathematical Software 47(4), 2021), its state filled by SplitMix64 (G.
//! Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). The rejected
//! alternative, the `rand` crate's `StdRng`, may change its numbers in any release, and the town of a seed
//! must stay the same town. A stream is named, so that a new part of the town never changes the parts that
//! were there before.

use std::f64::consts::TAU;

/// A stream of random numbers.
pub(crate) struct Stream {
    state: [u64; 4],
}

impl Stream {
    /// The stream of one part of the town with this seed.
    pub(crate) fn new(seed: u64, part: &str) -> Stream {
        // FNV-1a of the part's name (Fowler, Noll, Vo) separates the streams of one seed.
        let name = part
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut mix = seed ^ name;
        Stream { state: std::array::from_fn(|_| split_mix(&mut mix)) }
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number from 0 up to, not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// A number from `low` up to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from 0 up to, not including, `count`; 0 when `count` is 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// A number from the normal distribution with mean 0 and standard deviation 1 (Box and Muller, 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (TAU * self.unit()).cos()
    }

    /// How many of `trials` succeed, each with probability `chance`: counted out exactly while few are expected
    /// on either side, by the normal approximation otherwise.
    pub(crate) fn binomial(&mut self, trials: u32, chance: f64) -> u32 {
        if chance > 0.5 {
            return trials - self.binomial(trials, 1.0 - chance);
        }
        let expected = f64::from(trials) * chance;
        if expected > 25.0 {
            let spread = (expected * (1.0 - chance)).sqrt();
            let drawn = (expected + spread * self.normal()).round();
            return (drawn.max(0.0) as u32).min(trials);
        }
        self.count_out(trials, chance)
    }

    /// The binomial by the waiting times between successes (L. Devroye, "Non-Uniform Random Variate
    /// Generation", 1986, chapter X.4).
    fn count_out(&mut self, trials: u32, chance: f64) -> u32 {
        if chance <= 0.0 {
            return 0;
        }
        let log_miss = (-chance).ln_1p();
        let (mut successes, mut used) = (0, 0.0);
        loop {
            used += ((1.0 - self.unit()).ln() / log_miss).floor() + 1.0;
            if used > f64::from(trials) {
                return successes;
            }
            successes += 1;
        }
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    // SplitMix64 from state 0, as its authors' reference implementation prints it.
    #[test]
    fn split_mix_gives_the_reference_numbers() {
        let mut state = 0;
        assert_eq!(split_mix(&mut state), 0xe220_a839_7b1d_cdaf);
        assert_eq!(split_mix(&mut state), 0x6e78_9e6a_a1b9_65f4);
    }

    // xoshiro256++ from the state 1, 2, 3, 4, as its authors' reference implementation prints it.
    #[test]
    fn xoshiro_gives_the_reference_numbers() {
        let mut stream = Stream { state: [1, 2, 3, 4] };
        assert_eq!(stream.next(), 41_943_041);
        assert_eq!(stream.next(), 58_720_359);
        assert_eq!(stream.next(), 3_588_806_011_781_223);
    }

    #[test]
    fn a_binomial_has_its_mean_and_variance() {
        for (trials, chance) in [(40, 0.1), (400, 0.3), (400, 0.9), (10, 0.0), (10, 1.0)] {
            let mut stream = Stream::new(7, "binomial");
            let draws: Vec<f64> = (0..20_000).map(|_| f64::from(stream.binomial(trials, chance))).collect();
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / draws.len() as f64;
            let (expected, spread) =
                (f64::from(trials) * chance, f64::from(trials) * chance * (1.0 - chance));
            assert!((mean - expected).abs() <= 0.02 * expected + 0.01, "{trials} {chance}: {mean}");
            assert!((variance - spread).abs() <= 0.05 * spread + 0.01, "{trials} {chance}: {variance}");
        }
    }
}
