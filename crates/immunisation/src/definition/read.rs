//! Reading the schedule format from TOML.

use serde::{Deserialize, Deserializer, de::Error};
use vocabulary::Date;

use super::{Association, ScheduleDefinition, VaccineUse};
use crate::calendar::Span;
use crate::error::ScheduleError;

impl ScheduleDefinition {
    /// Reads a schedule written in TOML. Nothing is checked yet beyond the form of each value;
    /// [`crate::Schedule::compile`] does that.
    ///
    /// # Errors
    ///
    /// [`ScheduleError::Toml`] with the line and what was expected there.
    pub fn from_toml(text: &str) -> Result<ScheduleDefinition, ScheduleError> {
        toml::from_str(text).map_err(|error| ScheduleError::Toml(error.to_string()))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|_| D::Error::custom(format!("'{text}' is not a date: expected a form such as 2026-01-01")))
}

pub(super) fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}

pub(super) fn one() -> u8 {
    1
}

pub(super) fn best_priority() -> char {
    'A'
}

/// An antigen's name alone, or with the ages at which it counts.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum AssociationText {
    Name(String),
    Ages(AssociationAges),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AssociationAges {
    antigen: String,
    #[serde(default)]
    begin_age: Option<Span>,
    #[serde(default)]
    end_age: Option<Span>,
}

impl From<AssociationText> for Association {
    fn from(text: AssociationText) -> Association {
        match text {
            AssociationText::Name(antigen) => Association { antigen, begin_age: None, end_age: None },
            AssociationText::Ages(a) => {
                Association { antigen: a.antigen, begin_age: a.begin_age, end_age: a.end_age }
            }
        }
    }
}

/// A vaccine's code alone, or with ages, a maker and dates.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum VaccineUseText {
    Code(String),
    Table(VaccineUseTable),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct VaccineUseTable {
    code: String,
    #[serde(default)]
    begin_age: Option<Span>,
    #[serde(default)]
    end_age: Option<Span>,
    #[serde(default)]
    manufacturer: Option<String>,
    #[serde(default)]
    volume: Option<f32>,
    #[serde(default)]
    recommended: Option<bool>,
    #[serde(default, deserialize_with = "optional_date")]
    from: Option<Date>,
    #[serde(default, deserialize_with = "optional_date")]
    until: Option<Date>,
}

impl From<VaccineUseText> for VaccineUse {
    fn from(text: VaccineUseText) -> VaccineUse {
        match text {
            VaccineUseText::Code(code) => VaccineUse { code, recommended: true, ..VaccineUse::default() },
            VaccineUseText::Table(t) => VaccineUse {
                code: t.code,
                begin_age: t.begin_age,
                end_age: t.end_age,
                manufacturer: t.manufacturer,
                volume: t.volume,
                recommended: t.recommended.unwrap_or(true),
                from: t.from,
                until: t.until,
            },
        }
    }
}
