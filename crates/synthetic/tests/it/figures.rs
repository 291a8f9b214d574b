//! The figures.

use std::collections::{BTreeMap, BTreeSet};

use synthetic::{SyntheticTown, town, town_on};
use vocabulary::{AreaKind, Figure, Frequency, Observation, Period, Withheld};

use crate::check;

/// The figures of the town itself for everyone, by indicator.
fn of_the_town(t: &SyntheticTown) -> BTreeMap<String, Vec<&Observation>> {
    let mut series: BTreeMap<String, Vec<&Observation>> = BTreeMap::new();
    for o in t.observations.iter().filter(|o| o.area == t.code && o.group.is_empty()) {
        series.entry(o.indicator.to_string()).or_default().push(o);
    }
    series
}

#[test]
fn every_indicator_has_years_of_whole_periods() {
    check(|t| {
        let series = of_the_town(t);
        for indicator in &t.indicators {
            let found = &series[indicator.code];
            let wanted = match indicator.frequency {
                Frequency::Monthly => 60,
                Frequency::Quarterly => 24,
                _ => 8,
            };
            assert_eq!(found.len(), wanted, "{}", indicator.code);
            assert!(found.iter().all(|o| o.period.frequency() == indicator.frequency));
            assert!(found.windows(2).all(|w| w[0].period.end().tomorrow().unwrap() == w[1].period.start()));
            assert!(found.iter().all(|o| o.period.end() < t.as_of));
        }
    });
}

#[test]
fn values_are_their_numerator_over_their_denominator() {
    check(|t| {
        let per: BTreeMap<&str, f64> = t.indicators.iter().map(|i| (i.code, f64::from(i.per))).collect();
        for o in &t.observations {
            match (o.figure, o.numerator, o.denominator) {
                (Figure::Value(value), Some(events), Some(people)) => {
                    assert!((value - events / people * per[&*o.indicator]).abs() < 1e-9);
                    assert!(events <= people && value.is_finite());
                    let apart = !o.area.as_str().starts_with("SYN-N");
                    assert!(!apart || events == 0.0 || events >= 5.0, "{o:?}");
                }
                (Figure::Withheld(_), None, _) => {}
                _ => panic!("{o:?}"),
            }
        }
    });
}

/// Adds up the places of each indicator and period that `holds` picks; none where any of them is withheld.
fn sums(
    t: &SyntheticTown,
    holds: impl Fn(&Observation) -> bool,
) -> BTreeMap<(String, Period), Option<[f64; 2]>> {
    let mut sums = BTreeMap::new();
    for o in t.observations.iter().filter(|o| holds(o)) {
        let sum = sums.entry((o.indicator.to_string(), o.period)).or_insert(Some([0.0, 0.0]));
        *sum = match (*sum, o.numerator, o.denominator) {
            (Some([n, d]), Some(events), Some(people)) => Some([n + events, d + people]),
            _ => None,
        };
    }
    sums
}

#[test]
fn parts_add_up_to_the_town() {
    check(|t| {
        let town = sums(t, |o| o.area == t.code && o.group.is_empty());
        let fifths = sums(t, |o| o.area == t.code && !o.group.is_empty());
        let wards = sums(t, |o| o.area_kind == AreaKind::Ward);
        let small = sums(t, |o| o.area_kind == AreaKind::Lsoa);
        assert_eq!(fifths.len(), town.len());
        let mut compared = 0;
        for part in [&fifths, &wards, &small] {
            for (key, sum) in part.iter().filter_map(|(key, sum)| Some((key, (*sum)?))) {
                assert_eq!(town[key], Some(sum), "{key:?}");
                compared += 1;
            }
        }
        assert!(compared > 500, "{compared}");
    });
}

#[test]
fn a_withheld_count_cannot_be_worked_out() {
    check(|t| {
        let mut hidden: BTreeMap<_, usize> = BTreeMap::new();
        for o in &t.observations {
            if o.figure == Figure::Withheld(Withheld::Suppressed) {
                let partition = (o.indicator.to_string(), o.period, o.area_kind, o.group.is_empty());
                *hidden.entry(partition).or_default() += 1;
            }
        }
        assert!(hidden.len() > 20);
        assert!(hidden.values().all(|&count| count > 1));
    });
}

#[test]
fn some_figures_are_missing_and_some_suppressed() {
    check(|t| {
        let states: BTreeSet<&str> = t.observations.iter().map(|o| o.figure.status()).collect();
        assert!(states.is_superset(&["value", "missing", "suppressed"].into()), "{states:?}");
        assert!(t.indicators.iter().filter(|i| i.target.is_some()).count() >= 10);
        assert!(t.indicators.iter().filter(|i| i.rebase.is_some()).count() >= 2);
        assert!(t.indicators.iter().any(|i| i.recommendations.is_empty()));
    });
}

#[test]
fn the_most_deprived_fare_worse() {
    check(|t| {
        let totals = |group: &str| {
            let sum = sums(t, |o| o.area == t.code && &*o.indicator == "unemployment" && &*o.group == group);
            let [n, d] = sum.values().flatten().fold([0.0, 0.0], |s, v| [s[0] + v[0], s[1] + v[1]]);
            n / d
        };
        let (most, least) =
            (totals("deprivation: 1 (most deprived)"), totals("deprivation: 5 (least deprived)"));
        assert!(most > 2.0 * least, "{most} {least}");
    });
}

#[test]
fn a_shift_is_there_to_be_found() {
    let t = town(1);
    let series = of_the_town(&t);
    let values: Vec<f64> = series["damp-repairs"].iter().filter_map(|o| o.figure.value()).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (before, after) = values.split_at(values.len() - 11);
    assert!(mean(after) - mean(before) > 8.0);
}

#[test]
fn another_day_moves_the_figures_and_not_the_places() {
    let (one, other) = (town(1), town_on(1, "2027-03-15".parse().unwrap()));
    assert_eq!(one.areas, other.areas);
    assert_eq!(one.postcodes, other.postcodes);
    let last = |t: &SyntheticTown| t.observations.iter().map(|o| o.period.end()).max();
    assert!(last(&one) < last(&other));
}
