//! Numbers that others have published or that follow from published formulas.

use crate::{close, draw, ratios, series};
use spc::{Reading, Series};
use vocabulary::Polarity;

/// To so many decimals as printed.
fn check(ours: Option<f64>, printed: f64, decimals: i32) {
    let ours = ours.unwrap();
    assert!((ours - printed).abs() <= 0.501 * 10_f64.powi(-decimals), "{ours} against {printed}");
}

/// Montgomery, 7th ed., example 6.5 (viscosity of 15 batches of paint primer), table 6.6: x̄ = 33.52, average moving
/// range 0.48, limits 34.80 and 32.24.
#[test]
fn viscosity_of_primer() {
    let values = [
        33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12,
        33.84,
    ];
    let chart = draw(&series(&values, Polarity::NotSet), "i", "western-electric");
    let point = chart.points()[0];
    check(point.centre, 33.52, 2);
    check(point.upper, 34.80, 2);
    check(point.lower, 32.24, 2);
    let ranges = draw(&series(&values, Polarity::NotSet), "mr", "western-electric");
    check(ranges.points()[1].centre, 0.48, 2);
    check(ranges.points()[1].upper, 1.57, 2);
}

/// Montgomery, 7th ed., section 9.1: with a target of 10, σ = 1, k = ½ and h = 5, table 9.2's sums. Here the centre and
/// the spread come from a frozen baseline of mean 10 and average moving range 1.128, and the later values are the last
/// ten of the example, so that each sum follows the printed recursion from zero.
#[test]
fn tabular_sums() {
    let half = 1.128 / 2.0;
    let mut values: Vec<f64> = (0..20).map(|i| if i % 2 == 0 { 10.0 - half } else { 10.0 + half }).collect();
    values.extend([10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52]);
    let until = crate::month(19).start();
    let series = series(&values, Polarity::NotSet).with_freezes(vec![until]).unwrap();
    let chart = draw(&series, "cusum", "western-electric");
    check(chart.points()[20].upper, 5.0, 9);
    let sums: Vec<f64> = chart.points()[20..].iter().map(|p| p.value.unwrap()).collect();
    // C+ restarts from what the baseline left, which is 0.064 at its last, high, point.
    let printed = [0.464, -0.17, 1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.30];
    for (ours, printed) in sums.iter().zip(printed) {
        assert!((ours - printed).abs() < 1e-9, "{sums:?}");
    }
    assert_eq!(crate::firing(&chart, spc::Rule::Outside), [28, 29]);
}

/// Montgomery, 7th ed., section 9.2: the limits of an EWMA of weight λ are L σ √(λ/(2 − λ)(1 − (1 − λ)^2i)); for λ = 0.2
/// and L = 3 they start at 0.6 σ and end at σ.
#[test]
fn moving_average_limits_widen() {
    let half = 1.128 / 2.0;
    let values: Vec<f64> = (0..60).map(|i| if i % 2 == 0 { half } else { -half }).collect();
    let chart = draw(&series(&values, Polarity::NotSet), "ewma", "western-electric");
    check(chart.points()[0].upper, 0.6, 9);
    check(chart.points()[1].upper, 0.6 * 1.64_f64.sqrt(), 9);
    check(chart.points()[59].upper, 1.0, 9);
}

/// Laney 2002: p′ is a p chart with limits times σz. Worked from the definitions.
#[test]
fn laneys_correction() {
    let (values, sizes) = ([480.0, 530.0, 455.0, 540.0], [1000.0, 1000.0, 1000.0, 1000.0]);
    let (p, plain) = (0.50125_f64, (0.50125_f64 * 0.49875 / 1000.0).sqrt());
    let spread = (0.050 + 0.075 + 0.085) / 3.0 / plain / 1.128;
    let chart = draw(&ratios(&values, &sizes), "p'", "western-electric");
    assert!(close(chart.points()[0].centre.unwrap(), p));
    assert!(close(chart.points()[2].upper.unwrap(), p + 3.0 * plain * spread));
}

/// Taylor 2017: with every denominator equal an I′ chart is an individuals chart with σ = mean range × √π/2, and limits
/// shrink with the root of the denominator.
#[test]
fn normalised_individuals() {
    let (values, sizes) = ([8.0, 24.0, 10.0, 36.0], [4.0, 8.0, 5.0, 9.0]);
    let averages = [2.0, 3.0, 2.0, 4.0];
    let centre = 78.0 / 26.0;
    let normal = |i: usize| {
        let width = (1.0 / sizes[i - 1] + 1.0_f64 / sizes[i]).sqrt();
        f64::abs(averages[i] - averages[i - 1]) * (std::f64::consts::PI / 2.0).sqrt() / width
    };
    let unit = (normal(1) + normal(2) + normal(3)) / 3.0;
    let chart = draw(&ratios(&values, &sizes), "i'", "western-electric");
    assert!(close(chart.points()[0].centre.unwrap(), centre));
    assert!(close(chart.points()[3].upper.unwrap(), centre + 3.0 * unit / 3.0));
}

/// x̄-R and R with subgroups of five: A2 = 0.577, D4 = 2.114 (Montgomery, 7th ed., appendix VI).
#[test]
fn means_and_ranges_of_five() {
    let readings = (0..25).flat_map(|month| {
        let middle = 74.0 + 0.001 * f64::from(month % 5 - 2);
        [-0.01, -0.005, 0.0, 0.005, 0.01]
            .map(|off| Reading::new(crate::month(month as usize), Some(middle + off)))
    });
    let series = Series::new(readings.collect(), Polarity::NotSet).unwrap();
    let means = draw(&series, "xbar-r", "western-electric");
    assert_eq!(means.points().len(), 25);
    check(means.points()[0].centre, 74.0, 9);
    check(means.points()[0].upper, 74.0 + 0.577 * 0.02, 5);
    let ranges = draw(&series, "r", "western-electric");
    check(ranges.points()[0].centre, 0.02, 9);
    check(ranges.points()[0].upper, 2.114 * 0.02, 4);
    assert_eq!(ranges.points()[0].lower, Some(0.0));
}

/// Montgomery, 7th ed., section 7.2: np limits are those of p times n.
#[test]
fn np_is_p_times_n() {
    let (values, sizes) = ([12.0, 15.0, 8.0, 10.0, 4.0, 7.0], [50.0; 6]);
    let p = draw(&ratios(&values, &sizes), "p", "nelson");
    let np = draw(&ratios(&values, &sizes), "np", "nelson");
    for (p, np) in p.points().iter().zip(np.points()) {
        assert!(close(p.value.unwrap() * 50.0, np.value.unwrap()));
        assert!(close(p.centre.unwrap() * 50.0, np.centre.unwrap()));
        assert!(close(p.upper.unwrap() * 50.0, np.upper.unwrap()));
    }
}

/// NHS England, Making Data Count: limits are the mean ± 2.66 × the average moving range.
#[test]
fn nhs_england_limits() {
    let values = [10., 12., 11., 13., 9., 10., 14., 12., 11., 10., 13., 12., 11., 12., 10.];
    let ranges = [2., 1., 2., 4., 1., 4., 2., 1., 1., 3., 1., 1., 1., 2.];
    let (mean, average) = (170.0 / 15.0, ranges.iter().sum::<f64>() / 14.0);
    let chart = spc::xmr(&series(&values, Polarity::HighIsGood));
    assert!(close(chart.points()[0].centre.unwrap(), mean));
    assert!(close(chart.points()[0].upper.unwrap(), mean + 2.66 * average));
    assert!(close(chart.points()[0].lower.unwrap(), mean - 2.66 * average));
    assert!(chart.method().contains("mean ± 2.66 × the average moving range"), "{}", chart.method());
}
