//! What can go wrong between het and its database.

use sea_orm::DbErr;

/// A question that could not be answered, or a change that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be opened.
    #[error("the database at {place} could not be opened: {reason}")]
    Open {
        /// The file or server, without any password.
        place: String,
        /// What the database said.
        reason: String,
    },
    /// The address of the database is not one that het understands.
    #[error("'{0}' is not a database address: expected sqlite://FILE or postgres://USER@HOST/NAME")]
    Address(String),
    /// The database refused or failed.
    #[error("the database could not {doing}: {source}")]
    Database {
        /// What was being done, in words.
        doing: &'static str,
        /// What the database said.
        source: DbErr,
    },
    /// The audit log was changed from outside.
    #[error("the audit log is broken at entry {entry}: {reason}")]
    AuditBroken {
        /// The first entry that does not follow from the one before it.
        entry: i64,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Keys of the register that cannot be used.
    #[error("the keys of the register cannot be used: {0}")]
    Keys(String),
    /// A sealed value of the register that cannot be opened.
    #[error("a sealed value of the register cannot be opened: {reason}")]
    Sealed {
        /// What is wrong with it; never what is in it.
        reason: &'static str,
    },
    /// Something is there already under this name.
    #[error("there is already {what} '{value}'")]
    Taken {
        /// The kind of thing, with its article: `an account with the email`.
        what: &'static str,
        /// The name it was given.
        value: String,
    },
    /// Nothing is there under this name.
    #[error("there is no {what} '{value}'")]
    NotFound {
        /// The kind of thing.
        what: &'static str,
        /// The name that was asked for.
        value: String,
    },
    /// A stored value cannot be read back: the database was changed from outside.
    #[error("the database holds {what} '{value}', which het did not write")]
    Foreign {
        /// The kind of value.
        what: &'static str,
        /// The value.
        value: String,
    },
}
