//! What the engine says about each rule while it works. The engine is generic over who listens: when nobody
//! does ([`Silent`]) the compiler removes every word of it, so that explaining costs nothing to those who do
//! not ask.

use crate::calendar::Day;
use crate::schedule::{SeriesId, VaccineId};

/// A rule that was asked about a dose or a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The series concerns the child (table 5-5).
    Relevant,
    /// The dose itself was sound (table 6-3).
    Condition,
    /// A dose of the series is not needed (table 6-11); holds the position of the skip and of the set.
    Skip(u8, u8),
    /// The vaccine was not given by mistake (table 6-13).
    Inadvertent,
    /// Not before the absolute minimum age (table 6-15).
    MinimumAge,
    /// Before the maximum age (table 6-15).
    MaximumAge,
    /// An interval (table 6-18); holds its position.
    Interval(u8),
    /// A shorter interval that still counts (table 6-21); holds its position.
    AllowableInterval(u8),
    /// Not too close to another vaccine (table 6-24).
    Conflict(VaccineId),
    /// A preferable vaccine (table 6-26).
    PreferableVaccine,
    /// An allowable vaccine (table 6-29).
    AllowableVaccine,
    /// The dose of the series was met (table 6-31).
    Satisfied,
    /// The series had no dose left.
    Extraneous,
    /// A dose of the series is not needed when forecasting; holds the position of the skip and of the set.
    ForecastSkip(u8, u8),
    /// Evidence of immunity (table 7-3).
    Immune,
    /// A contraindication of the antigen, or of every preferable vaccine (table 7-7).
    Contraindicated,
    /// Within the season (table 7-10).
    Season,
    /// Young enough (table 7-10).
    ForecastAge,
    /// Can be given before the maximum age (table 7-10).
    Candidate,
    /// The earliest date (FORECASTDT-1).
    Earliest,
    /// The recommended date (FORECASTDT-5).
    Recommended,
    /// The last date before it is overdue (FORECASTDT-6).
    PastDue,
    /// The series can be chosen (SELECTSCORE-2).
    Scorable,
    /// The series was chosen in its series group (tables 8-3 to 8-13).
    Prioritised,
    /// The series is what the child is held to (table 8-14).
    Best,
}

/// One rule, and how it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) series: SeriesId,
    /// The dose of the series, from 0.
    pub(crate) target: u8,
    /// The dose that was given, as a position in the weighed history.
    pub(crate) given: Option<u16>,
    pub(crate) rule: Rule,
    pub(crate) met: bool,
    /// The day on which the rule turned, where it has one.
    pub(crate) day: Option<Day>,
}

impl Event {
    /// How a rule came out for a dose that was given.
    #[inline]
    pub(crate) fn of_dose(
        series: SeriesId,
        target: u8,
        given: u16,
        rule: Rule,
        met: bool,
        day: Option<Day>,
    ) -> Event {
        Event { series, target, given: Some(given), rule, met, day }
    }
}

/// Who listens.
pub(crate) trait Trace {
    fn note(&mut self, event: Event);
}

/// Nobody.
pub(crate) struct Silent;

impl Trace for Silent {
    #[inline(always)]
    fn note(&mut self, _: Event) {}
}

impl Trace for Vec<Event> {
    fn note(&mut self, event: Event) {
        self.push(event);
    }
}
