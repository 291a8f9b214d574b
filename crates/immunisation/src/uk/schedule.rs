//! The UK schedule as the rest of the crate holds it, and how it is made from the data files.

use std::collections::HashMap;

use vocabulary::Date;

use crate::ScheduleError;
use crate::calendar::{Civil, Span};

use super::child::{ConditionId, Dose, VaccineId};
use super::choices::Alternative;
use super::codes::CodeTable;
use super::compile::Compiler;
use super::definition::Definition;
use super::influenza::InfluenzaRules;
use super::table::{Condition, Kind, Season, Vaccine};

const FILES: [(&str, &str); 9] = [
    ("sources.toml", include_str!("../../data/uk/sources.toml")),
    ("parameters.toml", include_str!("../../data/uk/parameters.toml")),
    ("conditions.toml", include_str!("../../data/uk/conditions.toml")),
    ("vaccines.toml", include_str!("../../data/uk/vaccines.toml")),
    ("courses_primary.toml", include_str!("../../data/uk/courses_primary.toml")),
    ("courses_infant.toml", include_str!("../../data/uk/courses_infant.toml")),
    ("courses_mmr.toml", include_str!("../../data/uk/courses_mmr.toml")),
    ("courses_other.toml", include_str!("../../data/uk/courses_other.toml")),
    ("seasons.toml", include_str!("../../data/uk/seasons.toml")),
];

/// The UK schedule, compiled.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(super) vaccines: Vec<Vaccine>,
    pub(super) kinds: Vec<Kind>,
    pub(super) conditions: Vec<Condition>,
    pub(super) seasons: Vec<Season>,
    pub(super) grace: Span,
    pub(super) overdue_after: Span,
    pub(super) visit_gap: Span,
    pub(super) live_gap: Span,
    pub(super) influenza: u8,
    pub(super) antigens: Vec<String>,
    pub(super) influenza_risk: u64,
    pub(super) influenza_rules: InfluenzaRules,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) codes: CodeTable,
    pub(super) condition_codes: HashMap<String, ConditionId>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) sources: Vec<Source>,
    pub(super) values: Vec<ValueSource>,
}

/// A document that values are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The short name that values use.
    pub id: String,
    /// The title, publisher and date.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// The source of one value of the data files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueSource {
    /// Which value: the kind of entry and its name.
    pub value: String,
    /// The source's id, then the paragraph; several are separated by semicolons.
    pub source: String,
    /// The date from which the value holds.
    pub since: Date,
}

/// A point on which the sources disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The stable name.
    pub name: String,
    /// The question in plain words.
    pub question: String,
    /// The name of the choice that holds here.
    pub chosen: String,
    /// The choices: name, meaning and source of each.
    pub choices: Vec<(String, String, String)>,
}

impl Schedule {
    /// The schedule in this crate's data files, with the default choice of every parameter.
    ///
    /// # Errors
    /// The data contradict themselves, or a value has no source or no date from which it holds.
    pub fn embedded() -> Result<Schedule, ScheduleError> {
        Schedule::with_choices(&[])
    }

    /// The same with some parameters chosen: pairs of a parameter's name and a choice's name.
    ///
    /// # Errors
    /// As [`Schedule::embedded`], and where there is no such parameter or choice.
    pub fn with_choices(choices: &[(&str, &str)]) -> Result<Schedule, ScheduleError> {
        let mut all = Definition::default();
        for (file, text) in FILES {
            let read =
                toml::from_str(text).map_err(|error| ScheduleError::Toml(format!("{file}: {error}")))?;
            all.merge(read);
        }
        let mut schedule = Compiler::new(choices, &all)?.compile(all.clone())?;
        for parameter in &all.parameters {
            let chosen = choices
                .iter()
                .find(|(name, _)| *name == parameter.name)
                .map_or(&*parameter.default, |one| one.1);
            for other in parameter.choices.iter().filter(|choice| choice.name != chosen) {
                let mut changed: Vec<(&str, &str)> =
                    choices.iter().copied().filter(|(name, _)| *name != parameter.name).collect();
                changed.push((&parameter.name, &other.name));
                let compiled = Compiler::new(&changed, &all)?.compile(all.clone())?;
                schedule.alternatives.push(Alternative {
                    parameter: parameter.name.clone(),
                    choice: other.name.clone(),
                    schedule: compiled,
                });
            }
        }
        Ok(schedule)
    }

    /// The vaccine with a code: this schedule's own, or a SNOMED CT, dm+d or CVX code that it knows.
    pub fn vaccine(&self, code: &str) -> Option<VaccineId> {
        self.codes.get(code.as_bytes()).map(VaccineId)
    }

    /// The condition with a code.
    pub fn condition(&self, code: &str) -> Option<ConditionId> {
        self.condition_codes.get(code).copied()
    }

    /// The schedule's own code of a vaccine.
    pub fn vaccine_code(&self, vaccine: VaccineId) -> &str {
        &self.vaccines[usize::from(vaccine.0)].code
    }

    /// The codes of a vaccine in other systems: SNOMED CT, then its products' in dm+d, then CVX.
    pub fn vaccine_other_codes(&self, vaccine: VaccineId) -> impl Iterator<Item = &str> {
        self.vaccines[usize::from(vaccine.0)].other_codes.iter().map(String::as_str)
    }

    /// The name of a vaccine in plain words.
    pub fn vaccine_name(&self, vaccine: VaccineId) -> &str {
        &self.vaccines[usize::from(vaccine.0)].name
    }

    /// Every vaccine: its code and its name, in the table's order.
    pub fn vaccines(&self) -> impl Iterator<Item = (VaccineId, &str, &str)> {
        let numbered = self.vaccines.iter().enumerate();
        numbered
            .map(|(place, vaccine)| (VaccineId(place as u8), vaccine.code.as_str(), vaccine.name.as_str()))
    }

    /// Every condition: its code and its title.
    pub fn conditions(&self) -> impl Iterator<Item = (ConditionId, &str, &str)> {
        let numbered = self.conditions.iter().enumerate();
        numbered.map(|(place, condition)| {
            (ConditionId(place as u8), condition.code.as_str(), condition.title.as_str())
        })
    }

    /// The place of an antigen's bit in [`Schedule::antigens_of`].
    pub(crate) fn antigen(&self, name: &str) -> Option<u8> {
        self.antigens.iter().position(|antigen| antigen == name).map(|place| place as u8)
    }

    /// The antigens that a dose counts towards, one bit each, for a child born on this day.
    pub(crate) fn antigens_of(&self, dose: Dose, born: Date) -> u32 {
        self.vaccines[usize::from(dose.vaccine.0)].antigens(Civil::from(born), dose.given.day)
    }

    /// The points on which the sources disagree, with what was chosen.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The documents that values are taken from.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source of every value.
    pub fn values(&self) -> &[ValueSource] {
        &self.values
    }
}
