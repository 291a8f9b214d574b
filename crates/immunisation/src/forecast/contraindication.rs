//! Is anything against giving it (section 7.3)?

use crate::patient::Patient;
use crate::schedule::{AgeIx, AntigenId, SeriesDose, VaccineId};

/// Table 7-7: a contraindication of the antigen, or of every preferable vaccine of the series.
pub(super) fn is_series_contraindicated(
    patient: &Patient<'_>,
    antigen: AntigenId,
    doses: &[SeriesDose],
) -> bool {
    if patient.child.observations.is_empty() {
        return false;
    }
    let tables = &patient.schedule.antigens[antigen.index()];
    let of_antigen = tables
        .contraindications
        .iter()
        .any(|c| patient.has(c.observation) && is_of_age(patient, c.begin, c.end));
    if of_antigen {
        return true;
    }
    let mut preferable = doses.iter().flat_map(|dose| &dose.preferable).map(|used| used.vaccine).peekable();
    preferable.peek().is_some()
        && preferable.all(|vaccine| is_vaccine_contraindicated(patient, antigen, vaccine))
}

/// Table 7-6.
pub(crate) fn is_vaccine_contraindicated(
    patient: &Patient<'_>,
    antigen: AntigenId,
    vaccine: VaccineId,
) -> bool {
    if patient.child.observations.is_empty() {
        return false;
    }
    let contraindications = &patient.schedule.antigens[antigen.index()].vaccine_contraindications;
    contraindications
        .iter()
        .any(|c| c.vaccine == vaccine && patient.has(c.observation) && is_of_age(patient, c.begin, c.end))
}

fn is_of_age(patient: &Patient<'_>, begin: AgeIx, end: AgeIx) -> bool {
    (patient.at_age(begin)..patient.at_age(end)).contains(&patient.assessment)
}
