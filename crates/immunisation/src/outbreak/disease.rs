//! How a disease spreads and how well its vaccine protects, from dated data with a source on every value.

use std::collections::HashMap;

use serde::Deserialize;
use vocabulary::Date;

const DATA: &str = include_str!("../../data/uk-outbreak.toml");

/// A disease, setting or cohort that cannot be calculated with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutbreakError {
    /// The data hold no such disease.
    #[error("there are no outbreak values for '{0}'")]
    UnknownDisease(String),
    /// The data file cannot be used.
    #[error("outbreak data: {0}")]
    Data(String),
    /// More people are vaccinated and infected than there are.
    #[error(
        "{vaccinated} vaccinated and {infected} infected are more than the {people} people in the setting"
    )]
    TooMany {
        /// People in the setting.
        people: u32,
        /// Vaccinated people.
        vaccinated: u32,
        /// People who are infected at the start.
        infected: u32,
    },
}

/// How a disease spreads and how well its vaccine protects.
#[derive(Debug, Clone, PartialEq)]
pub struct Disease {
    /// The name in plain words.
    pub name: String,
    /// The number that one case infects when nobody is protected.
    pub r0: f64,
    /// The mean time from infection to being infectious, in days.
    pub latent_days: f64,
    /// The mean time of being infectious, in days.
    pub infectious_days: f64,
    /// The share of infections that one dose prevents, from 0 to 1.
    pub efficacy_one_dose: f64,
    /// The share of infections that two doses prevent, from 0 to 1.
    pub efficacy_two_doses: f64,
    /// How infectious a vaccinated case is, beside an unvaccinated one.
    pub relative_infectiousness: f64,
    /// The step of the published model, in days.
    pub step_days: f64,
    /// The length of a run of the published model, in days.
    pub longest_days: f64,
    /// Where the values come from, in the order of the fields above.
    pub sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: Vec<SourceEntry>,
    diseases: Vec<DiseaseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    id: String,
    title: String,
    #[serde(rename = "url")]
    _url: Option<String>,
}

#[derive(Deserialize)]
struct DiseaseEntry {
    code: String,
    name: String,
    #[serde(flatten)]
    values: HashMap<String, ValueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueEntry {
    value: f64,
    source: String,
    since: String,
}

impl Disease {
    /// The published values of a disease: `measles`.
    ///
    /// # Errors
    /// There are none for it, or one of them has no source or date.
    pub fn published(code: &str) -> Result<Disease, OutbreakError> {
        let file: File = toml::from_str(DATA).map_err(|error| OutbreakError::Data(error.to_string()))?;
        let found = file.diseases.iter().find(|disease| disease.code == code);
        let entry = found.ok_or_else(|| OutbreakError::UnknownDisease(code.to_owned()))?;
        let mut sources = Vec::new();
        let mut value = |name: &str| -> Result<f64, OutbreakError> {
            let wrong = |what: &str| OutbreakError::Data(format!("{code}, {name}: {what}"));
            let value = entry.values.get(name).ok_or_else(|| wrong("there is no value"))?;
            for part in value.source.split(';') {
                let id = part.split_whitespace().next().unwrap_or_default();
                if !file.sources.iter().any(|source| source.id == id && !source.title.is_empty()) {
                    return Err(wrong(&format!("'{part}' does not begin with the id of a source")));
                }
            }
            value.since.parse::<Date>().map_err(|_| wrong("there is no date from which it holds"))?;
            sources.push(value.source.clone());
            Ok(value.value)
        };
        Ok(Disease {
            name: entry.name.clone(),
            r0: value("r0")?,
            latent_days: value("latent-days")?,
            infectious_days: value("infectious-days")?,
            efficacy_one_dose: value("efficacy-one-dose")?,
            efficacy_two_doses: value("efficacy-two-doses")?,
            relative_infectiousness: value("relative-infectiousness")?,
            step_days: value("step-days")?,
            longest_days: value("longest-days")?,
            sources,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_have_sources() {
        let measles = Disease::published("measles").unwrap();
        assert_eq!((measles.r0, measles.latent_days, measles.infectious_days), (15.0, 10.5, 5.0));
        assert_eq!(measles.sources.len(), 8);
        assert_eq!(Disease::published("ague"), Err(OutbreakError::UnknownDisease("ague".to_owned())));
    }
}
