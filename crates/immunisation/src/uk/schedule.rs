//! The UK schedule as the rest of the crate holds it, and how it is made from the data files.

use std::collections::HashMap;

use vocabulary::Date;

use crate::calendar::{Civil, Span};

use super::child::{ConditionId, Dose, VaccineId};
use super::codes::CodeTable;
use super::table::{Condition, InfluenzaRules, Kind, Season, Vaccine};

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

/// The schedule as it would be with one parameter chosen otherwise.
#[derive(Debug, Clone)]
pub(super) struct Alternative {
    pub(super) parameter: String,
    pub(super) choice: String,
    pub(super) schedule: Schedule,
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
