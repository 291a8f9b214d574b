//! Coverage as the COVER programme counts it.

use std::collections::BTreeMap;

use serde::Deserialize;
use vocabulary::Date;

use crate::ScheduleError;
use crate::calendar::Span;
use crate::uk::{Dose, Schedule};

const DATA: &str = include_str!("../../data/uk-cover.toml");

/// A child for counting, with the group that they are counted in.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a, K> {
    /// When the child was born.
    pub born: Date,
    /// The doses that the child has had.
    pub doses: &'a [Dose],
    /// The group: a practice, an area, a quintile, an ethnic group.
    pub group: K,
    /// Whether the child is registered with a practice of the area.
    pub registered: bool,
    /// Whether the child lives in the area.
    pub resident: bool,
    /// Whether the child is registered with a practice elsewhere.
    pub registered_elsewhere: bool,
}

/// Which children are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// Those registered with a practice of the area, wherever they live.
    Registered,
    /// Those who live in the area, wherever they are registered.
    Resident,
    /// COVER's responsible population: those registered with a practice of the area, and those who live in it
    /// and are registered nowhere (HPA, COVER methods).
    Responsible,
}

/// How many reached the birthday and how many of them were vaccinated by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Children who reached the birthday in the period.
    pub eligible: u32,
    /// Those of them who were vaccinated by it.
    pub vaccinated: u32,
}

impl Coverage {
    /// The share vaccinated, from 0 to 1; none when nobody was eligible.
    pub fn share(self) -> Option<f64> {
        (self.eligible > 0).then(|| f64::from(self.vaccinated) / f64::from(self.eligible))
    }
}

/// COVER's indicators, compiled for a schedule.
#[derive(Debug, Clone)]
pub struct Indicators {
    all: Vec<Indicator>,
}

#[derive(Debug, Clone)]
struct Indicator {
    code: String,
    name: String,
    age: Span,
    born: (Date, Date),
    needs: Vec<Need>,
    source: String,
}

/// So many doses with every one of these antigens, counted antigen by antigen.
#[derive(Debug, Clone)]
struct Need {
    antigens: Vec<u8>,
    doses: usize,
    from_age: Option<Span>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: Vec<SourceEntry>,
    indicators: Vec<IndicatorEntry>,
}

#[derive(Deserialize)]
struct SourceEntry {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct IndicatorEntry {
    code: String,
    name: String,
    age: String,
    born_from: Option<String>,
    born_until: Option<String>,
    needs: Vec<NeedEntry>,
    source: String,
    since: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct NeedEntry {
    antigens: Vec<String>,
    doses: usize,
    from_age: Option<String>,
}

impl Indicators {
    /// The indicators in this crate's data file.
    ///
    /// # Errors
    /// The data name an antigen that the schedule does not know, or a value has no source or date.
    pub fn embedded(schedule: &Schedule) -> Result<Indicators, ScheduleError> {
        let file: File = toml::from_str(DATA).map_err(|error| ScheduleError::Toml(error.to_string()))?;
        let known = |source: &str| {
            let id = source.split_whitespace().next().unwrap_or_default();
            file.sources.iter().any(|entry| entry.id == id)
        };
        let mut all = Vec::new();
        for entry in &file.indicators {
            let wrong = |reason: String| ScheduleError::Definition {
                schedule: "COVER".to_owned(),
                place: entry.code.clone(),
                reason,
            };
            if !known(&entry.source) {
                return Err(wrong(format!("'{}' does not begin with the id of a source", entry.source)));
            }
            let date =
                |text: &str| text.parse::<Date>().map_err(|_| wrong(format!("'{text}' is not a date")));
            let span = |text: &str| text.parse::<Span>().map_err(|error| wrong(error.to_string()));
            date(&entry.since)?;
            let mut needs = Vec::new();
            for need in &entry.needs {
                let antigens = need.antigens.iter().map(|name| {
                    schedule.antigen(name).ok_or_else(|| wrong(format!("there is no antigen '{name}'")))
                });
                needs.push(Need {
                    antigens: antigens.collect::<Result<_, _>>()?,
                    doses: need.doses,
                    from_age: need.from_age.as_deref().map(span).transpose()?,
                });
            }
            all.push(Indicator {
                code: entry.code.clone(),
                name: entry.name.clone(),
                age: span(&entry.age)?,
                born: (
                    entry.born_from.as_deref().map_or(Ok(Date::MIN), date)?,
                    entry.born_until.as_deref().map_or(Ok(Date::MAX), date)?,
                ),
                needs,
                source: entry.source.clone(),
            });
        }
        Ok(Indicators { all })
    }

    /// The code, name and source of each rule; an indicator whose rule changed has several.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.all.iter().map(|one| (one.code.as_str(), one.name.as_str(), one.source.as_str()))
    }

    /// Coverage of one indicator by group: of the children who reach its birthday on a day from `from` to `until`
    /// (both included) and are in the denominator, how many had been vaccinated on or before that
    /// birthday. A child born when the indicator had no rule is not counted. Groups come out in order.
    pub fn coverage<'a, K: Ord + 'a>(
        &self,
        schedule: &Schedule,
        indicator: &str,
        (from, until): (Date, Date),
        denominator: Denominator,
        subjects: impl IntoIterator<Item = Subject<'a, K>>,
    ) -> BTreeMap<K, Coverage> {
        let mut groups: BTreeMap<K, Coverage> = BTreeMap::new();
        for subject in subjects {
            let rule = self
                .all
                .iter()
                .find(|one| one.code == indicator && (one.born.0..=one.born.1).contains(&subject.born));
            let Some(rule) = rule else { continue };
            let birthday = rule.age.after(subject.born);
            if !(from..=until).contains(&birthday) || !denominator.holds(&subject) {
                continue;
            }
            let vaccinated = rule.met(schedule, subject.born, subject.doses, birthday);
            let coverage = groups.entry(subject.group).or_default();
            coverage.eligible += 1;
            coverage.vaccinated += u32::from(vaccinated);
        }
        groups
    }
}

impl Denominator {
    fn holds<K>(self, subject: &Subject<'_, K>) -> bool {
        match self {
            Denominator::Registered => subject.registered,
            Denominator::Resident => subject.resident,
            Denominator::Responsible => {
                subject.registered || (subject.resident && !subject.registered_elsewhere)
            }
        }
    }
}

impl Indicator {
    fn met(&self, schedule: &Schedule, born: Date, doses: &[Dose], birthday: Date) -> bool {
        self.needs.iter().all(|need| {
            let from = need.from_age.map_or(born, |age| age.after(born));
            need.antigens.iter().all(|antigen| {
                let counts = |dose: &&Dose| {
                    (from..=birthday).contains(&dose.given())
                        && schedule.antigens_of(**dose, born) >> antigen & 1 == 1
                };
                // Two records of one day are one dose.
                let mut days: Vec<Date> = doses.iter().filter(counts).map(|dose| dose.given()).collect();
                days.sort_unstable();
                days.dedup();
                days.len() >= need.doses
            })
        })
    }
}
