//! Seeded normal numbers for simulated limits.
//!
//! The generator is xoshiro256++ (Blackman and Vigna 2021, *ACM Transactions on Mathematical Software* 47: 36), started
//! by splitmix64; normal numbers are cut from it by the ziggurat of Marsaglia and Tsang 2000, *Journal of Statistical
//! Software* 5(8), with 256 layers. The same seed gives the same numbers. Rejected: the generators of the rand crate,
//! whose numbers may change with its releases, and inverting the normal distribution, which costs ten times as much.

use std::sync::LazyLock;

const LAYERS: usize = 256;
/// Where the lowest layer ends, and the area of each layer.
const TAIL: f64 = 3.654_152_885_361_009;
const AREA: f64 = 0.004_928_673_233_974_655;

struct Ziggurat {
    /// The right end of each layer, and the height of the density there.
    ends: [f64; LAYERS + 1],
    heights: [f64; LAYERS + 1],
}

static ZIGGURAT: LazyLock<Ziggurat> = LazyLock::new(|| {
    let density = |x: f64| (-x * x / 2.0).exp();
    let (mut ends, mut heights) = ([0.0; LAYERS + 1], [1.0; LAYERS + 1]);
    ends[0] = AREA / density(TAIL);
    ends[1] = TAIL;
    for layer in 2..LAYERS {
        let below: f64 = ends[layer - 1];
        ends[layer] = (-2.0 * (AREA / below + density(below)).ln()).sqrt();
    }
    for (height, &end) in heights.iter_mut().zip(&ends) {
        *height = density(end);
    }
    Ziggurat { ends, heights }
});

/// A stream of standard normal numbers.
pub(crate) struct Normals {
    state: [u64; 4],
    ziggurat: &'static Ziggurat,
}

impl Normals {
    pub fn new(seed: u64) -> Normals {
        let mut next = seed;
        let state = std::array::from_fn(|_| {
            next = next.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        });
        Normals { state, ziggurat: &ZIGGURAT }
    }

    #[inline]
    fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let bits = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        bits
    }

    /// A number from above 0 to 1.
    fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// The next number.
    #[inline]
    pub fn next(&mut self) -> f64 {
        loop {
            let bits = self.bits();
            let layer = (bits & 0xff) as usize;
            // The upper bits as a number from −1 to 1.
            let share = (bits as i64 >> 11) as f64 / (1_u64 << 52) as f64;
            let x = share * self.ziggurat.ends[layer];
            if x.abs() < self.ziggurat.ends[layer + 1] {
                return x;
            }
            if let Some(x) = self.beside(layer, x) {
                return x;
            }
        }
    }

    /// A number that did not fall in the part of its layer that lies below the density everywhere.
    #[cold]
    fn beside(&mut self, layer: usize, x: f64) -> Option<f64> {
        if layer == 0 {
            loop {
                let (beyond, height) = (-self.unit().ln() / TAIL, -self.unit().ln());
                if 2.0 * height >= beyond * beyond {
                    return Some((TAIL + beyond).copysign(x));
                }
            }
        }
        let (low, high) = (self.ziggurat.heights[layer], self.ziggurat.heights[layer + 1]);
        (low + self.unit() * (high - low) < (-x * x / 2.0).exp()).then_some(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Moments and tails of the normal distribution, within four standard errors of their estimates.
    #[test]
    fn numbers_are_normal() {
        let count = 1_000_000;
        let mut normals = Normals::new(7);
        let (mut sums, mut beyond) = ([0.0; 4], [0; 3]);
        for _ in 0..count {
            let x = normals.next();
            for (power, sum) in sums.iter_mut().enumerate() {
                *sum += x.powi(power as i32 + 1) / f64::from(count);
            }
            for (limit, seen) in [1.0, 1.959_963_984_540_054, 3.7].into_iter().zip(&mut beyond) {
                *seen += usize::from(x > limit);
            }
        }
        for (got, (expected, spread)) in
            sums.into_iter().zip([(0.0, 1.0), (1.0, 2.0), (0.0, 15.0), (3.0, 96.0)])
        {
            let spread: f64 = spread;
            assert!((got - expected).abs() < 4.0 * spread.sqrt() / 1e3, "{got} {expected}");
        }
        for (seen, share) in beyond.into_iter().zip([0.158_655_25, 0.025, 1.078e-4]) {
            let expected = share * f64::from(count);
            assert!((seen as f64 - expected).abs() < 4.0 * expected.sqrt(), "{seen} {expected}");
        }
    }

    #[test]
    fn a_seed_gives_its_numbers_again() {
        let draw = |seed| {
            let mut normals = Normals::new(seed);
            [normals.next(), normals.next(), normals.next()]
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
