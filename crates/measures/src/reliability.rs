//! Whether a rate rests on enough events to be trusted, which is another question than whether it may be disclosed.
//!
//! The rule of the Office for National Statistics for rates of deaths (*Mortality statistics: metadata*, and the notes to
//! its tables of deaths registered in England and Wales): no rate below 3 events, and one from 3 to 19 is marked as
//! unreliable. Counts stay as they are. It hides nobody: a rate of few events in a large population may be unreliable
//! and safe, and one of many events in a small population reliable and unsafe. Disclosure control comes on top.

use crate::estimate::Note;
use crate::table::OptionEntry;
use crate::table::Setup;
use crate::{Estimate, Events, MeasureError, Reason};

/// How many events a rate needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    withhold_below: f64,
    mark_below: f64,
}

impl Reliability {
    /// Every rate is given as it is.
    pub const NONE: Reliability = Reliability { withhold_below: 0.0, mark_below: 0.0 };
    /// The rule of the Office for National Statistics: no rate below 3 events, a mark below 20.
    pub const ONS: Reliability = Reliability { withhold_below: 3.0, mark_below: 20.0 };

    /// A rule with other numbers of events.
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] when one is negative or not finite, or the mark is below what is withheld.
    pub fn new(withhold_below: f64, mark_below: f64) -> Result<Reliability, MeasureError> {
        let sound = withhold_below >= 0.0 && mark_below.is_finite() && mark_below >= withhold_below;
        match sound {
            true => Ok(Reliability { withhold_below, mark_below }),
            false => Err(MeasureError::OutOfRange {
                what: "a number of events below which rates are marked",
                value: mark_below,
                expected: "no less than the number below which they are withheld, which is zero or more",
            }),
        }
    }

    /// The estimate as the rule allows it: as it is, marked, or withheld.
    ///
    /// # Errors
    /// [`Reason::FewEvents`] when there are too few events for any figure.
    pub fn apply(self, events: Events, estimate: Estimate) -> Result<Estimate, MeasureError> {
        let events = events.count();
        if events < self.withhold_below {
            return Err(Reason::FewEvents { events, least: self.withhold_below }.into());
        }
        Ok(match events < self.mark_below {
            true => estimate.with_mark(Note::Unreliable),
            false => estimate,
        })
    }

    /// The option of this name.
    pub(crate) fn of(setup: &Setup) -> Result<Reliability, MeasureError> {
        setup.choice(OPTION.name, &[("none", Reliability::NONE), ("ons", Reliability::ONS)])
    }

    /// The same as [`Reliability::apply`] for a count that was checked.
    pub(crate) fn apply_to(self, events: f64, estimate: Estimate) -> Result<Estimate, MeasureError> {
        self.apply(Events::new(events)?, estimate)
    }
}

pub(crate) const OPTION: OptionEntry = OptionEntry {
    name: "reliability",
    default: "none",
    what: "none, or ons: no rate below 3 events, and a note that it is unreliable below 20 (no disclosure rule)",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Levels, Multiplier, Population, rate};

    fn check(events: f64, given: bool, marked: bool) {
        let count = Events::new(events).unwrap();
        let figure = rate(count, Population::new(1000.0).unwrap(), Multiplier::ONE, &Levels::STANDARD);
        let ruled = Reliability::ONS.apply(count, figure);
        assert_eq!(ruled.is_ok(), given, "{events}");
        assert_eq!(
            ruled.ok().and_then(|figure| figure.mark()),
            marked.then_some(Note::Unreliable),
            "{events}"
        );
    }

    // ONS: rates are not calculated for fewer than 3 deaths, and are marked u for 3 to 19.
    #[test]
    fn rates_of_few_events_are_marked_or_withheld() {
        check(0.0, false, false);
        check(2.0, false, false);
        check(3.0, true, true);
        check(19.0, true, true);
        check(20.0, true, false);
    }

    #[test]
    fn a_rule_is_in_order() {
        assert!(Reliability::new(5.0, 3.0).is_err());
        assert!(Reliability::new(-1.0, 3.0).is_err());
        assert!(Reliability::new(5.0, 5.0).is_ok());
    }
}
