//! The one error of this crate: a schedule that cannot be used, with where and why.

/// A schedule that cannot be used. Records never give an error: see [`crate::Finding`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The text is not TOML, or not the schedule format.
    #[error("the schedule is not in the schedule format: {0}")]
    Toml(String),
    /// A file of CDC's supporting data is not XML.
    #[error("{file}: not readable as XML at byte {position}: {reason}")]
    Xml {
        /// The name of the file.
        file: String,
        /// Where in it.
        position: u64,
        /// What was wrong.
        reason: String,
    },
    /// A file of CDC's supporting data says something that the format does not allow.
    #[error("{file}: {place}: {reason}")]
    Cdsi {
        /// The name of the file.
        file: String,
        /// The series and dose, or the element.
        place: String,
        /// What was wrong, with the value.
        reason: String,
    },
    /// A schedule names something that it does not define, or contradicts itself.
    #[error("schedule '{schedule}': {place}: {reason}")]
    Definition {
        /// The schedule's name.
        schedule: String,
        /// The antigen, series and dose.
        place: String,
        /// What was wrong, with the value.
        reason: String,
    },
}
