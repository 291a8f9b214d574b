//! Rebases, freezes, ghosted points, gaps and targets that change.

use spc::{Assurance, Reading, Rebase, Rule, Series, Variation};
use vocabulary::Polarity;

use crate::{close, draw, firing, month, series};

/// Fifteen alternating about 10, then fifteen about 20.
fn stepped() -> Vec<f64> {
    (0..30).map(|i| if i < 15 { 10.0 } else { 20.0 } + if i % 2 == 0 { 1.0 } else { -1.0 }).collect()
}

#[test]
fn a_rebase_gives_each_part_its_own_limits() {
    let rebase = Rebase::new(month(15).start(), "The clinic moved").unwrap();
    let series = series(&stepped(), Polarity::HighIsGood).with_rebases(vec![rebase]).unwrap();
    let chart = draw(&series, "i", "mdc-excel");
    assert_eq!(chart.parts().len(), 2);
    assert_eq!(chart.parts()[1].rebase.as_ref().unwrap().reason(), "The clinic moved");
    assert!(close(chart.points()[0].centre.unwrap(), 10.0 + 1.0 / 15.0));
    assert!(close(chart.points()[29].centre.unwrap(), 20.0 - 1.0 / 15.0));
    assert!(close(chart.points()[29].upper.unwrap(), 20.0 - 1.0 / 15.0 + 2.66 * 2.0));
    assert!(chart.points().iter().all(|p| p.rules.is_empty()));
    assert_eq!((chart.points()[14].part, chart.points()[15].part), (1, 2));
}

#[test]
fn a_rebase_needs_a_reason_and_a_reading() {
    assert!(Rebase::new(month(3).start(), "  ").is_err());
    let late = Rebase::new(month(40).start(), "Why not").unwrap();
    assert!(series(&stepped(), Polarity::NotSet).with_rebases(vec![late]).is_err());
}

#[test]
fn freeze_and_split_work_together() {
    // The first part is frozen after 13 points; the second, from point 15, has its own freeze after 13 more.
    let rebase = Rebase::new(month(15).start(), "A new pathway").unwrap();
    let series = series(&stepped(), Polarity::HighIsGood)
        .with_rebases(vec![rebase])
        .unwrap()
        .with_freezes(vec![month(12).start(), month(27).start()])
        .unwrap();
    let chart = draw(&series, "i", "mdc-excel");
    let used: Vec<_> = chart.parts().iter().map(|p| (p.used, p.frozen_from)).collect();
    assert_eq!(used, [(13, Some(13)), (13, Some(28))]);
    assert!(close(chart.points()[14].centre.unwrap(), 10.0 + 1.0 / 13.0));
}

#[test]
fn a_shift_after_a_freeze_is_seen() {
    let series = series(&stepped(), Polarity::LowIsGood).with_freezes(vec![month(14).start()]).unwrap();
    let chart = draw(&series, "i", "mdc-excel");
    assert_eq!(firing(&chart, Rule::Outside), (15..30).collect::<Vec<_>>());
    assert_eq!(chart.variation(), Variation::ConcernHigh);
    assert_eq!(
        chart.sentence(),
        "June 2017: the point is outside the limits and in a run on one side of the centre line and one of two in three close to a limit: a concern, and not what chance usually makes."
    );
}

#[test]
fn a_ghosted_point_changes_nothing_but_its_neighbours_ranges() {
    let mut readings: Vec<Reading> =
        (0..20).map(|i| Reading::new(month(i), Some(if i % 2 == 0 { 1.0 } else { -1.0 }))).collect();
    readings[10] = Reading { value: Some(500.0), ghosted: true, ..readings[10] };
    let with_gap = {
        let mut gapped = readings.clone();
        gapped[10] = Reading::new(month(10), None);
        draw(&Series::new(gapped, Polarity::HighIsGood).unwrap(), "i", "mdc-excel")
    };
    let chart = draw(&Series::new(readings, Polarity::HighIsGood).unwrap(), "i", "mdc-excel");
    assert_eq!(chart.points()[10].value, Some(500.0));
    assert!(chart.points()[10].rules.is_empty() && chart.points()[10].ghosted);
    assert_eq!(chart.points()[0].upper, with_gap.points()[0].upper);
}

#[test]
fn a_gap_ends_a_run() {
    let mut values = vec![0.0; 0];
    values.extend((0..16).map(|i| if i % 2 == 0 { 2.0 } else { -2.0 }));
    values.extend([1.0, 1.0, 1.0, f64::NAN, 1.0, 1.0, 1.0, 1.0, -7.0]);
    let mdc = draw(&series(&values, Polarity::HighIsGood), "i", "mdc-excel");
    assert!(firing(&mdc, Rule::Shift).is_empty());
    assert_eq!(mdc.points()[19].value, None);
    let powerbi = draw(&series(&values, Polarity::HighIsGood), "i", "powerbi");
    assert_eq!(firing(&powerbi, Rule::Shift), [16, 17, 18, 20, 21, 22, 23]);
}

#[test]
fn the_latest_target_is_the_one_that_counts() {
    let readings: Vec<Reading> = (0..20)
        .map(|i| Reading {
            target: Some(if i < 10 { -50.0 } else { 50.0 }),
            ..Reading::new(month(i), Some(if i % 2 == 0 { 1.0 } else { -1.0 }))
        })
        .collect();
    let chart = draw(&Series::new(readings, Polarity::HighIsGood).unwrap(), "i", "mdc-excel");
    assert_eq!(chart.assurance(), Assurance::WillFail);
    assert_eq!((chart.points()[0].target, chart.points()[19].target), (Some(-50.0), Some(50.0)));
}

#[test]
fn a_target_on_a_limit() {
    let values: Vec<f64> = (0..20).map(|i| if i % 2 == 0 { 0.5 } else { -0.5 }).collect();
    let check = |target: f64, polarity, profile: &str, expected| {
        let chart = draw(&series(&values, polarity).with_target(Some(target)), "i", profile);
        assert_eq!(chart.assurance(), expected, "{target} {polarity:?} {profile}");
    };
    check(2.66, Polarity::HighIsGood, "mdc-excel", Assurance::WillFail);
    check(2.66, Polarity::LowIsGood, "mdc-excel", Assurance::WillPass);
    check(-2.66, Polarity::HighIsGood, "mdc-excel", Assurance::WillPass);
    check(-2.66, Polarity::LowIsGood, "mdc-excel", Assurance::WillFail);
    check(2.65, Polarity::HighIsGood, "mdc-excel", Assurance::HitAndMiss);
    check(2.66, Polarity::HighIsGood, "ptd-0.2.2", Assurance::HitAndMiss);
    check(2.67, Polarity::HighIsGood, "ptd-0.2.2", Assurance::WillFail);
    check(2.67, Polarity::NotSet, "mdc-excel", Assurance::NotKnown);
    let run = draw(&series(&values, Polarity::HighIsGood).with_target(Some(1.0)), "run", "anhoej");
    assert_eq!(run.assurance(), Assurance::NotKnown);
}
