//! `het vaccines uptake`: coverage as COVER counts it, standing now, timeliness, doses by birth cohort.

use immunisation::outbreak::Disease;
use immunisation::uk::Schedule;
use immunisation::uptake::{
    Denominator as Of, Indicators, Subject, doses_by_birth_year, observe, standing_now, timeliness,
};
use measures::{Events, Levels, Population, proportion};
use vocabulary::Date;

use super::children::{self, Counted};
use super::schedule::load_uk;
use super::table::{self, Value};
use crate::arguments::{Count, Denominator, Uptake};
use crate::failure::Failure;

/// A table with a row for each group.
type Table = (Vec<String>, Vec<Vec<Value>>);

/// Counts and writes.
pub fn run(asked: &Uptake) -> Result<(), Failure> {
    let schedule = load_uk(&[])?;
    let on = asked.as_of.unwrap_or_else(town::today);
    let children = children::read(&asked.file, asked.input, &schedule, &asked.by)?;
    let (columns, rows) = match asked.count {
        Count::Cover => cover(&schedule, asked, on, &children)?,
        Count::Now => now(&schedule, on, &children),
        Count::Timeliness => curves(&schedule, asked, on, &children)?,
        Count::Cohorts => cohorts(&schedule, asked, on, &children)?,
    };
    let headings: Vec<String> = asked.by.iter().cloned().chain(columns).collect();
    table::write(asked.format, &asked.out, &headings, &rows)
}

fn names(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|name| (*name).to_owned()).collect()
}

fn row(groups: &[String], values: impl IntoIterator<Item = Value>) -> Vec<Value> {
    groups.iter().map(|group| Value::from(group.as_str())).chain(values).collect()
}

/// A share with its 95% interval by Wilson's method.
fn share(vaccinated: u32, eligible: u32) -> [Value; 3] {
    let estimate = Events::new(f64::from(vaccinated))
        .and_then(|events| Population::new(f64::from(eligible)).map(|people| (events, people)))
        .and_then(|(events, people)| proportion(events, people, &Levels::default()));
    match estimate {
        Ok(estimate) => {
            let interval = estimate.intervals().first();
            [
                Value::Number(estimate.value()),
                interval.map(|one| one.lower).into(),
                interval.map(|one| one.upper).into(),
            ]
        }
        Err(_) => [Value::None, Value::None, Value::None],
    }
}

fn cover(schedule: &Schedule, asked: &Uptake, on: Date, children: &[Counted]) -> Result<Table, Failure> {
    let indicators = Indicators::embedded(schedule).map_err(|error| Failure::Refused(error.to_string()))?;
    let mut codes: Vec<&str> = indicators.rules().map(|(code, ..)| code).collect();
    codes.dedup();
    if let Some(wanted) = &asked.indicator {
        codes.retain(|code| code == wanted);
        if codes.is_empty() {
            let mut known: Vec<&str> = indicators.rules().map(|(code, ..)| code).collect();
            known.dedup();
            return Err(Failure::Call(format!(
                "there is no indicator '{wanted}'; expected one of {}",
                known.join(", ")
            )));
        }
    }
    let until = asked.to.unwrap_or(on);
    let from = asked.from.unwrap_or_else(|| immunisation::Span::new(-1, 0, 1).after(until));
    let denominator = match asked.denominator {
        Denominator::Registered => Of::Registered,
        Denominator::Resident => Of::Resident,
        Denominator::Responsible => Of::Responsible,
    };
    let mut rows = Vec::new();
    for code in codes {
        let subjects = children.iter().map(|one| Subject {
            born: one.child.born(),
            doses: &one.doses,
            group: one.groups.as_slice(),
            registered: one.registered,
            resident: one.resident,
            registered_elsewhere: one.registered_elsewhere,
        });
        let counted = indicators.coverage(schedule, code, (from, until), denominator, subjects);
        for (groups, coverage) in counted {
            let [value, low, high] = share(coverage.vaccinated, coverage.eligible);
            let counts = [coverage.eligible.into(), coverage.vaccinated.into(), value, low, high];
            rows.push(row(groups, std::iter::once(Value::from(code)).chain(counts)));
        }
    }
    Ok((names(&["indicator", "eligible", "vaccinated", "share", "low", "high"]), rows))
}

fn now(schedule: &Schedule, on: Date, children: &[Counted]) -> Table {
    let each = children.iter().map(|one| (&one.child, one.doses.as_slice(), one.groups.as_slice()));
    let rows = standing_now(schedule, each, on).into_iter().map(|(groups, standing)| {
        let [value, low, high] = share(standing.under_vaccinated, standing.children);
        let courses: Vec<String> = standing
            .overdue_by_course
            .iter()
            .map(|(course, children)| format!("{course} {children}"))
            .collect();
        row(
            groups,
            [
                standing.children.into(),
                standing.under_vaccinated.into(),
                standing.due.into(),
                value,
                low,
                high,
                Value::Text(courses.join(";")),
            ],
        )
    });
    let columns = ["children", "under_vaccinated", "due", "share", "low", "high", "overdue_by_course"];
    (names(&columns), rows.collect())
}

fn curves(schedule: &Schedule, asked: &Uptake, on: Date, children: &[Counted]) -> Result<Table, Failure> {
    let mut groups: std::collections::BTreeMap<&[String], Vec<_>> = std::collections::BTreeMap::new();
    for one in children {
        let dose = (asked.course.as_str(), asked.dose);
        if let Some(observed) = observe(schedule, &one.child, &one.doses, dose, on, one.left) {
            groups.entry(&one.groups).or_default().push(observed);
        }
    }
    if groups.is_empty() {
        return Err(Failure::Refused(format!(
            "no child of the file is concerned by the course '{}'",
            asked.course
        )));
    }
    let mut rows = Vec::new();
    for (group, observed) in groups {
        for step in timeliness(observed).steps() {
            let values = [
                step.age.into(),
                step.at_risk.into(),
                step.vaccinated.into(),
                Value::Number(step.share),
                Value::Number(step.low),
                Value::Number(step.high),
            ];
            rows.push(row(group, values));
        }
    }
    Ok((names(&["age_days", "at_risk", "vaccinated", "share", "low", "high"]), rows))
}

fn cohorts(schedule: &Schedule, asked: &Uptake, on: Date, children: &[Counted]) -> Result<Table, Failure> {
    let measles = Disease::published("measles").map_err(|error| Failure::Refused(error.to_string()))?;
    let each = children.iter().map(|one| (&one.child, one.doses.as_slice(), one.groups.as_slice()));
    let counted = doses_by_birth_year(schedule, &asked.course, each, on);
    // Only the protection against measles is known; another course has counts alone.
    let is_mmr = asked.course == "mmr";
    let rows = counted.into_iter().map(|((groups, year), cohort)| {
        let susceptible = is_mmr.then(|| cohort.susceptible(&measles));
        let children = cohort.children();
        row(
            groups,
            [
                Value::Number(f64::from(year)),
                children.into(),
                cohort.none.into(),
                cohort.one_dose.into(),
                cohort.two_doses.into(),
                susceptible.into(),
                susceptible.filter(|_| children > 0).map(|one| one / f64::from(children)).into(),
            ],
        )
    });
    let columns =
        ["birth_year", "children", "no_dose", "one_dose", "two_doses", "susceptible", "susceptible_share"];
    Ok((names(&columns), rows.collect()))
}
