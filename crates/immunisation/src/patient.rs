//! The child whose history is weighed.

use vocabulary::Sex;

use crate::calendar::{Civil, Day};
use crate::child::Child;
use crate::definition::SeriesKind;
use crate::history::{Given, History};
use crate::schedule::{AgeIx, AntigenId, ObservationId, Schedule, Series, SeriesId};

/// The child as every step sees them.
pub(crate) struct Patient<'a> {
    pub(crate) schedule: &'a Schedule,
    pub(crate) child: &'a Child,
    pub(crate) birth: Civil,
    pub(crate) assessment: Day,
    pub(crate) history: &'a History,
}

impl Patient<'_> {
    /// The day on which the child reaches an age; the earliest or latest day for none.
    #[inline]
    pub(crate) fn at_age(&self, age: AgeIx) -> Day {
        self.history.at_age(age)
    }

    /// The positions of the doses with an antigen, in order.
    #[inline]
    pub(crate) fn records(&self, antigen: AntigenId) -> &[u16] {
        self.history.records(antigen)
    }

    #[inline]
    pub(crate) fn given(&self, record: u16) -> &Given {
        &self.history.doses[record as usize]
    }

    /// Whether an observation is active.
    pub(crate) fn has(&self, observation: ObservationId) -> bool {
        self.child.observations.iter().any(|observed| observed.observation == observation)
    }

    /// Whether a series concerns the child (table 5-5, and its cohort and dates).
    pub(crate) fn is_relevant(&self, id: SeriesId, series: &Series) -> bool {
        let sex = match self.child.sex {
            Sex::Persons => 0b001,
            Sex::Female => 0b010,
            Sex::Male => 0b100,
        };
        if series.kind == SeriesKind::Risk && !self.history.is_indicated(id) {
            return false;
        }
        series.sexes & sex != 0
            && (series.born_from..=series.born_until).contains(&self.birth.day)
            && (series.from..=series.until).contains(&self.assessment)
    }
}
