//! Names and codes to positions.

use std::collections::HashMap;

use crate::definition::{ScheduleDefinition, VaccineUse, When};
use crate::error::ScheduleError;
use crate::schedule::{AntigenId, CountryId, ManufacturerId, ObservationId, VaccineId};

/// What every name of a definition stands for.
pub(super) struct Names {
    vaccines: HashMap<String, VaccineId>,
    observations: HashMap<String, ObservationId>,
    antigens: HashMap<String, AntigenId>,
    manufacturers: Vec<String>,
    countries: Vec<String>,
    /// The choices of each parameter, and the one that holds.
    parameters: HashMap<String, (Vec<String>, String)>,
}

type Lookups = (HashMap<String, VaccineId>, HashMap<String, ObservationId>, Vec<String>, Vec<String>);

impl Names {
    pub(super) fn new(
        definition: &ScheduleDefinition,
        choices: &[(&str, &str)],
    ) -> Result<Names, ScheduleError> {
        let error = |place: String, reason: String| ScheduleError::Definition {
            schedule: definition.name.clone(),
            place,
            reason,
        };
        let twice = |code: &str| error(format!("code '{code}'"), "is defined twice".to_owned());
        let mut vaccines = HashMap::new();
        for (at, vaccine) in definition.vaccines.iter().enumerate() {
            for code in std::iter::once(&vaccine.code).chain(&vaccine.also) {
                if vaccines.insert(code.clone(), VaccineId(at as u16)).is_some() {
                    return Err(twice(code));
                }
            }
        }
        let mut observations = HashMap::new();
        for (at, observation) in definition.observations.iter().enumerate() {
            if observations.insert(observation.code.clone(), ObservationId(at as u16)).is_some() {
                return Err(twice(&observation.code));
            }
            // Several observations may share a code of another system; the first is meant.
            for code in &observation.also {
                observations.entry(code.clone()).or_insert(ObservationId(at as u16));
            }
        }
        let mut antigens = HashMap::new();
        for (at, antigen) in definition.antigens.iter().enumerate() {
            if antigens.insert(antigen.name.clone(), AntigenId(at as u16)).is_some() {
                return Err(twice(&antigen.name));
            }
        }
        let parameters = parameters(definition, choices, &error)?;
        let (manufacturers, countries) = (manufacturers(definition), countries(definition));
        Ok(Names { vaccines, observations, antigens, manufacturers, countries, parameters })
    }

    pub(super) fn vaccine(&self, code: &str) -> Option<VaccineId> {
        self.vaccines.get(code).copied()
    }

    pub(super) fn observation(&self, code: &str) -> Option<ObservationId> {
        self.observations.get(code).copied()
    }

    pub(super) fn antigen(&self, name: &str) -> Option<AntigenId> {
        self.antigens.get(name).copied()
    }

    pub(super) fn country(&self, name: &str) -> Option<CountryId> {
        self.countries.iter().position(|known| known == name).map(|at| CountryId(at as u16))
    }

    pub(super) fn manufacturer(&self, code: &str) -> Option<ManufacturerId> {
        self.manufacturers.iter().position(|known| known == code).map(|at| ManufacturerId(at as u16))
    }

    /// Whether the choice holds; `None` when there is no such parameter or choice.
    pub(super) fn holds(&self, when: &When) -> Option<bool> {
        let (choices, chosen) = self.parameters.get(&when.parameter)?;
        choices.contains(&when.choice).then(|| *chosen == when.choice)
    }

    pub(super) fn into_lookups(self) -> Lookups {
        (self.vaccines, self.observations, self.manufacturers, self.countries)
    }
}

fn parameters(
    definition: &ScheduleDefinition,
    choices: &[(&str, &str)],
    error: &impl Fn(String, String) -> ScheduleError,
) -> Result<HashMap<String, (Vec<String>, String)>, ScheduleError> {
    let mut parameters = HashMap::new();
    for parameter in &definition.parameters {
        let names: Vec<String> = parameter.choices.iter().map(|choice| choice.name.clone()).collect();
        let given = choices.iter().find(|(name, _)| *name == parameter.name).map(|(_, choice)| *choice);
        let chosen = given.unwrap_or(&parameter.default).to_owned();
        let place = || format!("parameter '{}'", parameter.name);
        if names.len() < 2 {
            return Err(error(place(), "needs at least two choices".to_owned()));
        }
        if !names.contains(&chosen) {
            return Err(error(
                place(),
                format!("'{chosen}' is not one of its choices: {}", names.join(", ")),
            ));
        }
        parameters.insert(parameter.name.clone(), (names, chosen));
    }
    match choices.iter().find(|(name, _)| !parameters.contains_key(*name)) {
        Some((name, _)) => Err(error(format!("parameter '{name}'"), "is not defined".to_owned())),
        None => Ok(parameters),
    }
}

fn manufacturers(definition: &ScheduleDefinition) -> Vec<String> {
    let series = definition.antigens.iter().flat_map(|antigen| &antigen.series);
    let uses = series.flat_map(|series| {
        let doses = series.doses.iter().flat_map(|dose| dose.preferable.iter().chain(&dose.allowable));
        series.preferable.iter().chain(&series.allowable).chain(doses)
    });
    sorted(uses.filter_map(|used: &VaccineUse| used.manufacturer.clone()))
}

fn countries(definition: &ScheduleDefinition) -> Vec<String> {
    let immunities = definition.antigens.iter().flat_map(|antigen| &antigen.immune_born_before);
    sorted(immunities.filter_map(|immunity| immunity.country.clone()))
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}
