//! Reads CDC's published supporting data (CDSi, XML: one file for each antigen and one for the schedule) into
//! the schedule format.
//!
//! The files are in the public domain in the United States. They are not kept with this crate; the caller
//! reads them and passes their text.

mod antigen;
mod schedule;
mod series_dose;
mod tree;
mod value;

use crate::definition::ScheduleDefinition;
use crate::error::ScheduleError;
use tree::Element;

/// The schedule that CDC's files define. `files` are pairs of a name, for errors, and the text; one of them
/// must be the schedule's supporting data, the others antigens'. Their order does not matter.
///
/// # Errors
///
/// [`ScheduleError::Xml`] for text that is not XML; [`ScheduleError::Cdsi`] for a value that cannot be read, a
/// file that is neither kind, or a set without the schedule's own file.
pub fn definition(files: &[(&str, &str)], version: &str) -> Result<ScheduleDefinition, ScheduleError> {
    let mut definition = ScheduleDefinition {
        name: "CDC, ACIP recommendations (CDSi)".to_owned(),
        version: version.to_owned(),
        ..ScheduleDefinition::default()
    };
    let mut has_schedule = false;
    for (file, text) in files {
        let root = Element::read(file, text)?;
        match root.name.as_str() {
            "scheduleSupportingData" => {
                schedule::read(file, &root, &mut definition)?;
                has_schedule = true;
            }
            "antigenSupportingData" => definition.antigens.push(antigen::read(file, &root)?),
            other => {
                return Err(value::error(
                    file,
                    other,
                    "is neither scheduleSupportingData nor antigenSupportingData",
                ));
            }
        }
    }
    if !has_schedule {
        return Err(value::error(
            "supporting data",
            "files",
            "there is no ScheduleSupportingData among them",
        ));
    }
    definition.antigens.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(definition)
}
