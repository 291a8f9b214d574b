//! The made-up indicators and their figures.

mod indicators;
mod places;
mod series;
mod suppression;

use vocabulary::{Date, Frequency, Polarity};

pub(crate) use indicators::INDICATORS;
pub(crate) use series::observations;

/// The definition of a made-up indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Stable code, such as `mmr-5y`; the same as in [`vocabulary::Observation::indicator`].
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub definition: &'static str,
    /// Who is counted.
    pub numerator: &'static str,
    /// Out of whom.
    pub denominator: &'static str,
    /// What a value is a number of: `%`, `per 1,000` or `per 100,000`.
    pub unit: &'static str,
    /// How many of the denominator a value is given for: 100, 1,000 or 100,000.
    pub per: u32,
    /// Which way is better.
    pub polarity: Polarity,
    /// How often it has a new figure.
    pub frequency: Frequency,
    /// Where the figures come from: always `synthetic`.
    pub source: &'static str,
    /// The code of the subgroup that watches it.
    pub subgroup: &'static str,
    /// Whether it is one of the impact measures that the partnership reviews once a year.
    pub impact: bool,
    /// The numbers of the recommendations that it measures; some measure none.
    pub recommendations: &'static [u16],
    /// What it is to reach, and by when; some have none.
    pub target: Option<Target>,
    /// Where its chart's limits are worked out anew; most have none.
    pub rebase: Option<Rebase>,
}

/// What an indicator is to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The value, in the indicator's unit.
    pub value: f64,
    /// The day by which.
    pub due: Date,
    /// Who set it.
    pub source: &'static str,
}

/// A day from which an indicator's limits are worked out anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The first day of the new limits.
    pub from: Date,
    /// Why.
    pub reason: &'static str,
}
