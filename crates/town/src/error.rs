//! What a use case can answer instead of what was asked.

pub use store::Passing;

use crate::{Permission, Role};

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The policy does not let this role.
    #[error("this needs the permission '{}', which the role '{}' does not have", permission.code(), role.code())]
    Forbidden {
        /// Who asked.
        role: Role,
        /// What it needs.
        permission: Permission,
    },
    /// The role has the permission, but only for what is its own, and this is not.
    #[error("the role '{}' has the permission '{}' only for its own", role.code(), permission.code())]
    NotYours {
        /// Who asked.
        role: Role,
        /// What it needs.
        permission: Permission,
    },
    /// The session began too long ago for this: who one is has to be confirmed first.
    #[error("this needs a session in which one has just confirmed who one is")]
    Unconfirmed,
    /// Nothing is there under this name.
    #[error("there is no {what} '{value}'")]
    NotFound {
        /// The kind of thing.
        what: &'static str,
        /// The name that was asked for.
        value: String,
    },
    /// Values of a form or a file were refused: each names its field and says what to do.
    #[error("{}", join(.0))]
    Refused(Vec<Refusal>),
    /// The register is shut: het was not given its keys.
    #[error(
        "the register is shut, because het was not given its keys: say where they are with --keys, HET_KEYS_FILE, HET_KEYS or \
         HET_KEYS_COMMAND (het keys new makes one)"
    )]
    NoKeys,
    /// Somebody else changed the thing since it was seen: nothing was written.
    #[error("{} {} was changed by somebody else since it was read", .0.what, .0.code)]
    Changed(Box<crate::editing::Changed>),
    /// Others changed the data each time that it was to be changed: nothing was written.
    #[error("others kept changing the data while it was to be changed")]
    Crowded,
    /// A file was refused.
    #[error("{0}")]
    Source(#[from] sources::SourceError),
    /// The database could not answer.
    #[error(transparent)]
    Store(store::Error),
    /// Something that should always work did not: a document could not be made.
    #[error("{doing} failed: {reason}")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// What went wrong.
        reason: String,
    },
}

/// One value that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field's name in the form, or the place in the file.
    pub field: String,
    /// What is wrong and what to do, in plain words.
    pub words: String,
}

impl Error {
    /// Whether it will pass by itself: the database is away, busy or full, and nothing is wrong with what was asked.
    pub fn passing(&self) -> Option<Passing> {
        match self {
            Error::Store(error) => error.passing(),
            Error::Crowded => Some(Passing::Busy),
            _ => None,
        }
    }

    /// One refused value.
    pub fn refused(field: impl Into<String>, words: impl Into<String>) -> Error {
        Error::Refused(vec![Refusal { field: field.into(), words: words.into() }])
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        match error {
            store::Error::NotFound { what, value } => Error::NotFound { what, value },
            store::Error::Taken { what, value } => {
                Error::refused("code", format!("There is already {what} '{value}': choose another"))
            }
            other => Error::Store(other),
        }
    }
}

fn join(refusals: &[Refusal]) -> String {
    refusals.iter().map(|r| format!("{}: {}", r.field, r.words)).collect::<Vec<_>>().join("; ")
}
