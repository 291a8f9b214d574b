//! Uptake counted from records.

// A test that cannot read its own dates stops.
#![allow(clippy::unwrap_used)]

use immunisation::Span;
use immunisation::outbreak::{Disease, reproduction_number};
use immunisation::uk::{Child, Dose, Schedule};
use immunisation::uptake::{
    Coverage, Denominator, Indicators, Subject, doses_by_birth_year, observe, standing_now, timeliness,
};
use vocabulary::{Date, Sex};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// `mmr@12 months, 6in1@8 weeks`.
fn history(schedule: &Schedule, born: Date, text: &str) -> Vec<Dose> {
    let dose = |one: &str| {
        let (vaccine, age) = one.trim().split_once('@').unwrap();
        Dose::new(schedule.vaccine(vaccine).unwrap(), age.parse::<Span>().unwrap().after(born))
    };
    text.split(',').filter(|one| !one.trim().is_empty()).map(dose).collect()
}

/// Whether one child, born on `born` with this history, counts for an indicator.
fn check(born: &str, doses: &str, indicator: &str, expected: Option<bool>) {
    let schedule = Schedule::embedded().unwrap();
    let indicators = Indicators::embedded(&schedule).unwrap();
    let doses = history(&schedule, date(born), doses);
    let subject = Subject {
        born: date(born),
        doses: &doses,
        group: (),
        registered: true,
        resident: true,
        registered_elsewhere: false,
    };
    let all = (date("2000-01-01"), date("2050-01-01"));
    let found = indicators.coverage(&schedule, indicator, all, Denominator::Registered, [subject]);
    let found = found.get(&()).map(|coverage| coverage.vaccinated == 1);
    assert_eq!(found, expected, "{indicator}, born {born}: {doses:?}");
}

#[test]
fn cover_counts_what_was_given_by_the_birthday() {
    let primary = "6in1@8 weeks, 6in1@12 weeks, 6in1@16 weeks";
    check("2023-04-10", primary, "12m-6in1", Some(true));
    check("2023-04-10", "6in1@8 weeks, 6in1@12 weeks", "12m-6in1", Some(false));
    check("2023-04-10", "6in1@8 weeks, 6in1@12 weeks, 6in1@12 months", "12m-6in1", Some(true));
    check("2023-04-10", "6in1@8 weeks, 6in1@12 weeks, 6in1@12 months + 1 day", "12m-6in1", Some(false));
    check("2023-04-10", "6in1@8 weeks, 6in1@12 weeks, 6in1@12 months + 1 day", "24m-6in1", Some(true));
    check("2023-04-10", "6in1@8 weeks, 6in1@8 weeks, 6in1@12 weeks", "12m-6in1", Some(false));
    check("2015-04-10", "5in1@8 weeks, 5in1@12 weeks, 5in1@16 weeks", "12m-6in1", Some(true));
    check("2023-04-10", "dtp@8 weeks, dtp@12 weeks, dtp@16 weeks", "12m-6in1", Some(false));
}

#[test]
fn cover_rules_follow_the_cohort() {
    check("2019-12-31", "pcv13@8 weeks", "12m-pcv", Some(false));
    check("2020-01-01", "pcv13@12 weeks", "12m-pcv", Some(true));
    check("2015-06-30", "menb@8 weeks, menb@16 weeks", "12m-menb", None);
    check("2015-07-01", "menb@8 weeks, menb@16 weeks", "12m-menb", Some(true));
    check("2016-03-31", "menc@12 weeks", "12m-menc", Some(true));
    check("2016-04-01", "menc@12 weeks", "12m-menc", None);
    check("2013-02-28", "menc@12 weeks", "12m-menc", Some(false));
    check("2024-06-30", "hib-menc@12 months", "24m-hib-menc", Some(true));
    check("2024-07-01", "hib-menc@12 months", "24m-hib-menc", None);
    check("2023-04-10", "rotavirus@8 weeks, rotavirus@12 weeks", "12m-rotavirus", Some(true));
}

#[test]
fn cover_boosters_and_mmr_are_counted_from_their_ages() {
    check("2022-04-10", "mmr@12 months", "24m-mmr1", Some(true));
    check("2022-04-10", "mmr@12 months - 1 day", "24m-mmr1", Some(false));
    check("2025-01-10", "mmrv@12 months", "24m-mmr1", Some(true));
    check("2022-04-10", "measles@13 months", "24m-mmr1", Some(false));
    check("2020-04-10", "mmr@12 months, mmr@40 months", "5y-mmr2", Some(true));
    check("2020-04-10", "mmr@11 months, mmr@40 months", "5y-mmr2", Some(false));
    check("2020-04-10", "mmr@12 months, mmr@5 years", "5y-mmr2", Some(true));
    check("2020-04-10", "mmr@12 months, mmr@61 months", "5y-mmr2", Some(false));
    let primary = "6in1@8 weeks, 6in1@12 weeks, 6in1@16 weeks";
    check("2020-04-10", &format!("{primary}, dtap-ipv@40 months"), "5y-dtap-ipv-booster", Some(true));
    check("2020-04-10", &format!("{primary}, 6in1@18 months"), "5y-dtap-ipv-booster", Some(false));
    check(
        "2020-04-10",
        "6in1@8 weeks, 6in1@12 weeks, dtap-ipv@40 months",
        "5y-dtap-ipv-booster",
        Some(false),
    );
    check("2022-04-10", "pcv13@12 weeks", "24m-pcv-booster", Some(false));
    check("2022-04-10", "pcv13@12 weeks, pcv13@12 months", "24m-pcv-booster", Some(true));
    check("2022-04-10", "menb@8 weeks, menb@16 weeks, menb@12 months", "24m-menb-booster", Some(true));
}

#[test]
fn periods_denominators_and_groups() {
    let schedule = Schedule::embedded().unwrap();
    let indicators = Indicators::embedded(&schedule).unwrap();
    let mmr = |born: &str| history(&schedule, date(born), "mmr@12 months");
    // Second birthdays from January to March 2025.
    let quarter = (date("2025-01-01"), date("2025-03-31"));
    let rows = [
        ("2023-01-01", "A", true, true, false, true),
        ("2023-03-31", "A", true, false, false, false),
        ("2023-02-10", "B", false, true, true, true),
        ("2023-02-11", "B", false, true, false, false),
        ("2022-12-31", "A", true, true, false, true),
        ("2023-04-01", "A", true, true, false, true),
    ];
    let doses: Vec<Vec<Dose>> = rows.iter().map(|row| if row.5 { mmr(row.0) } else { Vec::new() }).collect();
    let count = |denominator| {
        let subjects =
            rows.iter().zip(&doses).map(|((born, group, registered, resident, elsewhere, _), doses)| {
                Subject {
                    born: date(born),
                    doses,
                    group: *group,
                    registered: *registered,
                    resident: *resident,
                    registered_elsewhere: *elsewhere,
                }
            });
        let found = indicators.coverage(&schedule, "24m-mmr1", quarter, denominator, subjects);
        found
            .into_iter()
            .map(|(group, coverage)| (group, coverage.vaccinated, coverage.eligible))
            .collect::<Vec<_>>()
    };
    assert_eq!(count(Denominator::Registered), [("A", 1, 2)]);
    assert_eq!(count(Denominator::Resident), [("A", 1, 1), ("B", 1, 2)]);
    assert_eq!(count(Denominator::Responsible), [("A", 1, 2), ("B", 0, 1)]);
    assert_eq!(Coverage { eligible: 4, vaccinated: 3 }.share(), Some(0.75));
    assert_eq!(Coverage::default().share(), None);
}

#[test]
fn every_indicator_has_a_source() {
    let schedule = Schedule::embedded().unwrap();
    let indicators = Indicators::embedded(&schedule).unwrap();
    assert_eq!(indicators.rules().count(), 17);
    assert!(
        indicators
            .rules()
            .all(|(code, name, source)| !code.is_empty() && !name.is_empty() && source.starts_with("cover-"))
    );
}

#[test]
fn now_and_by_birth_year() {
    let schedule = Schedule::embedded().unwrap();
    let on = date("2026-06-01");
    let born = [date("2018-05-01"), date("2018-09-01"), date("2019-03-01"), date("2027-01-01")];
    let primary = "6in1@8 weeks, 6in1@12 weeks, 6in1@16 weeks, hib-menc@12 months, dtap-ipv@40 months";
    let histories = [
        format!("{primary}, mmr@12 months, mmr@40 months"),
        format!("{primary}, mmr@12 months"),
        String::new(),
        String::new(),
    ];
    let children: Vec<(Child, Vec<Dose>)> = born
        .iter()
        .zip(&histories)
        .map(|(born, text)| (Child::new(*born, Sex::Female), history(&schedule, *born, text)))
        .collect();
    let each = || children.iter().map(|(child, doses)| (child, doses.as_slice(), "town"));
    let now = standing_now(&schedule, each(), on);
    assert_eq!((now["town"].children, now["town"].under_vaccinated), (4, 2));
    assert_eq!(now["town"].overdue_by_course["mmr"], 2);
    assert_eq!(now["town"].overdue_by_course["dt"], 1);
    let cohorts = doses_by_birth_year(&schedule, "mmr", each(), on);
    let counts: Vec<_> =
        cohorts.iter().map(|((_, year), one)| (*year, one.none, one.one_dose, one.two_doses)).collect();
    assert_eq!(counts, [(2018, 0, 1, 1), (2019, 1, 0, 0)]);
    let measles = Disease::published("measles").unwrap();
    let both: Vec<_> = cohorts.into_values().collect();
    // 15 times the share susceptible: (1 + 0.05 + 0.003) of three children.
    assert!((reproduction_number(&measles, &both).unwrap() - 15.0 * 1.053 / 3.0).abs() < 1e-9);
}

#[test]
fn time_to_the_first_mmr() {
    let schedule = Schedule::embedded().unwrap();
    let born = date("2020-05-01");
    let child = Child::new(born, Sex::Male);
    let at = |doses: &str, on: &str, left: Option<&str>| {
        observe(&schedule, &child, &history(&schedule, born, doses), ("mmr", 1), date(on), left.map(date))
            .unwrap()
    };
    let seen = [
        at("mmr@12 months", "2026-05-01", None),
        at("mmr@11 months, mmr@13 months", "2026-05-01", None),
        at("", "2021-06-10", None),
        at("mmr@20 months", "2026-05-01", Some("2021-07-01")),
    ];
    let ages: Vec<_> = seen.iter().map(|one| (one.age, one.vaccinated)).collect();
    assert_eq!(ages, [(365, true), (396, true), (405, false), (426, false)]);
    let curve = timeliness(seen);
    assert!((curve.share_by(400) - 0.5).abs() < 1e-12);
    assert_eq!(curve.age_at(0.25), Some(365));
}
