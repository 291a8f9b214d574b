//! `het vaccines outbreak`: how far measles would spread, and how many children to vaccinate.

use std::collections::BTreeMap;

use immunisation::outbreak::{
    Cohort, Disease, OutbreakError, Setting, Stepping, reproduction_number, shortfall,
};
use immunisation::uptake::doses_by_birth_year;

use super::children;
use super::schedule::load_uk;
use super::table::{self, Value};
use crate::arguments::Outbreak;
use crate::failure::Failure;

const COLUMNS: [&str; 14] = [
    "people",
    "no_dose",
    "one_dose",
    "two_doses",
    "reproduction_number",
    "susceptible_share",
    "susceptible_limit",
    "children_to_vaccinate",
    "setting",
    "vaccinated_in_setting",
    "probability_of_large",
    "low",
    "high",
    "mean_size_of_large",
];

impl From<OutbreakError> for Failure {
    fn from(error: OutbreakError) -> Failure {
        Failure::Call(error.to_string())
    }
}

/// Simulates and writes: a row for the setting, or for each group of a file.
pub fn run(asked: &Outbreak) -> Result<(), Failure> {
    let measles = Disease::published("measles")?;
    let headings = asked.by.iter().cloned().chain(COLUMNS.map(str::to_owned)).collect::<Vec<_>>();
    let groups = match &asked.file {
        None => {
            let vaccinated = asked.vaccinated.unwrap_or(0);
            let none = asked.people.saturating_sub(vaccinated);
            vec![(Vec::new(), vec![Cohort { none, one_dose: 0, two_doses: vaccinated }])]
        }
        Some(file) => {
            let schedule = load_uk(&[])?;
            let on = asked.as_of.unwrap_or_else(town::today);
            let children = children::read(file, None, &schedule, &asked.by)?;
            let each = children.iter().map(|one| (&one.child, one.doses.as_slice(), one.groups.clone()));
            let mut groups: BTreeMap<Vec<String>, Vec<Cohort>> = BTreeMap::new();
            for ((group, _), cohort) in doses_by_birth_year(&schedule, "mmr", each, on) {
                groups.entry(group).or_default().push(cohort);
            }
            groups.into_iter().collect()
        }
    };
    let rows = groups.iter().map(|(group, cohorts)| {
        let names = group.iter().map(|name| Value::from(name.as_str()));
        Ok(names.chain(row(asked, &measles, cohorts)?).collect())
    });
    let rows = rows.collect::<Result<Vec<Vec<Value>>, Failure>>()?;
    table::write(asked.format, &asked.out, &headings, &rows)
}

fn row(asked: &Outbreak, measles: &Disease, cohorts: &[Cohort]) -> Result<[Value; 14], Failure> {
    let sum = |count: fn(&Cohort) -> u32| cohorts.iter().map(count).sum::<u32>();
    let children = sum(|cohort| cohort.children());
    let short = shortfall(measles, cohorts);
    // A school with the coverage of the group: the share protected, whatever the number of doses.
    let susceptible: f64 = cohorts.iter().map(|cohort| cohort.susceptible(measles)).sum();
    let protected =
        (f64::from(children) - susceptible) / measles.efficacy_two_doses / f64::from(children.max(1));
    let vaccinated = match asked.vaccinated {
        Some(vaccinated) => vaccinated,
        None => ((f64::from(asked.people) * protected).round() as u32)
            .min(asked.people.saturating_sub(asked.cases)),
    };
    let setting = Setting::new(asked.people, vaccinated, asked.cases)?;
    let outbreaks = setting.simulate(measles, Stepping::AsPublished, asked.runs, asked.seed);
    let (probability, low, high) = outbreaks.probability_of_at_least(asked.large);
    Ok([
        children.into(),
        sum(|cohort| cohort.none).into(),
        sum(|cohort| cohort.one_dose).into(),
        sum(|cohort| cohort.two_doses).into(),
        reproduction_number(measles, cohorts).into(),
        short.map(|one| one.susceptible_share).into(),
        short.map(|one| one.susceptible_limit).into(),
        short.map(|one| f64::from(one.children_to_vaccinate)).into(),
        asked.people.into(),
        vaccinated.into(),
        Value::Number(probability),
        Value::Number(low),
        Value::Number(high),
        outbreaks.mean_size_of_at_least(asked.large).into(),
    ])
}
