//! Has the child evidence of immunity (section 7.2)?

use crate::patient::Patient;
use crate::schedule::AntigenId;

/// Table 7-3.
pub(super) fn is_immune(patient: &Patient<'_>, antigen: AntigenId) -> bool {
    let antigen = &patient.schedule.antigens[antigen.index()];
    if !patient.child.observations.is_empty() && antigen.immune_if.iter().any(|o| patient.has(*o)) {
        return true;
    }
    antigen.immune_born_before.iter().any(|immunity| {
        patient.birth.day < immunity.before
            && !immunity.unless.iter().any(|o| patient.has(*o))
            && immunity.country.is_none_or(|country| patient.child.country_of_birth == Some(country))
    })
}
