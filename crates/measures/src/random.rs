//! Seeded normal numbers for simulated limits.
//!
//! The generator is xoshiro256++ (Blackman and Vigna 2021, *ACM Transactions on Mathematical Software* 47: 36), started
//! by splitmix64; normal numbers are cut from it by the ziggurat of Marsaglia and Tsang 2000, *Journal of Statistical
//! Software* 5(8), with 512 layers and 23 bits within a layer, of words of 32 as there.
//! The same seed gives the same numbers. Rejected: the generators of the rand crate,
//! whose numbers may change with its releases, and inverting the normal distribution, which costs ten times as much.

use std::sync::LazyLock;

const LAYERS: usize = 512;
/// Where the lowest layer ends, and the area of each layer.
const TAIL: f64 = 3.852_046_150_368_391;
const AREA: f64 = 0.002_456_766_351_541_356;

struct Ziggurat {
    layers: [Layer; LAYERS],
    /// The height of the density at the right end of each layer, and of the one above it.
    heights: [f64; LAYERS + 1],
}

/// A layer as it is asked for with every number.
#[derive(Clone, Copy)]
struct Layer {
    /// Its right end, divided by what 23 bits with a sign reach, in half steps.
    scale: f64,
    /// The right end of the layer above: up to there all of this one lies below the density.
    inner: f64,
}

impl Ziggurat {
    /// A number, and whether it lies where its layer is below the density everywhere.
    #[inline]
    fn point(&self, bits: u32) -> (f64, bool) {
        let layer = self.layers[(bits & (LAYERS as u32 - 1)) as usize];
        // The upper 23 bits as a number with a sign, from the middle of its step: an odd number of half steps.
        let x = f64::from(bits as i32 >> 8 | 1) * layer.scale;
        (x, x.abs() < layer.inner)
    }
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
    let layers = std::array::from_fn(|layer| Layer {
        scale: ends[layer] / f64::from(1 << 23),
        inner: ends[layer + 1],
    });
    Ziggurat { layers, heights }
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
    pub fn next(&mut self) -> f64 {
        let bits = (self.bits() >> 32) as u32;
        match self.ziggurat.point(bits) {
            (x, true) => x,
            (x, false) => self.again(bits, x),
        }
    }

    /// Fills `out` with numbers and gives back a distance from zero that none of them exceeds. Two numbers are cut from
    /// one word, and words are made many at a time: then the generator's state stays in registers.
    pub fn fill(&mut self, out: &mut [f64]) -> f64 {
        let mut farthest = TAIL;
        let mut all = [0_u64; 256];
        for block in out.chunks_mut(2 * all.len()) {
            let mut stream = Normals { state: self.state, ziggurat: self.ziggurat };
            let words = &mut all[..block.len().div_ceil(2)];
            words.iter_mut().for_each(|word| *word = stream.bits());
            self.state = stream.state;
            let (upper, lower) = block.split_at_mut(words.len());
            for (half, numbers) in [(32, upper), (0, lower)] {
                for (number, &word) in numbers.iter_mut().zip(&*words) {
                    let bits = (word >> half) as u32;
                    *number = match self.ziggurat.point(bits) {
                        (x, true) => x,
                        (x, false) => {
                            let x = self.again(bits, x);
                            farthest = farthest.max(x.abs());
                            x
                        }
                    };
                }
            }
        }
        farthest
    }

    /// Takes what falls beside the sure part of its layer, or draws anew.
    #[cold]
    fn again(&mut self, bits: u32, x: f64) -> f64 {
        match self.beside((bits & (LAYERS as u32 - 1)) as usize, x) {
            Some(x) => x,
            None => self.next(),
        }
    }

    /// A number that did not fall in the part of its layer that lies below the density everywhere.
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
        // Some one by one, the others together.
        let mut drawn = vec![0.0; 1_000_000];
        let (singly, together) = drawn.split_at_mut(100_003);
        singly.iter_mut().for_each(|x| *x = normals.next());
        normals.fill(together);
        for x in drawn {
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
