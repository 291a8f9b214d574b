//! Was the dose given at a valid age (section 6.4)?

use crate::outcome::{Reason, Reasons};
use crate::schedule::SeriesDose;
use crate::trace::{Event, Rule, Trace};
use crate::work::Held;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeCheck {
    Valid,
    TooYoung,
    TooOld,
}

/// Table 6-15, with the age rule in force on the day of the dose (RELEVANT-1).
pub(super) fn check<T: Trace>(
    held: &Held<'_>,
    dose: &SeriesDose,
    target: u8,
    reasons: &mut Reasons,
    trace: &mut T,
) -> AgeCheck {
    let record = held.current();
    let day = held.patient.given(record).on.day;
    let Some(rule) = dose.ages.iter().find(|rule| rule.from <= day && day <= rule.until) else {
        return AgeCheck::Valid;
    };
    let absolute = held.patient.at_age(rule.absolute_minimum);
    let maximum = held.patient.at_age(rule.maximum);
    trace.note(Event::of_dose(held.id, target, record, Rule::MinimumAge, day >= absolute, Some(absolute)));
    if day < absolute {
        reasons.add(Reason::TooYoung);
        return AgeCheck::TooYoung;
    }
    trace.note(Event::of_dose(held.id, target, record, Rule::MaximumAge, day < maximum, Some(maximum)));
    if day >= maximum {
        reasons.add(Reason::TooOld);
        return AgeCheck::TooOld;
    }
    if day < held.patient.at_age(rule.minimum) {
        reasons.add(Reason::GracePeriod);
    }
    AgeCheck::Valid
}
