//! Series that leave a method nothing to work with: an answer every time.

use spc::{Assurance, KINDS, Reading, Series, Variation, chart, profiles};
use vocabulary::Polarity;

use crate::{draw, month, series};

/// Every kind by every profile draws these readings, and no number of it is not finite.
fn check(readings: &[Reading]) {
    let series = Series::new(readings.to_vec(), Polarity::HighIsGood).unwrap().with_target(Some(0.5));
    for entry in KINDS {
        for profile in profiles() {
            let chart = chart(&series, entry.kind, profile).unwrap();
            for point in chart.points() {
                for number in [point.value, point.centre, point.lower, point.upper] {
                    assert!(number.is_none_or(f64::is_finite), "{} {} {point:?}", entry.name, profile.name());
                }
            }
            assert!(!chart.sentence().is_empty());
        }
    }
}

fn of(values: &[Option<f64>], size: f64) -> Vec<Reading> {
    values.iter().enumerate().map(|(at, &v)| Reading::of(month(at), v, Some(size))).collect()
}

#[test]
fn nothing_one_or_missing() {
    check(&[]);
    check(&of(&[Some(1.0)], 2.0));
    check(&of(&[None], 2.0));
    check(&of(&[None; 24], 2.0));
    check(&of(&[Some(1.0), None].repeat(12), 2.0));
}

#[test]
fn constant_and_zero() {
    check(&of(&[Some(0.0); 24], 2.0));
    check(&of(&[Some(1.0); 24], 1.0));
    check(&of(&[Some(0.1); 24], 3.0));
    check(&of(&[Some(0.0); 24], 0.0));
}

#[test]
fn all_ghosted() {
    let mut readings = of(&[Some(1.0); 24], 2.0);
    for reading in &mut readings {
        reading.ghosted = true;
    }
    check(&readings);
}

#[test]
fn a_constant_series_is_on_its_own_limits() {
    for value in [0.1, 1.0 / 3.0, 1e9 + 0.1, 100.0] {
        let chart =
            draw(&series(&[value; 24], Polarity::HighIsGood).with_target(Some(value)), "i", "mdc-excel");
        let point = chart.points()[0];
        assert_eq!((point.centre, point.lower, point.upper), (Some(value), Some(value), Some(value)));
        assert_eq!(chart.variation(), Variation::CommonCause);
        assert_eq!(chart.assurance(), Assurance::WillPass);
    }
}

#[test]
fn times_of_zero_are_ordinary() {
    let values = [0.0, 3.0, 0.0, 12.0, 1.0, 0.0, 5.0, 20.0, 2.0, 0.0, 7.0, 4.0, 0.0, 9.0];
    for kind in ["g", "t"] {
        let chart = draw(&series(&values, Polarity::HighIsGood), kind, "mdc-excel");
        assert_eq!(chart.points()[0].lower, Some(0.0));
        assert!(chart.points()[0].upper.unwrap() > 10.0);
        assert!(chart.points().iter().all(|p| p.rules.is_empty() || p.value != Some(0.0)));
    }
}

#[test]
fn readings_that_do_not_fit_are_refused_with_their_place() {
    let negative = series(&[1.0, -2.0], Polarity::NotSet);
    let refused = |kind: &str, series: &Series| {
        let kind = spc::Kind::named(kind).unwrap();
        chart(series, kind, spc::default_profile()).unwrap_err().to_string()
    };
    assert_eq!(refused("c", &negative), "reading 2: a c chart cannot hold -2: it must be zero or more");
    assert_eq!(
        refused("p", &negative),
        "reading 1: a p chart needs a denominator above zero with every value"
    );
    let more = Series::new(vec![Reading::of(month(0), Some(3.0), Some(2.0))], Polarity::NotSet).unwrap();
    assert_eq!(
        refused("p", &more),
        "reading 1: a p chart cannot hold 3: it must be no more than its denominator"
    );
    let infinite = Series::new(vec![Reading::new(month(0), Some(f64::INFINITY))], Polarity::NotSet);
    assert_eq!(infinite.unwrap_err().to_string(), "reading 1: value is inf, which is not a finite number");
}
