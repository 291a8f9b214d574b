//! What must hold for any child, any history and any day under the UK schedule.

// A test that cannot read its own table stops.
#![allow(clippy::unwrap_used, clippy::panic)]

use immunisation::Span;
use immunisation::uk::{Assessment, Child, Dose, Limits, Schedule, Standing, VaccineId, Verdict};
use proptest::prelude::*;
use std::sync::OnceLock;
use vocabulary::{Date, Sex};

fn schedule() -> &'static Schedule {
    static SCHEDULE: OnceLock<Schedule> = OnceLock::new();
    SCHEDULE.get_or_init(|| Schedule::embedded().unwrap())
}

fn assess(child: &Child, history: &[Dose], on: Date) -> Assessment {
    let mut answer = Assessment::default();
    schedule().assess(child, history, on, &mut answer);
    answer
}

fn after(date: Date, days: i32) -> Date {
    Span::new(0, 0, days).after(date)
}

/// A child born from 2006 to 2026, doses of any vaccine at any age under 16, and a day after birth.
fn any_child() -> impl Strategy<Value = (Date, Child, Vec<(u8, i32)>, Date)> {
    let born = (0..7_500_i32).prop_map(|days| after(Date::constant(2006, 1, 1), days));
    let doses = prop::collection::vec((any::<u8>(), prop_oneof![0..200_i32, 200..900, 900..5_800]), 0..14);
    (born, any::<bool>(), doses, 0..6_500_i32).prop_map(|(born, girl, doses, age)| {
        let sex = if girl { Sex::Female } else { Sex::Male };
        (born, Child::new(born, sex), doses, after(born, age))
    })
}

fn history(born: Date, doses: &[(u8, i32)]) -> Vec<Dose> {
    let vaccines: Vec<VaccineId> = schedule().vaccines().map(|(id, ..)| id).collect();
    let dose = |(vaccine, age): &(u8, i32)| {
        Dose::new(vaccines[usize::from(*vaccine) % vaccines.len()], after(born, *age))
    };
    doses.iter().map(dose).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_record_does_not_matter((born, child, doses, on) in any_child(), turn in 0..14_usize) {
        let mut one = history(born, &doses);
        let before = assess(&child, &one, on);
        one.reverse();
        let turn = turn.min(one.len());
        one.rotate_left(turn);
        let turned = assess(&child, &one, on);
        prop_assert_eq!(before.courses(), turned.courses());
    }

    #[test]
    fn nothing_is_due_before_birth_or_earlier_than_it_may_be_given((born, child, doses, on) in any_child()) {
        for status in assess(&child, &history(born, &doses), on).courses() {
            if let (Some(earliest), Some(due)) = (status.earliest(), status.due()) {
                let pregnancy = status.course(schedule()).ends_with("pregnancy");
                prop_assert!(pregnancy || earliest >= born);
                prop_assert!(due >= earliest);
                prop_assert!(status.overdue().is_none_or(|overdue| overdue > due));
            }
        }
    }

    #[test]
    fn a_plan_that_is_kept_counts((born, child, doses, on) in any_child()) {
        let mut record = history(born, &doses);
        record.retain(|dose| assess(&child, &[*dose], on).findings().is_empty());
        let plan = schedule().plan(&child, &record, on, &Limits::default());
        let first = record.len();
        record.extend(plan.now.iter().map(|offer| Dose::new(offer.vaccine, on)));
        let answer = assess(&child, &record, on);
        for (place, offer) in plan.now.iter().enumerate() {
            for dose in &offer.doses {
                let verdict = answer.verdicts().iter().find(|one| one.dose == first + place && one.course(schedule()) == dose.course);
                prop_assert!(
                    matches!(verdict.map(|one| one.verdict), Some(Verdict::Counts(number)) if number == dose.number),
                    "{} for {}: {:?}", offer.name, dose.course, verdict
                );
            }
        }
    }

    #[test]
    fn a_dose_that_is_due_never_leaves_a_child_less_protected((born, child, doses, on) in any_child()) {
        let mut record = history(born, &doses);
        let before = assess(&child, &record, on);
        let plan = schedule().plan(&child, &record, on, &Limits::default());
        let Some(offer) = plan.now.first() else { return Ok(()) };
        record.push(Dose::new(offer.vaccine, on));
        let later = assess(&child, &record, on);
        for status in before.courses() {
            let now = later.course(schedule(), status.course(schedule())).unwrap();
            prop_assert!(now.doses_counted() >= status.doses_counted());
            prop_assert!(status.standing() != Standing::Complete || now.standing() == Standing::Complete);
            prop_assert!(now.next_dose().is_none() || status.next_dose().is_none() || now.next_dose() >= status.next_dose());
        }
    }

    #[test]
    fn a_dose_that_counts_never_leaves_a_child_less_protected(
        (born, child, doses, on) in any_child(), vaccine in any::<u8>(), age in 0..5_800_i32,
    ) {
        let mut record = history(born, &doses);
        let before = assess(&child, &record, on);
        record.extend(history(born, &[(vaccine, age)]));
        let later = assess(&child, &record, on);
        let counts = |course: &str| {
            let mut verdicts = later.verdicts().iter();
            verdicts.any(|one| one.dose == doses.len() && one.course(schedule()) == course && matches!(one.verdict, Verdict::Counts(_)))
        };
        for status in before.courses().iter().filter(|status| counts(status.course(schedule()))) {
            let now = later.course(schedule(), status.course(schedule())).unwrap();
            let needs = |one: &immunisation::uk::CourseStatus| one.next_dose().map_or(99, u32::from);
            prop_assert!(needs(now) >= needs(status), "{}: {status:?} {now:?}", status.course(schedule()));
        }
    }

    #[test]
    fn keeping_every_visit_of_the_plan_ends_under_vaccination((born, child, doses, on) in any_child()) {
        let mut record = history(born, &doses);
        let mut day = on;
        for _ in 0..12 {
            let plan = schedule().plan(&child, &record, day, &Limits::default());
            record.extend(plan.now.iter().map(|offer| Dose::new(offer.vaccine, day)));
            let answer = assess(&child, &record, day);
            let unmet = answer.courses().iter().filter(|status| status.standing() == Standing::Overdue);
            let without_vaccine = plan.withheld.iter().filter(|one| !one.replaced).count();
            prop_assert!(unmet.count() <= without_vaccine, "{day}: {:?} {:?}", answer.courses(), plan.now);
            match plan.later.first() {
                Some(visit) => day = visit.on,
                None => break,
            }
        }
    }

    #[test]
    fn any_record_has_an_answer(born in 0..60_000_i32, doses in prop::collection::vec((any::<u8>(), -40_000..60_000_i32), 0..140), on in 0..80_000_i32) {
        let start = Date::constant(1900, 1, 1);
        let (born, on) = (after(start, born), after(start, on));
        let child = Child::new(born, Sex::Persons);
        let record = history(born, &doses);
        let answer = assess(&child, &record, on);
        prop_assert!(answer.courses().len() <= 20);
        schedule().plan(&child, &record, on, &Limits::default());
    }
}

#[test]
fn every_value_has_a_source_and_a_date() {
    let schedule = schedule();
    assert!(schedule.values().len() > 100);
    for value in schedule.values() {
        for part in value.source.split(';') {
            let id = part.split_whitespace().next().unwrap();
            assert!(schedule.sources().iter().any(|source| source.id == id), "{value:?}");
        }
        assert!(value.since >= Date::constant(1988, 1, 1), "{value:?}");
    }
    for source in schedule.sources() {
        assert!(
            schedule.values().iter().any(|value| value.source.contains(&source.id)),
            "{} is not used",
            source.id
        );
    }
}

/// SNOMED CT's check digit (the dihedral check of J. Verhoeff, 1969), so that no code was mistyped.
#[test]
fn snomed_codes_check() {
    const D: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const P: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permute = |digit: u8, times: usize| (0..times).fold(digit, |digit, _| P[usize::from(digit)]);
    let mut codes = 0;
    for word in include_str!("../../data/uk/vaccines.toml").split('"') {
        if word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            let check = word.bytes().rev().enumerate().fold(0_u8, |check, (place, byte)| {
                D[usize::from(check)][usize::from(permute(byte - b'0', place % 8))]
            });
            assert_eq!(check, 0, "{word}");
            assert!(schedule().vaccine(word).is_some(), "{word}");
            codes += 1;
        }
    }
    assert!(codes > 30, "{codes}");
}
