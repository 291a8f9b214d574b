//! Counts of events and of people, which cannot be negative.

use crate::MeasureError;

/// How many events there were: finite and not negative. Whole as a rule; weighted counts need not be.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Events(f64);

impl Events {
    /// A number of events.
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] when it is negative or not finite.
    pub fn new(count: f64) -> Result<Events, MeasureError> {
        match count.is_finite() && count >= 0.0 {
            true => Ok(Events(count)),
            false => Err(MeasureError::OutOfRange {
                what: "a number of events",
                value: count,
                expected: "zero or more",
            }),
        }
    }

    /// The number.
    pub fn count(self) -> f64 {
        self.0
    }
}

/// How many people, person-years or things the events are counted in: finite and above zero.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Population(f64);

impl Population {
    /// A population.
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] when it is not above zero or not finite.
    pub fn new(size: f64) -> Result<Population, MeasureError> {
        match size.is_finite() && size > 0.0 {
            true => Ok(Population(size)),
            false => Err(MeasureError::OutOfRange {
                what: "a population",
                value: size,
                expected: "more than zero",
            }),
        }
    }

    /// The number.
    pub fn size(self) -> f64 {
        self.0
    }
}

/// What counts are made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statistic {
    /// Events as a share of people.
    Proportion,
    /// Events per people or person-years.
    Rate,
}

/// The counts of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    /// How many events.
    pub events: Events,
    /// Among how many.
    pub population: Population,
}
