//! Published cases, and the formulas of OHID's guidance written out in numpy.

use super::*;
use crate::{Confidence, Levels};

fn proportions(of: &[(f64, f64)]) -> Vec<ProportionPoint> {
    let point = |(at, &(events, population)): (usize, &(f64, f64))| ProportionPoint {
        time: 2020.0 + at as f64,
        events,
        population,
    };
    of.iter().enumerate().map(point).collect()
}

fn check(trend: RecentTrend, direction: Direction, slope: f64, statistic: f64, hangs_on: Option<f64>) {
    assert_eq!((trend.direction, trend.hangs_on), (direction, hangs_on));
    assert!((trend.slope - slope).abs() < 1e-9 * slope.abs(), "{} {slope}", trend.slope);
    assert!((trend.statistic - statistic).abs() < 1e-9 * statistic, "{} {statistic}", trend.statistic);
}

// The example in the help of PHEindicatormethods' assign_trend_markers.
#[test]
fn rates_by_weighted_regression() {
    let points = [
        (30.6, 28.98, 32.25),
        (30.2, 28.63, 31.9),
        (28.0, 26.44, 29.64),
        (24.6, 23.15, 26.19),
        (24.67, 23.16, 26.25),
    ];
    let figure = |(at, (value, lower, upper)): (usize, (f64, f64, f64))| FigurePoint {
        time: at as f64 + 1.0,
        value,
        error: (upper - lower) / (2.0 * Confidence::P95.z()),
    };
    let figures: Vec<FigurePoint> = points.into_iter().enumerate().map(figure).collect();
    let trend = recent_trend(&figures, 5).unwrap();
    check(trend, Direction::Decreasing, -1.751_566_222_662_955_6, 46.763_597_160_549_88, None);
    // Order is of no matter, and older points are not looked at.
    let mut turned = figures.clone();
    turned.reverse();
    turned.push(FigurePoint { time: -7.0, value: 900.0, error: 1.0 });
    assert_eq!(recent_trend(&turned, 5).unwrap(), trend);
    let few = recent_trend(&figures[..4], 5).unwrap_err().reason();
    assert_eq!(few, Some(Reason::FewGroups { what: "points", count: 4, least: 5 }));
}

// R's help of prop.trend.test: X-squared = 8.2249; the second from OHID's formula in numpy.
#[test]
fn proportions_by_the_chi_squared_test() {
    let smokers = proportions(&[(83.0, 86.0), (90.0, 93.0), (129.0, 136.0), (70.0, 82.0)]);
    let trend = recent_trend_of_proportions(&smokers, 4).unwrap();
    check(trend, Direction::NoSignificantChange, -0.515_721_430_695_719_4, 8.224_922_285_197_676, None);
    let births = proportions(&[
        (1367.0, 44_701.0),
        (1332.0, 44_064.0),
        (1199.0, 42_811.0),
        (1023.0, 41_527.0),
        (994.0, 40_299.0),
    ]);
    let trend = recent_trend_of_proportions(&births, 5).unwrap();
    check(trend, Direction::Decreasing, -0.065_249_640_778_984_03, 47.896_676_707_589_116, None);
}

#[test]
fn a_trend_that_hangs_on_one_point_is_none() {
    let points =
        proportions(&[(101.0, 1000.0), (99.0, 1000.0), (100.0, 1000.0), (98.0, 1000.0), (160.0, 1000.0)]);
    let trend = recent_trend_of_proportions(&points, 5).unwrap();
    check(
        trend,
        Direction::NoSignificantChange,
        0.104_460_724_813_534_97,
        13.806_989_005_243_206,
        Some(2024.0),
    );
}

#[test]
fn certain_proportions_have_a_direction() {
    let points = proportions(&[(0.0, 500.0), (10.0, 500.0), (30.0, 500.0), (50.0, 500.0), (70.0, 500.0)]);
    let trend = recent_trend_of_proportions(&points, 5).unwrap();
    assert_eq!(trend.direction, Direction::Increasing);
    let none = recent_trend_of_proportions(&proportions(&[(0.0, 500.0); 5]), 5).unwrap();
    assert_eq!((none.direction, none.statistic), (Direction::NoSignificantChange, 0.0));
    let twice = [points[0], points[0], points[1], points[2], points[3]];
    assert!(recent_trend_of_proportions(&twice, 5).is_err());
}

// Without errors: scipy.stats.linregress gives 1.3 with a standard error of 0.331 662 479 035 539 9.
#[test]
fn a_gap_narrows_when_it_nears_zero() {
    let point = |(at, index): (usize, f64)| InequalityPoint { time: 2019.0 + at as f64, index, error: None };
    let points: Vec<InequalityPoint> =
        [-12.0, -11.0, -11.5, -8.0, -7.0].into_iter().enumerate().map(point).collect();
    let trend = inequality_trend(&points, 0.0, &Levels::STANDARD).unwrap();
    let reach = trend.change.intervals()[0].upper - trend.change.value();
    // The t quantile with 3 degrees of freedom is 3.182 446 305 284 263.
    assert!((reach / 3.182_446_305_284_263 - 0.331_662_479_035_539_9).abs() < 1e-9, "{reach}");
    assert!((trend.change.value() - 1.3).abs() < 1e-12);
    assert_eq!(trend.direction, "narrowing");
    let turned: Vec<InequalityPoint> =
        points.iter().map(|point| InequalityPoint { index: -20.0 - point.index, ..*point }).collect();
    assert_eq!(inequality_trend(&turned, 0.0, &Levels::STANDARD).unwrap().direction, "widening");
}
