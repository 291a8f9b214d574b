//! The schedule's own file: vaccines, groups, conflicts, observations.

use super::tree::Element;
use super::value::Place;
use crate::definition::{
    Association, ConflictDefinition, GroupDefinition, ObservationDefinition, ScheduleDefinition,
    VaccineDefinition,
};
use crate::error::ScheduleError;

pub(super) fn read(file: &str, root: &Element, into: &mut ScheduleDefinition) -> Result<(), ScheduleError> {
    for map in within(root, "cvxToAntigenMap", "cvxMap") {
        into.vaccines.push(vaccine(file, map)?);
    }
    for map in within(root, "vaccineGroupToAntigenMap", "vaccineGroupMap") {
        let name = map.value("name").to_owned();
        let groups = within(root, "vaccineGroups", "vaccineGroup");
        let full = groups.into_iter().find(|group| group.value("name") == name);
        let place = Place { file, place: &name };
        into.groups.push(GroupDefinition {
            administer_full: full
                .map_or(Ok(false), |group| place.flag(group, "administerFullVaccineGroup"))?,
            antigens: map.all("antigen").map(|antigen| antigen.own_text().to_owned()).collect(),
            name,
        });
    }
    for conflict in within(root, "liveVirusConflicts", "liveVirusConflict") {
        into.conflicts.push(self::conflict(file, conflict)?);
        for side in ["previous", "current"] {
            without_antigen(conflict, side, into);
        }
    }
    for observation in within(root, "observations", "observation") {
        let coded = observation.all("codedValues").flat_map(|values| values.all("codedValue"));
        let snomed = coded.filter(|value| value.value("codeSystem") == "SNOMED");
        let code = observation.value("observationCode").to_owned();
        let short = code.trim_start_matches('0').to_owned();
        let short = Some(short).filter(|short| !short.is_empty() && *short != code);
        into.observations.push(ObservationDefinition {
            title: observation.value("observationTitle").to_owned(),
            also: short.into_iter().chain(snomed.map(|value| value.value("code").to_owned())).collect(),
            code,
        });
    }
    Ok(())
}

fn within<'a>(root: &'a Element, list: &str, item: &'a str) -> Vec<&'a Element> {
    root.child(list).map(|list| list.all(item).collect()).unwrap_or_default()
}

fn vaccine(file: &str, map: &Element) -> Result<VaccineDefinition, ScheduleError> {
    let code = map.value("cvx").to_owned();
    let place = Place { file, place: &format!("CVX {code}") };
    let mut antigens = Vec::new();
    for association in map.all("association") {
        antigens.push(Association {
            antigen: association.value("antigen").to_owned(),
            begin_age: place.span(association, "associationBeginAge")?,
            end_age: place.span(association, "associationEndAge")?,
        });
    }
    // Spreadsheets lose a leading nought.
    let also =
        code.strip_prefix('0').filter(|short| !short.is_empty()).map(str::to_owned).into_iter().collect();
    Ok(VaccineDefinition { name: map.value("shortDescription").to_owned(), code, also, antigens })
}

/// Some vaccines, such as BCG, are in no antigen's file but matter to others given after them.
fn without_antigen(conflict: &Element, side: &str, into: &mut ScheduleDefinition) {
    let Some(vaccine) = conflict.child(side) else { return };
    let code = vaccine.value("cvx");
    if !code.is_empty() && !into.vaccines.iter().any(|known| known.code == code) {
        let (code, name) = (code.to_owned(), vaccine.value("vaccineType").to_owned());
        into.vaccines.push(VaccineDefinition { code, name, also: Vec::new(), antigens: Vec::new() });
    }
}

fn conflict(file: &str, conflict: &Element) -> Result<ConflictDefinition, ScheduleError> {
    let cvx = |side: &str| conflict.child(side).map_or("", |vaccine| vaccine.value("cvx")).to_owned();
    let (previous, current) = (cvx("previous"), cvx("current"));
    let place = Place { file, place: &format!("conflict of CVX {current} after CVX {previous}") };
    let span = |name: &str| place.span(conflict, name).map(Option::unwrap_or_default);
    let (begin, minimum_end, end) =
        (span("conflictBeginInterval")?, span("minConflictEndInterval")?, span("conflictEndInterval")?);
    Ok(ConflictDefinition { begin, minimum_end, end, previous, current, source: None })
}
