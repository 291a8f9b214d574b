//! Hand-worked boundaries of each rule: one point fewer, ties on the centre, a point exactly on a limit.

use spc::{Judgement, Rule, Variation};
use vocabulary::Polarity;

use crate::{draw, firing, series};

/// Twenty points that alternate about 10 with an average moving range near 2, with some replaced from place 6.
fn check(profile: &str, kind: &str, values: &[f64], rule: Rule, expected: &[usize]) {
    let chart = draw(&series(values, Polarity::HighIsGood), kind, profile);
    assert_eq!(firing(&chart, rule), expected, "{profile} {rule:?} {values:?}");
}

/// Points about a centre of zero: `run` above it in the middle, matched by as many below at both ends, so that the
/// mean and the median stay at zero.
fn with_run(run: usize) -> Vec<f64> {
    let mut values = Vec::new();
    for i in 0..16 {
        values.push(if i % 2 == 0 { 2.0 } else { -2.0 });
    }
    values.extend(std::iter::repeat_n(1.0, run));
    values.push(-(run as f64));
    values
}

#[test]
fn shift_of_six_seven_and_eight() {
    // Sixteen points that alternate and end low, then the run, then one point that brings the mean back to zero.
    check("mdc-excel", "i", &with_run(6), Rule::Shift, &[]);
    check("mdc-excel", "i", &with_run(7), Rule::Shift, &[16, 17, 18, 19, 20, 21, 22]);
    check("mdc-excel", "i", &with_run(8), Rule::Shift, &[16, 17, 18, 19, 20, 21, 22, 23]);
    check("ptd-0.2.2", "i", &with_run(7), Rule::Shift, &[16, 17, 18, 19, 20, 21, 22]);
    check("western-electric", "i", &with_run(7), Rule::Shift, &[]);
    check("western-electric", "i", &with_run(8), Rule::Shift, &[23]);
    check("nelson", "i", &with_run(8), Rule::Shift, &[]);
    check("nelson", "i", &with_run(10), Rule::Shift, &[24, 25]);
}

#[test]
fn ties_on_the_mean() {
    // Three above, one on the mean, four above: the tie ends the run, or is passed over and fires with it.
    let mut values = with_run(7);
    values.insert(19, 0.0);
    check("mdc-excel", "i", &values, Rule::Shift, &[]);
    check("powerbi", "i", &values, Rule::Shift, &[16, 17, 18, 19, 20, 21, 22, 23]);
    // Decimals whose mean is a little off in floating point: 0.1, 0.2 and 0.3 have 0.2 as their mean.
    let decimals: Vec<f64> = (0..18).map(|i| [0.1, 0.2, 0.3][i % 3]).collect();
    let chart = draw(&series(&decimals, Polarity::HighIsGood), "i", "mdc-excel");
    assert!(chart.points().iter().all(|p| p.rules.is_empty()));
}

#[test]
fn trend_of_six_seven_and_eight() {
    let rising = |n: usize| {
        let mut values: Vec<f64> = (0..12).map(|i| if i % 2 == 0 { 30.0 } else { -30.0 }).collect();
        values.extend((0..n).map(|i| -31.0 + i as f64));
        values.extend([-40.0, 40.0]);
        values
    };
    // The last alternating point is -30; the rise starts at -31, one below it.
    check("mdc-excel", "i", &rising(6), Rule::Trend, &[]);
    check("mdc-excel", "i", &rising(7), Rule::Trend, &[12, 13, 14, 15, 16, 17, 18]);
    check("mdc-excel", "i", &rising(8), Rule::Trend, &[12, 13, 14, 15, 16, 17, 18, 19]);
    check("nelson", "i", &rising(5), Rule::Trend, &[]);
    check("nelson", "i", &rising(7), Rule::Trend, &[17, 18]);
    check("powerbi", "i", &rising(4), Rule::Trend, &[]);
    check("powerbi", "i", &rising(5), Rule::Trend, &[12, 13, 14, 15, 16]);
    let falling: Vec<f64> = rising(7).iter().map(|v| -v).collect();
    check("mdc-excel", "i", &falling, Rule::Trend, &[12, 13, 14, 15, 16, 17, 18]);
    // A repeated value ends a trend by NHS England's rules, and counts once in the Power BI charts.
    let mut tied = rising(7);
    tied.insert(15, tied[14]);
    check("mdc-excel", "i", &tied, Rule::Trend, &[]);
    check("powerbi", "i", &tied, Rule::Trend, &[12, 13, 14, 15, 16, 17, 18, 19]);
}

/// Frozen limits of exactly 0 ± 2.66 from a baseline that alternates between 0.5 and -0.5, then these points.
fn frozen(after: &[f64]) -> spc::Chart {
    let mut values: Vec<f64> = (0..20).map(|i| if i % 2 == 0 { 0.5 } else { -0.5 }).collect();
    values.extend(after);
    let until = crate::month(19).start();
    let series = series(&values, Polarity::HighIsGood).with_freezes(vec![until]).unwrap();
    draw(&series, "i", "mdc-excel")
}

#[test]
fn a_point_exactly_on_a_limit_is_not_outside_it() {
    let chart = frozen(&[2.66, -2.66, 2.660_001, -2.660_001]);
    assert_eq!((chart.points()[20].upper, chart.points()[20].lower), (Some(2.66), Some(-2.66)));
    assert_eq!(firing(&chart, Rule::Outside), [22, 23]);
}

#[test]
fn two_of_three_near_a_limit() {
    let near = |after: &[f64], expected: &[usize]| {
        assert_eq!(firing(&frozen(after), Rule::TwoOfThree), expected, "{after:?}");
    };
    // The outer third begins at 1.7733; all three points must be above the mean.
    near(&[2.0, 2.0, 1.0], &[20, 21]);
    near(&[2.0, 1.0, 2.0], &[20, 22]);
    near(&[2.0, 1.0, 1.0, 2.0], &[]);
    near(&[2.0, -1.0, 2.0], &[]);
    near(&[2.0, 0.0, 2.0], &[]);
    near(&[2.0, 1.0, -2.0], &[]);
    near(&[-2.0, -2.0, -1.0], &[20, 21]);
    // A point beyond the limit counts, and fires both rules; a point exactly on the inner edge does not count.
    near(&[3.0, 1.0, 2.0], &[20, 22]);
    near(&[2.66 * 2.0 / 3.0, 1.0, 2.0], &[]);
}

#[test]
fn ptd_does_not_count_points_beyond_the_limit() {
    let mut values: Vec<f64> = (0..20).map(|i| if i % 2 == 0 { 0.5 } else { -0.5 }).collect();
    values.extend([3.0, 1.0, 2.0]);
    let series = series(&values, Polarity::HighIsGood).with_freezes(vec![crate::month(19).start()]).unwrap();
    let chart = draw(&series, "i", "ptd-0.2.2");
    assert_eq!(firing(&chart, Rule::TwoOfThree), [0_usize; 0]);
    assert_eq!(firing(&chart, Rule::Outside), [20]);
}

#[test]
fn ptd_leaves_large_moving_ranges_out_once() {
    // The example of the package's vignette on its deviations: one value of 10 among ones and twos.
    let values = [1., 2., 1., 2., 10., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1.];
    let ptd = draw(&series(&values, Polarity::HighIsGood), "i", "ptd-0.2.2");
    // Fifteen ranges of 1 stay; those of 8 and 9 are above 3.267 times 32/17.
    let mean = 35.0 / 18.0;
    assert!(crate::close(ptd.points()[0].upper.unwrap(), mean + 2.66));
    let mdc = draw(&series(&values, Polarity::HighIsGood), "i", "mdc-excel");
    assert!(crate::close(mdc.points()[0].upper.unwrap(), mean + 2.66 * 32.0 / 17.0));
}

#[test]
fn limits_and_icons_come_at_thirteen_points() {
    let values: Vec<f64> = (0..13).map(|i| f64::from(i % 2)).collect();
    let twelve = draw(&series(&values[..12], Polarity::HighIsGood), "i", "mdc-excel");
    assert_eq!((twelve.points()[0].upper, twelve.variation()), (None, Variation::NotEnoughPoints));
    assert!(twelve.points()[0].centre.is_some());
    let thirteen = draw(&series(&values, Polarity::HighIsGood), "i", "mdc-excel");
    assert_eq!(thirteen.variation(), Variation::CommonCause);
    assert!(thirteen.points()[0].upper.is_some());
}

#[test]
fn improvement_wins_a_conflict_by_nhs_rules() {
    // A rise of seven that begins below the lower limit: the first point is both.
    let mut after = vec![-0.5];
    after.extend((0..7).map(|i| -3.0 + 0.4 * f64::from(i)));
    let chart = frozen(&after);
    let point = chart.points()[21];
    assert!(point.rules.contains(Rule::Outside) && point.rules.contains(Rule::Trend));
    assert_eq!(point.judgement, Judgement::Improvement);
}

#[test]
fn nelsons_other_tests() {
    let alternating: Vec<f64> = (0..14).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
    check("nelson", "i", &alternating[..13], Rule::Alternating, &[]);
    check("nelson", "i", &alternating, Rule::Alternating, &[13]);
    // Fifteen small values after a baseline with wide limits.
    let mut hugging: Vec<f64> = (0..10).map(|i| if i % 2 == 0 { 9.0 } else { -9.0 }).collect();
    hugging.extend((0..15).map(|i| [0.1, -0.1, 0.2, -0.2][i % 4]));
    check("nelson", "i", &hugging[..24], Rule::Within, &[]);
    check("nelson", "i", &hugging, Rule::Within, &[24]);
}

#[test]
fn anhoejs_two_tests() {
    // Sixteen useful points: the longest run allowed is round(log2 16) + 3 = 7; at least 5 crossings.
    let run = |high: usize, then: &[f64]| {
        let mut values = vec![1.0; high];
        values.extend(then);
        values
    };
    let seven = run(7, &[-1.0, 1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0]);
    let eight = run(8, &[-1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0]);
    check("anhoej", "run", &seven, Rule::LongRun, &[]);
    check("anhoej", "run", &eight, Rule::LongRun, &(0..16).collect::<Vec<_>>());
    check("anhoej", "run", &seven, Rule::FewCrossings, &(0..16).collect::<Vec<_>>());
    let five = [1., 1., 1., -1., -1., -1., 1., 1., 1., -1., -1., -1., 1., 1., -1., -1.];
    check("anhoej", "run", &five, Rule::FewCrossings, &[]);
}
