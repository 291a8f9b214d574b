//! A child and what they have had, as the UK rules need to know them.

use vocabulary::{Date, Sex};

use crate::calendar::{Civil, Day, to_date};

/// A vaccine of the UK schedule, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VaccineId(pub(super) u8);

/// Something about the child that changes what is needed or may be given, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConditionId(pub(super) u8);

/// A set of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conditions(pub(super) u64);

impl Conditions {
    /// The same set with one more.
    pub fn with(self, condition: ConditionId) -> Conditions {
        Conditions(self.0 | 1 << condition.0)
    }

    /// Whether a condition is in the set.
    pub fn contains(self, condition: ConditionId) -> bool {
        self.0 >> condition.0 & 1 == 1
    }
}

/// A child. It holds no name and no number: whose record it is stays with the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Child {
    pub(super) born: Civil,
    pub(super) sex: Sex,
    pub(super) conditions: Conditions,
    pub(super) delivery: Option<Day>,
}

impl Child {
    /// A child with no conditions. [`Sex::Persons`] when the sex is not known: then nothing that is for one
    /// sex only is forecast.
    pub fn new(born: Date, sex: Sex) -> Child {
        Child { born: Civil::from(born), sex, conditions: Conditions::default(), delivery: None }
    }

    /// When the child was born.
    pub fn born(&self) -> Date {
        to_date(self.born.day)
    }

    /// The same child with these conditions.
    pub fn with_conditions(self, conditions: Conditions) -> Child {
        Child { conditions, ..self }
    }

    /// The same young person, pregnant and expected to give birth on this day.
    pub fn expecting(self, delivery: Date) -> Child {
        Child { delivery: Some(Civil::from(delivery).day), ..self }
    }
}

/// A dose that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dose {
    pub(super) vaccine: VaccineId,
    pub(super) given: Civil,
}

impl Dose {
    /// A dose of a vaccine on a day.
    pub fn new(vaccine: VaccineId, given: Date) -> Dose {
        Dose { vaccine, given: Civil::from(given) }
    }

    /// The vaccine.
    pub fn vaccine(self) -> VaccineId {
        self.vaccine
    }

    /// The day on which it was given.
    pub fn given(self) -> Date {
        to_date(self.given.day)
    }
}

/// Something odd about the input. There is an answer all the same. The number is the position of the dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The dose was given before the child was born; it was left out.
    BeforeBirth(usize),
    /// The dose lies after the day of assessment; it was left out.
    InFuture(usize),
    /// The same vaccine is recorded twice on one day; this one was left out.
    Duplicate(usize),
    /// More doses than are weighed ([`super::DOSES_WEIGHED`]); this one and later ones were left out.
    TooMany(usize),
    /// The child is born after the day of assessment: the forecast is for the day of birth onwards.
    NotYetBorn,
}

/// A sentence; doses are counted from 1, as a person would.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::BeforeBirth(at) => write!(f, "dose {} was given before birth; it was left out", at + 1),
            Finding::InFuture(at) => {
                write!(f, "dose {} lies after the day of assessment; it does not count yet", at + 1)
            }
            Finding::Duplicate(at) => {
                write!(f, "dose {} is recorded twice on its day; this record was left out", at + 1)
            }
            Finding::TooMany(at) => {
                write!(f, "dose {} is beyond what one history can hold; it was left out", at + 1)
            }
            Finding::NotYetBorn => f.write_str("the child is born after the day of assessment"),
        }
    }
}
