//! The authored UK cases (`uk_cases.txt`): a child, a history, a day and what the published guidance says.

// A test that cannot read its own table stops.
#![allow(clippy::unwrap_used, clippy::panic)]

use immunisation::Span;
use immunisation::uk::{
    Assessment, Child, Conditions, Dose, Finding, Limits, Plan, Schedule, Verdict, Withheld, WithheldBecause,
};
use vocabulary::{Date, Sex};

const CASES: &str = include_str!("uk_cases.txt");

/// A date as the table writes it: `2026-01-01`, or an age such as `8w`, `3y4m`, `12m-1d`.
fn day(text: &str, born: Date) -> Date {
    if let Ok(date) = text.parse() {
        return date;
    }
    let (mut span, mut number, mut sign) = (String::new(), String::new(), "");
    for letter in text.chars() {
        match letter {
            '+' | '-' => sign = if letter == '+' { "+" } else { "-" },
            '0'..='9' => number.push(letter),
            unit => {
                let unit = match unit {
                    'y' => "years",
                    'm' => "months",
                    'w' => "weeks",
                    'd' => "days",
                    other => panic!("{text}: no unit {other}"),
                };
                let joint = if span.is_empty() || !sign.is_empty() { sign } else { "+" };
                span.push_str(&format!(" {joint} {number} {unit}"));
                number.clear();
            }
        }
    }
    span.parse::<Span>().unwrap_or_else(|error| panic!("{text}: {error}")).after(born)
}

struct Case<'a> {
    id: &'a str,
    child: Child,
    born: Date,
    history: Vec<Dose>,
    limits: Limits,
    on: Date,
    expect: Vec<&'a str>,
}

fn read<'a>(schedule: &Schedule, line: &'a str) -> Case<'a> {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [id, source, born, sex, about, history, on, expect] = fields[..] else {
        panic!("not 8 fields: {line}")
    };
    let known =
        schedule.sources().iter().any(|one| source.split_whitespace().next() == Some(one.id.as_str()));
    assert!(known, "{id}: '{source}' names no source");
    let born: Date = born.parse().unwrap_or_else(|_| panic!("{id}: {born}"));
    let mut child = Child::new(born, Sex::parse(sex).unwrap());
    let (mut conditions, mut limits) = (Conditions::default(), Limits::default());
    for word in about.split_whitespace() {
        match word.split_once(':') {
            Some(("refused", code)) => limits.refused.push(schedule.vaccine(code).unwrap()),
            Some(("expecting", date)) => child = child.expecting(date.parse().unwrap()),
            _ if word == "no-gelatine" => limits.without_gelatine = true,
            _ if word == "no-consent" => limits.no_consent = true,
            _ => {
                conditions =
                    conditions.with(schedule.condition(word).unwrap_or_else(|| panic!("{id}: {word}")))
            }
        }
    }
    let dose = |text: &str| {
        let (code, date) = text.split_once('@').unwrap_or_else(|| panic!("{id}: {text}"));
        let vaccine = schedule.vaccine(code).unwrap_or_else(|| panic!("{id}: no vaccine {code}"));
        Dose::new(vaccine, day(date, born))
    };
    Case {
        id,
        child: child.with_conditions(conditions),
        born,
        history: history.split_whitespace().map(dose).collect(),
        limits,
        on: day(on, born),
        expect: expect.split(';').map(str::trim).filter(|text| !text.is_empty()).collect(),
    }
}

fn codes<'a>(schedule: &'a Schedule, offers: &[immunisation::uk::Offer]) -> Vec<&'a str> {
    let all = offers.iter().map(|offer| schedule.vaccine_code(offer.vaccine));
    let mut codes: Vec<&str> = all.filter(|code| !code.starts_with("flu-")).collect();
    codes.sort_unstable();
    codes
}

fn set(text: &str) -> Vec<&str> {
    let mut set: Vec<&str> = text.split('+').map(str::trim).filter(|one| *one != "nothing").collect();
    set.sort_unstable();
    set
}

fn because(withheld: &Withheld) -> &str {
    match &withheld.because {
        WithheldBecause::NoConsent => "no-consent",
        WithheldBecause::Refused => "refused",
        WithheldBecause::Gelatine => "gelatine",
        WithheldBecause::Condition(..) => "condition",
        WithheldBecause::NoVaccine => "no-vaccine",
    }
}

fn finding(finding: &Finding) -> &'static str {
    match finding {
        Finding::BeforeBirth(_) => "before-birth",
        Finding::InFuture(_) => "in-future",
        Finding::Duplicate(_) => "duplicate",
        Finding::TooMany(_) => "too-many",
        Finding::NotYetBorn => "not-yet-born",
    }
}

/// What is wrong with the answer, if anything.
fn differs(
    schedule: &Schedule,
    case: &Case,
    expected: &str,
    answer: &Assessment,
    plan: &Plan,
) -> Option<String> {
    let (what, value) = expected.split_once('=').unwrap_or_else(|| panic!("{}: {expected}", case.id));
    let (what, value) = (what.trim(), value.trim());
    let seen = match what {
        "now" => {
            let seen = codes(schedule, &plan.now);
            return (seen != set(value)).then(|| format!("now={}", seen.join("+")));
        }
        "flu" => {
            let mut offered = plan.now.iter().map(|offer| schedule.vaccine_code(offer.vaccine));
            offered.find(|code| code.starts_with("flu-")).unwrap_or("nothing").to_owned()
        }
        "under" => if answer.under_vaccinated() { "yes" } else { "no" }.to_owned(),
        "finding" => answer.findings().iter().map(finding).collect::<Vec<_>>().join("+"),
        "withheld" => {
            let all = plan.withheld.iter().map(|one| format!("{}:{}", one.course, because(one)));
            all.collect::<Vec<_>>().join("+")
        }
        "product" => plan.now.iter().flat_map(|offer| offer.products.clone()).collect::<Vec<_>>().join("+"),
        "mattered" => {
            let mut names: Vec<_> = plan.mattered.iter().map(|one| one.parameter.clone()).collect();
            names.retain(|name| name != "overdue");
            names.join("+")
        }
        "next" => {
            let visit = plan.later.iter().find(|visit| !codes(schedule, &visit.offers).is_empty());
            let (date, give) = value.split_once(' ').unwrap_or((value, ""));
            let seen = visit.map(|visit| (visit.on, codes(schedule, &visit.offers)));
            let right = match &seen {
                None => value == "none",
                Some((on, codes)) => {
                    value != "none" && *on == day(date, case.born) && (give.is_empty() || *codes == set(give))
                }
            };
            return (!right).then(|| format!("next={seen:?}"));
        }
        _ if what.starts_with("dose ") => {
            let mut words = what.split_whitespace().skip(1);
            let (number, course) = (words.next().unwrap(), words.next().unwrap());
            let position = number.parse::<usize>().unwrap() - 1;
            let verdict =
                answer.verdicts().iter().find(|one| one.dose == position && one.course(schedule) == course);
            match verdict.map(|one| one.verdict) {
                None => "none".to_owned(),
                Some(Verdict::Counts(number)) => format!("counts {number}"),
                Some(Verdict::DoesNotCount(why)) => why.code().to_owned(),
            }
        }
        course => {
            let status = answer.course(schedule, course);
            let Some(status) = status else { return (value != "none").then(|| format!("{course}=none")) };
            let parts: Vec<&str> = value.split_whitespace().collect();
            let (dose, due) = (status.next_dose().unwrap_or(0), status.due());
            let right = parts[0] == status.standing().code()
                && parts.get(1).is_none_or(|number| number.parse() == Ok(dose))
                && parts.get(2).is_none_or(|date| Some(day(date, case.born)) == due);
            return (!right).then(|| format!("{course}={} {dose} {due:?}", status.standing().code()));
        }
    };
    (seen != value).then(|| format!("{what}={seen}"))
}

#[test]
fn the_authored_cases_agree() {
    let schedule = Schedule::embedded().unwrap();
    let mut answer = Assessment::default();
    let (mut cases, mut wrong) = (0, Vec::new());
    let mut ids = std::collections::HashSet::new();
    for line in CASES.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let case = read(&schedule, line);
        assert!(ids.insert(case.id), "{} is used twice", case.id);
        assert!(!case.expect.is_empty(), "{} expects nothing", case.id);
        schedule.assess(&case.child, &case.history, case.on, &mut answer);
        let plan = schedule.plan(&case.child, &case.history, case.on, &case.limits);
        for expected in &case.expect {
            if let Some(seen) = differs(&schedule, &case, expected, &answer, &plan) {
                wrong.push(format!("{} on {}: expected {expected}, found {seen}", case.id, case.on));
            }
        }
        cases += 1;
    }
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 400, "{cases} cases");
}
