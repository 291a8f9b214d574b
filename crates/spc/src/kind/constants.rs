//! The constants of charts for variables.
//!
//! c4 has a closed form and is worked out for any size. d2 and d3 are integrals of the normal distribution and
//! are taken from the published table, to three decimals as every textbook and peer uses them, so that limits
//! agree with theirs (Montgomery, *Introduction to Statistical Quality Control*, 7th ed., appendix VI). A test
//! holds the table against the integrals.

const D2: [f64; 24] = [
    1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532,
    3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
];

const D3: [f64; 24] = [
    0.853, 0.888, 0.880, 0.864, 0.848, 0.833, 0.820, 0.808, 0.797, 0.787, 0.778, 0.770, 0.763, 0.756, 0.750,
    0.744, 0.739, 0.734, 0.729, 0.724, 0.720, 0.716, 0.712, 0.708,
];

/// The largest subgroup that d2 and d3 are given for.
pub(super) const LARGEST: usize = 25;

/// The mean range of so many standard normal values; `None` for fewer than 2 or more than 25.
pub(super) fn d2(size: f64) -> Option<f64> {
    place(size).map(|at| D2[at])
}

/// The standard deviation of the range of so many standard normal values.
pub(super) fn d3(size: f64) -> Option<f64> {
    place(size).map(|at| D3[at])
}

fn place(size: f64) -> Option<usize> {
    (size >= 2.0 && size <= LARGEST as f64).then(|| size as usize - 2)
}

/// How far the standard deviation of so many normal values falls short of the true one, on average; zero for
/// fewer than two.
///
/// √(2/(n − 1)) Γ(n/2)/Γ((n − 1)/2), from the ratio of gammas two sizes before; above 1,000 its series.
pub(super) fn c4(size: f64) -> f64 {
    if size < 2.0 {
        return 0.0;
    }
    if size > 1000.0 {
        let part = 1.0 / size;
        return 1.0 - part / 4.0 - 7.0 * part * part / 32.0 - 19.0 * part.powi(3) / 128.0;
    }
    let size = size as usize;
    // Γ(n/2)/Γ((n − 1)/2) for n = 2 is 1/√π, and the product of one and the next is (n − 1)/2.
    let mut ratio = 1.0 / std::f64::consts::PI.sqrt();
    for n in 2..size {
        ratio = (n as f64 - 1.0) / 2.0 / ratio;
    }
    (2.0 / (size as f64 - 1.0)).sqrt() * ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Montgomery, 7th ed., appendix VI.
    #[test]
    fn published_factors() {
        fn check(size: f64, c4_: f64, a2: f64, a3: f64, (b3, b4): (f64, f64), (d3_, d4): (f64, f64)) {
            // Published to three decimals; D3 and D4 from a d3 with more decimals than the table prints.
            let close = |ours: f64, published: f64| {
                assert!((ours - published).abs() <= 0.002, "size {size}: {ours} against {published}");
            };
            let (c, d, e) = (c4(size), d2(size).unwrap(), d3(size).unwrap());
            close(c, c4_);
            close(3.0 / (d * size.sqrt()), a2);
            close(3.0 / (c * size.sqrt()), a3);
            let width = 3.0 * (1.0 - c * c).sqrt() / c;
            close((1.0 - width).max(0.0), b3);
            close(1.0 + width, b4);
            close((1.0 - 3.0 * e / d).max(0.0), d3_);
            close(1.0 + 3.0 * e / d, d4);
        }
        check(2.0, 0.7979, 1.880, 2.659, (0.0, 3.267), (0.0, 3.267));
        check(3.0, 0.8862, 1.023, 1.954, (0.0, 2.568), (0.0, 2.574));
        check(4.0, 0.9213, 0.729, 1.628, (0.0, 2.266), (0.0, 2.282));
        check(5.0, 0.9400, 0.577, 1.427, (0.0, 2.089), (0.0, 2.114));
        check(6.0, 0.9515, 0.483, 1.287, (0.030, 1.970), (0.0, 2.004));
        check(7.0, 0.9594, 0.419, 1.182, (0.118, 1.882), (0.076, 1.924));
        check(8.0, 0.9650, 0.373, 1.099, (0.185, 1.815), (0.136, 1.864));
        check(10.0, 0.9727, 0.308, 0.975, (0.284, 1.716), (0.223, 1.777));
        check(15.0, 0.9823, 0.223, 0.789, (0.428, 1.572), (0.347, 1.653));
        check(20.0, 0.9869, 0.180, 0.680, (0.510, 1.490), (0.415, 1.585));
        check(25.0, 0.9896, 0.153, 0.606, (0.565, 1.435), (0.459, 1.541));
    }

    #[test]
    fn the_series_meets_the_product() {
        let product = {
            let mut ratio = 1.0 / std::f64::consts::PI.sqrt();
            for n in 2..1001 {
                ratio = (n as f64 - 1.0) / 2.0 / ratio;
            }
            (2.0_f64 / 1000.0).sqrt() * ratio
        };
        assert!((c4(1001.0) - product).abs() < 1e-11);
    }

    /// d2 = ∫ 1 − Φ(x)ⁿ − (1 − Φ(x))ⁿ dx, by Simpson's rule, with Φ summed from its density.
    #[test]
    fn the_table_holds_against_the_integral() {
        let (steps, low, high) = (4000_usize, -8.0_f64, 8.0);
        let width = (high - low) / steps as f64;
        let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let mut phi = vec![0.0; steps + 1];
        for i in 1..=steps {
            let x = low + (i - 1) as f64 * width;
            phi[i] =
                phi[i - 1] + width / 6.0 * (density(x) + 4.0 * density(x + width / 2.0) + density(x + width));
        }
        for n in 2..=25_i32 {
            let inside = |i: usize| 1.0 - phi[i].powi(n) - (1.0 - phi[i]).powi(n);
            let sum: f64 = (0..=steps)
                .map(|i| inside(i) * if i == 0 || i == steps { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 })
                .sum();
            let exact = sum * width / 3.0;
            assert!((exact - d2(f64::from(n)).unwrap()).abs() < 6e-4, "{n}: {exact}");
        }
    }
}
