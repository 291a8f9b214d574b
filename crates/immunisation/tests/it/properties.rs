//! What must always hold, on the example and on CDC's schedule.

use std::sync::OnceLock;

use immunisation::{
    Child, Dose, DoseCondition, EvaluationStatus, Observed, Outcome, Schedule, Scratch, SeriesStatus,
    evaluate_and_forecast,
};
use proptest::prelude::*;
use vocabulary::{Date, Sex};

use crate::{example, published};

/// The schedules to try: the example, and CDC's where it is there.
fn schedules() -> &'static [Schedule] {
    static SCHEDULES: OnceLock<Vec<Schedule>> = OnceLock::new();
    SCHEDULES.get_or_init(|| std::iter::once(example::schedule()).chain(published::schedule()).collect())
}

/// A history as numbers: which schedule, days from birth to assessment, doses as vaccine and days from birth.
#[derive(Debug, Clone)]
struct Tale {
    schedule: usize,
    sex: u8,
    born: i32,
    assessed: i32,
    vaccines: (u16, u16),
    doses: Vec<(u16, i32)>,
    observations: Vec<u16>,
}

impl Tale {
    fn schedule(&self) -> &'static Schedule {
        &schedules()[self.schedule % schedules().len()]
    }

    fn child(&self) -> Child {
        let sex = [Sex::Persons, Sex::Female, Sex::Male][self.sex as usize % 3];
        let mut child = Child::new(date(self.born), sex);
        let codes = ["pregnant", "had-chickenpox", "mother-hepb", "160", "032", "154", "080", "013"];
        for at in &self.observations {
            if let Some(observation) = self.schedule().observation(codes[*at as usize % codes.len()]) {
                child.observations.push(Observed { observation, date: None });
            }
        }
        child
    }

    fn doses(&self) -> Vec<Dose> {
        // Two vaccines to a history, so that series are really got through.
        let codes = [
            "mmr", "mmrv", "var", "polio", "rota", "hepb", "20", "110", "115", "113", "10", "03", "94", "21",
            "133", "33", "216", "08", "43", "189", "165", "48", "49", "116", "119", "83", "136", "163",
            "162", "141", "213", "308", "312", "187", "121", "305", "75", "206", "37", "19",
        ];
        let known: Vec<_> = codes.iter().filter_map(|code| self.schedule().vaccine(code)).collect();
        let dose = |(at, days): &(u16, i32)| {
            let pick = if at % 3 == 0 { self.vaccines.0 } else { self.vaccines.1 };
            Dose::new(known[pick as usize % known.len()], date(self.born + days))
        };
        self.doses.iter().map(dose).collect()
    }

    fn run(&self, doses: &[Dose], assessment: Date) -> Outcome {
        evaluate_and_forecast(self.schedule(), &self.child(), doses, assessment, &mut Scratch::new()).clone()
    }
}

fn date(days: i32) -> Date {
    use immunisation::Span;
    Span::new(0, 0, days).after(example::day("2000-01-01"))
}

fn tales() -> impl Strategy<Value = Tale> {
    let days = prop_oneof![-20_i32..60, 30_i32..500, 300_i32..2_500, 1_000_i32..25_000];
    let doses = prop::collection::vec((any::<u16>(), days), 0..9);
    let vaccines = (any::<u16>(), any::<u16>());
    let age = prop_oneof![0_i32..800, 0_i32..8_000, 6_000_i32..30_000];
    let observations = prop::collection::vec(any::<u16>(), 0..2);
    (any::<usize>(), any::<u8>(), -9_000_i32..9_000, age, vaccines, doses, observations).prop_map(
        |(schedule, sex, born, age, vaccines, doses, observations)| Tale {
            schedule,
            sex,
            born,
            assessed: born + age,
            vaccines,
            doses,
            observations,
        },
    )
}

/// How doses count, without their positions.
fn counted(outcome: &Outcome, doses: &[Dose]) -> Vec<String> {
    let shown = |e: &immunisation::DoseEvaluation| {
        format!(
            "{:?} {} {:?} {:?} {:?}",
            doses[e.dose].vaccine, doses[e.dose].date, e.series, e.status, e.series_dose
        )
    };
    let mut counted: Vec<String> = outcome.evaluations().iter().map(shown).collect();
    counted.sort();
    counted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_doses_does_not_matter(tale in tales(), turn in 0_usize..8) {
        let doses = tale.doses();
        let mut turned = doses.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        let (a, b) = (tale.run(&doses, date(tale.assessed)), tale.run(&turned, date(tale.assessed)));
        prop_assert_eq!(a.groups(), b.groups());
        prop_assert_eq!(counted(&a, &doses), counted(&b, &turned));
    }

    #[test]
    fn nothing_is_due_before_birth_and_dates_are_in_order(tale in tales()) {
        let outcome = tale.run(&tale.doses(), date(tale.assessed));
        for forecast in outcome.groups() {
            if forecast.status == SeriesStatus::NotComplete {
                let earliest = forecast.earliest.expect("a dose that is needed has an earliest date");
                prop_assert!(earliest >= date(tale.born));
                prop_assert!(forecast.recommended.is_some_and(|recommended| recommended >= earliest));
                prop_assert!(forecast.past_due.is_none_or(|past_due| past_due >= earliest));
            } else {
                prop_assert!(forecast.earliest.is_none() && forecast.recommended.is_none());
            }
        }
    }

    #[test]
    fn any_input_is_answered(tale in tales(), conditions in prop::collection::vec(0_u8..3, 9), far in any::<i16>()) {
        let mut doses = tale.doses();
        for (dose, condition) in doses.iter_mut().zip(conditions) {
            dose.condition = [DoseCondition::Sound, DoseCondition::Expired, DoseCondition::Compromised][condition as usize];
        }
        if let Some(first) = doses.first_mut() {
            first.vaccine = None;
        }
        if let Some(last) = doses.last_mut() {
            last.date = Date::new(far % 9_999, 1, 31).unwrap_or(Date::MAX);
        }
        for assessment in [Date::MIN, date(tale.assessed), Date::MAX] {
            let outcome = tale.run(&doses, assessment);
            prop_assert!(!outcome.groups().is_empty());
        }
    }

    #[test]
    fn a_forecast_that_is_kept_is_valid(tale in tales()) {
        let schedule = tale.schedule();
        let doses = tale.doses();
        let outcome = tale.run(&doses, date(tale.assessed));
        for forecast in outcome.groups().iter().filter(|f| f.status == SeriesStatus::NotComplete) {
            let antigens = schedule.group_antigens(forecast.group);
            // A live vaccine of another group given the same week would be in the way of it; one is given at a time.
            let on = forecast.recommended.unwrap().max(date(tale.assessed));
            if forecast.latest.is_some_and(|latest| on > latest) {
                continue;
            }
            let due = antigens.iter().copied().filter(|antigen| forecast.is_antigen_due(*antigen)).collect::<Vec<_>>();
            let fits = schedule.vaccines().filter(|v| due.iter().any(|antigen| schedule.vaccine_has(*v, *antigen)));
            let kept = fits.into_iter().any(|vaccine| {
                let mut kept = doses.clone();
                kept.retain(|dose| dose.date <= date(tale.assessed));
                kept.push(Dose::new(vaccine, on));
                let after = tale.run(&kept, on);
                let is_kept = |e: &immunisation::DoseEvaluation| e.dose == kept.len() - 1 && due.contains(&e.antigen);
                after.evaluations().iter().any(|e| is_kept(e) && e.status == EvaluationStatus::Valid)
            });
            // By the day it is due a season, cohort or age may have moved the child to another series, which says
            // so in its own forecast.
            let again = tale.run(&doses, on);
            let same = again.groups().iter().any(|g| {
                (g.group, g.series_group, g.series, g.dose_number) == (forecast.group, forecast.series_group, forecast.series, forecast.dose_number)
                    && g.is_due(on)
            });
            prop_assert!(kept || !same, "{} on {on}", schedule.group_name(forecast.group));
        }
    }

    #[test]
    fn a_valid_dose_more_never_protects_less(tale in tales(), vaccine in any::<u16>(), days in 0_i32..7_000) {
        let doses = tale.doses();
        let on = date(tale.assessed);
        let before = tale.run(&doses, on);
        let extra = Tale { doses: vec![(vaccine, days)], ..tale.clone() }.doses();
        // The same dose twice is one dose.
        prop_assume!(!doses.iter().any(|dose| (dose.vaccine, dose.date) == (extra[0].vaccine, extra[0].date)));
        let mut more = doses.clone();
        more.extend(extra);
        let after = tale.run(&more, on);
        let added = more.len() - 1;
        for group in tale.schedule().groups() {
            let Some(earlier) = before.for_group(group) else { continue };
            let of_group = after.evaluations().iter().filter(|e| e.dose == added && e.group == group && e.best);
            let statuses: Vec<EvaluationStatus> = of_group.map(|e| e.status).collect();
            if statuses.is_empty() || statuses.iter().any(|status| *status != EvaluationStatus::Valid) {
                continue;
            }
            if earlier.status == SeriesStatus::Complete {
                let now = after.for_group(group).map(|f| f.status);
                prop_assert_eq!(now, Some(SeriesStatus::Complete), "{}", tale.schedule().group_name(group));
            }
        }
    }
}
