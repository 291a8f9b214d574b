//! Was the vaccine a preferable or an allowable one (sections 6.8 and 6.9)?

use crate::outcome::{Reason, Reasons};
use crate::schedule::{SeriesDose, Use};
use crate::trace::{Event, Rule, Trace};
use crate::work::Held;

/// Tables 6-26 and 6-29. A maker and a vaccine together stand for a trade name, as in the CDC's own cases.
pub(super) fn check<T: Trace>(
    held: &Held<'_>,
    dose: &SeriesDose,
    target: u8,
    reasons: &mut Reasons,
    trace: &mut T,
) -> bool {
    let record = held.current();
    let given = held.patient.given(record);
    let fits = |used: &&Use| {
        used.vaccine == given.vaccine
            && used.manufacturer.is_none_or(|maker| given.manufacturer == Some(maker))
            && held.patient.at_age(used.begin) <= given.on.day
            && given.on.day < held.patient.at_age(used.end)
            && (used.from..=used.until).contains(&given.on.day)
    };
    let preferable = dose.preferable.iter().find(fits);
    trace.note(Event::of_dose(held.id, target, record, Rule::PreferableVaccine, preferable.is_some(), None));
    if let Some(used) = preferable {
        if given.volume.is_some_and(|volume| volume < used.volume) {
            reasons.add(Reason::LowVolume);
        }
        return true;
    }
    let allowable = dose.allowable.iter().any(|used| fits(&used));
    trace.note(Event::of_dose(held.id, target, record, Rule::AllowableVaccine, allowable, None));
    if !allowable {
        reasons.add(Reason::WrongVaccine);
    }
    allowable
}
