//! What holds for every series.

use proptest::prelude::*;
use spc::{Chart, Judgement, KINDS, Kind, Reading, Series, Variation, chart, profiles};
use vocabulary::Polarity;

use crate::{month, series};

fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![6 => (-400_i32..400).prop_map(|n| f64::from(n) / 4.0), 1 => Just(f64::NAN)];
    prop::collection::vec(value, 0..45)
}

fn polarity() -> impl Strategy<Value = Polarity> {
    prop_oneof![Just(Polarity::HighIsGood), Just(Polarity::LowIsGood), Just(Polarity::NotSet)]
}

fn all_profiles(values: &[f64], polarity: Polarity) -> impl Iterator<Item = Chart> {
    let series = series(values, polarity);
    profiles().iter().map(move |profile| chart(&series, Kind::Individuals, profile).unwrap())
}

fn same_rules(a: &Chart, b: &Chart) -> bool {
    let pairs = || a.points().iter().zip(b.points());
    a.variation() == b.variation() && pairs().all(|(a, b)| a.rules == b.rules && a.judgement == b.judgement)
}

proptest! {
    /// Measured in other units, or from another zero, a series shows the same. Powers of two and whole shifts of
    /// quarters are exact, so that ties stay ties.
    #[test]
    fn scale_and_shift_change_nothing(values in values(), better in polarity(), power in -6_i32..7, shift in -500_i32..500) {
        let moved: Vec<f64> = values.iter().map(|v| (v + f64::from(shift)) * 2_f64.powi(power)).collect();
        for (a, b) in all_profiles(&values, better).zip(all_profiles(&moved, better)) {
            prop_assert!(same_rules(&a, &b), "{}", a.profile().name());
        }
    }

    /// Turned upside down, high is low, and what was better is better still.
    #[test]
    fn a_mirror_swaps_high_and_low(values in values(), better in polarity()) {
        let turned = match better {
            Polarity::HighIsGood => Polarity::LowIsGood,
            Polarity::LowIsGood => Polarity::HighIsGood,
            Polarity::NotSet => Polarity::NotSet,
        };
        let mirrored: Vec<f64> = values.iter().map(|v| -v).collect();
        for (a, b) in all_profiles(&values, better).zip(all_profiles(&mirrored, turned)) {
            // A point on the centre line has no side, so a special cause without a direction is shown low there.
            let on_centre = a.latest().is_some_and(|p| p.value == p.centre && p.judgement == Judgement::Neither);
            prop_assert!(on_centre || a.variation().mirrored() == b.variation(), "{}", a.profile().name());
            for (a, b) in a.points().iter().zip(b.points()) {
                prop_assert_eq!(a.rules, b.rules);
                prop_assert_eq!(a.judgement, b.judgement);
                prop_assert_eq!(a.upper.map(|u| -u), b.lower);
            }
        }
    }

    /// Every kind by every profile gives finite numbers, limits either side of the centre, and a sentence that speaks of
    /// special cause only when a rule fired.
    #[test]
    fn never_not_a_number(counts in prop::collection::vec((0_u32..30, 0_u32..60, any::<bool>(), any::<bool>()), 0..40)) {
        let readings: Vec<Reading> = counts.iter().enumerate().map(|(at, &(value, more, gap, ghost))| Reading {
            ghosted: ghost && at % 5 == 0,
            target: Some(3.0),
            ..Reading::of(month(at), Some(f64::from(value)).filter(|_| !gap || at % 3 > 0), Some(f64::from(value + more)))
        }).collect();
        let series = Series::new(readings, Polarity::HighIsGood).unwrap();
        for entry in KINDS {
            for profile in profiles() {
                let chart = chart(&series, entry.kind, profile).unwrap();
                for point in chart.points() {
                    for number in [point.value, point.centre, point.lower, point.upper] {
                        prop_assert!(number.is_none_or(f64::is_finite), "{} {point:?}", entry.name);
                    }
                    if let (Some(low), Some(high)) = (point.lower, point.upper) {
                        prop_assert!(low <= high, "{} {point:?}", entry.name);
                    }
                    prop_assert_eq!(point.rules.is_empty(), point.judgement == Judgement::CommonCause);
                }
                let fired = chart.latest().is_some_and(|p| !p.rules.is_empty());
                let special = !matches!(chart.variation(), Variation::CommonCause | Variation::NotEnoughPoints);
                prop_assert_eq!(fired, special);
                prop_assert_eq!(special, chart.sentence().contains("the point is"));
            }
        }
    }

    /// The rows of a file may come in any order.
    #[test]
    fn order_of_series_does_not_matter(values in prop::collection::vec(values(), 1..5), seed in any::<u64>()) {
        let mut rows = Vec::new();
        for (at, values) in values.iter().enumerate() {
            for (when, value) in values.iter().enumerate() {
                let value = if value.is_nan() { String::new() } else { value.to_string() };
                rows.push(format!("s{at},{},{value}", month(when).start()));
            }
        }
        let sorted = lines(&rows);
        let mut state = seed;
        for i in (1..rows.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            rows.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(sorted, lines(&rows));
    }
}

/// The output for these rows, its lines sorted.
fn lines(rows: &[String]) -> Vec<String> {
    let input = format!("series,date,value\n{}\n", rows.join("\n"));
    let mut output = Vec::new();
    let request = spc::text::Request::new(Kind::Individuals, spc::default_profile());
    spc::text::process(input.as_bytes(), &mut output, &request).unwrap();
    let mut lines: Vec<String> = String::from_utf8(output).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}
