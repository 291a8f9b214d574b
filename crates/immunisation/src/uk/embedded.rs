//! The schedule in this crate's data files, with the choices that are made where sources disagree.

use crate::ScheduleError;

use super::compile::Compiler;
use super::definition::Definition;
use super::schedule::{Alternative, Schedule};

const FILES: [(&str, &str); 9] = [
    ("sources.toml", include_str!("../../data/uk/sources.toml")),
    ("parameters.toml", include_str!("../../data/uk/parameters.toml")),
    ("conditions.toml", include_str!("../../data/uk/conditions.toml")),
    ("vaccines.toml", include_str!("../../data/uk/vaccines.toml")),
    ("courses_primary.toml", include_str!("../../data/uk/courses_primary.toml")),
    ("courses_infant.toml", include_str!("../../data/uk/courses_infant.toml")),
    ("courses_mmr.toml", include_str!("../../data/uk/courses_mmr.toml")),
    ("courses_other.toml", include_str!("../../data/uk/courses_other.toml")),
    ("seasons.toml", include_str!("../../data/uk/seasons.toml")),
];

impl Schedule {
    /// The schedule in this crate's data files, with the default choice of every parameter.
    ///
    /// # Errors
    /// The data contradict themselves, or a value has no source or no date from which it holds.
    pub fn embedded() -> Result<Schedule, ScheduleError> {
        Schedule::with_choices(&[])
    }

    /// The same with some parameters chosen: pairs of a parameter's name and a choice's name.
    ///
    /// # Errors
    /// As [`Schedule::embedded`], and where there is no such parameter or choice.
    pub fn with_choices(choices: &[(&str, &str)]) -> Result<Schedule, ScheduleError> {
        let mut all = Definition::default();
        for (file, text) in FILES {
            let read =
                toml::from_str(text).map_err(|error| ScheduleError::Toml(format!("{file}: {error}")))?;
            all.merge(read);
        }
        let mut schedule = Compiler::new(choices, &all)?.compile(all.clone())?;
        for parameter in &all.parameters {
            let chosen = choices
                .iter()
                .find(|(name, _)| *name == parameter.name)
                .map_or(&*parameter.default, |one| one.1);
            for other in parameter.choices.iter().filter(|choice| choice.name != chosen) {
                let mut changed: Vec<(&str, &str)> =
                    choices.iter().copied().filter(|(name, _)| *name != parameter.name).collect();
                changed.push((&parameter.name, &other.name));
                let compiled = Compiler::new(&changed, &all)?.compile(all.clone())?;
                schedule.alternatives.push(Alternative {
                    parameter: parameter.name.clone(),
                    choice: other.name.clone(),
                    schedule: compiled,
                });
            }
        }
        Ok(schedule)
    }
}
