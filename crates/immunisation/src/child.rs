//! A child and what they have had: the engine's input.

use vocabulary::{Date, Sex};

use crate::schedule::{CountryId, ManufacturerId, ObservationId, VaccineId};

/// A child as the engine needs to know them. It holds no name and no number: whose record it is stays with
/// the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// When the child was born.
    pub date_of_birth: Date,
    /// The child's sex; [`Sex::Persons`] when it is not known.
    pub sex: Sex,
    /// Conditions, contraindications, preferences and evidence of immunity, each once.
    pub observations: Vec<Observed>,
    /// Where the child was born, when it is known and the schedule speaks of that country.
    pub country_of_birth: Option<CountryId>,
}

impl Child {
    /// A child with no observations, whose country of birth is not known.
    pub fn new(date_of_birth: Date, sex: Sex) -> Child {
        Child { date_of_birth, sex, observations: Vec::new(), country_of_birth: None }
    }
}

/// A condition, contraindication, preference or evidence of immunity that a child has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// Which.
    pub observation: ObservationId,
    /// When it was, or will be: the day from which intervals are counted.
    pub date: Option<Date>,
}

/// A dose that was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dose {
    /// The vaccine; `None` when the record's code is not in the schedule (the dose is then reported as a
    /// finding and does not count).
    pub vaccine: Option<VaccineId>,
    /// The day on which it was given.
    pub date: Date,
    /// Who made it, when it is known and the schedule speaks of that maker.
    pub manufacturer: Option<ManufacturerId>,
    /// The volume in millilitres, when it is known.
    pub volume: Option<f32>,
    /// Whether anything was wrong with the dose itself.
    pub condition: DoseCondition,
}

impl Dose {
    /// A sound dose of a vaccine on a day.
    pub fn new(vaccine: VaccineId, date: Date) -> Dose {
        Dose {
            vaccine: Some(vaccine),
            date,
            manufacturer: None,
            volume: None,
            condition: DoseCondition::Sound,
        }
    }

    /// The same dose, by this maker.
    pub fn by(self, manufacturer: Option<ManufacturerId>) -> Dose {
        Dose { manufacturer, ..self }
    }
}

/// Whether anything was wrong with a dose itself (section 6.1: a dose past its lot's expiry or with a known
/// condition is sub-standard and is repeated).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DoseCondition {
    /// Nothing is known against it.
    #[default]
    Sound,
    /// It was given after its lot's expiry date.
    Expired,
    /// It was recalled, sub-potent, wrongly kept or wrongly given.
    Compromised,
}
