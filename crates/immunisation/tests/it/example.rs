//! A small invented schedule that needs no published data: the format, the rules, the edges.

use immunisation::{
    Child, Dose, EvaluationStatus, Finding, Observed, Outcome, Reason, Schedule, ScheduleDefinition, Scratch,
    SeriesStatus, evaluate_and_forecast, explain,
};
use vocabulary::{Date, Sex};

pub const TEXT: &str = include_str!("example.toml");

pub fn schedule() -> Schedule {
    Schedule::compile(&ScheduleDefinition::from_toml(TEXT).unwrap(), &[]).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn run(born: &str, doses: &[(&str, &str)], conditions: &[&str], on: &str) -> (Schedule, Outcome) {
    let schedule = schedule();
    let mut child = Child::new(day(born), Sex::Female);
    for code in conditions {
        child.observations.push(Observed { observation: schedule.observation(code).unwrap(), date: None });
    }
    let doses: Vec<Dose> = doses
        .iter()
        .map(|(code, date)| Dose { vaccine: schedule.vaccine(code), ..dose(&schedule, date) })
        .collect();
    let outcome = evaluate_and_forecast(&schedule, &child, &doses, day(on), &mut Scratch::new()).clone();
    (schedule, outcome)
}

fn dose(schedule: &Schedule, date: &str) -> Dose {
    Dose::new(schedule.vaccine("mmr").unwrap(), day(date))
}

/// What is due for a group: the status, and the earliest, recommended and past-due dates, `-` for none.
fn check(born: &str, doses: &[(&str, &str)], conditions: &[&str], on: &str, group: &str, expected: &str) {
    let (schedule, outcome) = run(born, doses, conditions, on);
    let forecast = outcome.for_group(schedule.group(group).unwrap());
    let shown = forecast.map_or("none".to_owned(), |f| {
        let date = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
        format!("{} {} {} {}", f.status.code(), date(f.earliest), date(f.recommended), date(f.past_due))
    });
    assert_eq!(shown, expected, "born {born}, {doses:?}, {conditions:?}, on {on}, {group}");
}

#[test]
fn what_is_due() {
    let born = "2024-03-31";
    check(born, &[], &[], "2024-06-01", "MMR", "not-complete 2025-03-31 2025-03-31 2025-04-30");
    check(
        born,
        &[("mmr", "2025-04-02")],
        &[],
        "2025-05-01",
        "MMR",
        "not-complete 2025-10-01 2025-10-01 2025-10-30",
    );
    check(born, &[("mmr", "2025-04-02"), ("1002", "2025-10-01")], &[], "2026-05-01", "MMR", "complete - - -");
    check(born, &[("mmr", "2025-04-02")], &["pregnant"], "2025-05-01", "MMR", "contraindicated - - -");
    check(born, &[], &["had-chickenpox"], "2025-05-01", "Varicella", "immune - - -");
    check("1980-01-01", &[], &[], "2025-05-01", "Varicella", "immune - - -");
    check(
        "1980-01-01",
        &[],
        &["pregnant"],
        "2025-05-01",
        "Varicella",
        "not-complete 1981-01-01 1981-01-01 1981-01-31",
    );
    // A live vaccine given 10 days ago: wait for the 28 days.
    check(
        born,
        &[("mmr", "2025-04-21")],
        &[],
        "2025-05-01",
        "Varicella",
        "not-complete 2025-05-19 2025-05-19 2025-05-19",
    );
    check(born, &[], &[], "2024-05-20", "Rotavirus", "not-complete 2024-05-12 2024-05-26 2024-06-22");
    check(born, &[], &[], "2024-08-01", "Rotavirus", "aged-out - - -");
    // One dose at 14 weeks, the second cannot be given before 24 weeks when the child comes back too late.
    check(born, &[("rota", "2024-07-07")], &[], "2024-09-15", "Rotavirus", "aged-out - - -");
    // From 4 years the third dose falls away.
    check(
        "2020-01-01",
        &[("polio", "2020-03-01"), ("polio", "2020-04-01")],
        &[],
        "2024-02-01",
        "Polio",
        "not-complete 2023-01-01 2023-05-01 2024-12-31",
    );
    check(born, &[], &[], "2024-05-20", "Hepatitis B", "none");
    check(
        born,
        &[],
        &["mother-hepb"],
        "2024-04-01",
        "Hepatitis B",
        "not-complete 2024-03-31 2024-03-31 2024-04-01",
    );
    check(born, &[], &["mother-hepb"], "2025-04-01", "Hepatitis B", "none");
}

#[test]
fn doses_that_do_not_count() {
    let reasons = |born: &str, doses: &[(&str, &str)], at: usize| {
        let (schedule, outcome) = run(born, doses, &[], "2026-06-01");
        let evaluation = outcome.evaluations().iter().find(|e| e.dose == at).copied().unwrap();
        let _ = schedule;
        (evaluation.status, evaluation.reasons.iter().collect::<Vec<_>>())
    };
    let born = "2024-03-31";
    assert_eq!(
        reasons(born, &[("mmr", "2025-03-30")], 0),
        (EvaluationStatus::NotValid, vec![Reason::TooYoung])
    );
    assert_eq!(reasons(born, &[("mmr", "2025-03-31")], 0), (EvaluationStatus::Valid, vec![]));
    let twice = [("mmr", "2025-12-01"), ("mmr", "2025-12-28")];
    assert_eq!(reasons(born, &twice, 1), (EvaluationStatus::NotValid, vec![Reason::TooSoon]));
    let thrice = [("mmr", "2025-03-31"), ("mmr", "2025-12-01"), ("mmr", "2026-03-01")];
    assert_eq!(reasons(born, &thrice, 2), (EvaluationStatus::Extraneous, vec![Reason::SeriesComplete]));
    let live = [("mmr", "2025-12-01"), ("var", "2025-12-28")];
    assert_eq!(reasons(born, &live, 1), (EvaluationStatus::NotValid, vec![Reason::Conflict]));
    let same_day = [("mmr", "2025-12-01"), ("var", "2025-12-01")];
    assert_eq!(reasons(born, &same_day, 1), (EvaluationStatus::Valid, vec![]));
    assert_eq!(
        reasons(born, &[("rota", "2024-07-20")], 0),
        (EvaluationStatus::Extraneous, vec![Reason::TooOld])
    );
}

#[test]
fn odd_input_is_answered_with_findings() {
    let (_, outcome) = run(
        "2024-03-31",
        &[
            ("mmr", "2024-03-30"),
            ("mmr", "2027-01-01"),
            ("nonsense", "2025-05-01"),
            ("mmr", "2025-05-01"),
            ("1001", "2025-05-01"),
        ],
        &[],
        "2026-01-01",
    );
    let expected =
        [Finding::BeforeBirth(0), Finding::InFuture(1), Finding::UnknownVaccine(2), Finding::Duplicate(4, 3)];
    assert_eq!(outcome.findings(), expected);
    let (schedule, outcome) = run("2024-03-31", &[], &[], "2024-01-01");
    assert_eq!(outcome.findings(), [Finding::NotYetBorn]);
    let polio = outcome.for_group(schedule.group("Polio").unwrap()).unwrap();
    assert_eq!(polio.status, SeriesStatus::NotComplete);
}

#[test]
fn a_choice_changes_what_counts() {
    let definition = ScheduleDefinition::from_toml(TEXT).unwrap();
    let status = |choice: &str| {
        let schedule = Schedule::compile(&definition, &[("measles-second-dose", choice)]).unwrap();
        let mmr = schedule.vaccine("mmr").unwrap();
        let child = Child::new(day("2024-03-31"), Sex::Male);
        let doses = [Dose::new(mmr, day("2025-03-31")), Dose::new(mmr, day("2025-07-15"))];
        let mut scratch = Scratch::new();
        let outcome = evaluate_and_forecast(&schedule, &child, &doses, day("2026-01-01"), &mut scratch);
        outcome.for_group(schedule.group("MMR").unwrap()).unwrap().status
    };
    assert_eq!(status("18-months"), SeriesStatus::NotComplete);
    assert_eq!(status("3-months-later"), SeriesStatus::Complete);
    assert!(Schedule::compile(&definition, &[("measles-second-dose", "never")]).is_err());
    assert!(Schedule::compile(&definition, &[("unknown", "18-months")]).is_err());
}

#[test]
fn schedules_that_contradict_themselves_are_refused() {
    for (from, to, says) in [
        (
            "preferable = [\"polio\"]",
            "preferable = [\"pollio\"]",
            "'pollio' is not among the schedule's vaccines",
        ),
        ("source = \"example 5\"\n", "", "Polio, four doses': the value has no source"),
        (
            "source = \"example 5\"",
            "source = \"elsewhere 5\"",
            "'elsewhere' is not among the schedule's sources",
        ),
        (
            "minimum = \"6 weeks\", recommended = \"8 weeks\", overdue = \"12 weeks\", maximum = \"15 weeks\"",
            "minimum = \"16 weeks\", maximum = \"15 weeks\"",
            "the age 16 weeks is after 15 weeks",
        ),
        ("observation = \"mother-hepb\"", "observation = \"father-hepb\"", "'father-hepb' is not among"),
        (
            "antigens = [\"Polio\"]\n\n[[groups]]",
            "antigens = [\"Typhoid\"]\n\n[[groups]]",
            "'Typhoid' has no series",
        ),
        ("begin-age = \"4 years\"", "begin-age = \"four years\"", "'four years' is not a length of time"),
    ] {
        let text = TEXT.replacen(from, to, 1);
        assert_ne!(text, TEXT, "{from}");
        let refused =
            ScheduleDefinition::from_toml(&text).and_then(|d| Schedule::compile(&d, &[])).unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
    }
}

#[test]
fn an_explanation_says_what_was_met_and_failed() {
    let schedule = schedule();
    let mmr = schedule.vaccine("mmr").unwrap();
    let child = Child::new(day("2024-03-31"), Sex::Female);
    let doses = [Dose::new(mmr, day("2025-03-30")), Dose::new(mmr, day("2025-04-10"))];
    let text = explain(&schedule, &child, &doses, day("2025-06-01")).to_string();
    for line in [
        "Measles, two doses (chosen)",
        "- MMR given on 30 March 2025: too young for dose 1, which counts from 31 March 2025",
        "+ MMR given on 10 April 2025: counts as dose 1",
        "+ dose 2 may be given from 1 October 2025",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}
