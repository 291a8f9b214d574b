//! What can go wrong between het and its database.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

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

/// Why a sound database could not do just now what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// It is away: stopped, starting, or the way to it is broken.
    Away,
    /// It has more to do than it can.
    Busy,
    /// Its disk is full.
    Full,
}

impl Error {
    /// Whether it will pass by itself, or when there is room again. `None` for what is wrong with the question or the data.
    pub fn passing(&self) -> Option<Passing> {
        let Error::Database { source, .. } = self else { return None };
        match source {
            DbErr::ConnectionAcquire(_) => Some(Passing::Busy),
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
            _ => None,
        }
    }
}

fn of_driver(error: &SqlxError) -> Option<Passing> {
    match error {
        SqlxError::PoolTimedOut => Some(Passing::Busy),
        SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::PoolClosed | SqlxError::WorkerCrashed => {
            Some(Passing::Away)
        }
        SqlxError::Database(error) => error.code().and_then(|code| of_code(&code)),
        _ => None,
    }
}

/// By what the database calls it: five letters of PostgreSQL (its manual, appendix A), or a number of SQLite
/// (<https://sqlite.org/rescode.html>), of which the lowest eight bits say what kind it is.
fn of_code(code: &str) -> Option<Passing> {
    if code.len() == 5 {
        return match code {
            "53100" => Some(Passing::Full),
            "40001" | "40P01" | "55P03" => Some(Passing::Busy),
            _ if code.starts_with("53") => Some(Passing::Busy),
            _ if code.starts_with("08") || code.starts_with("57P") => Some(Passing::Away),
            _ => None,
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some(Passing::Busy),
        // A write that found no room is told as FULL or as an input or output error, and a file that could not grow as one that
        // could not be opened.
        10 | 13 | 14 => Some(Passing::Full),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_is_wrong() {
        let check = |code, expected| assert_eq!(of_code(code), expected, "{code}");
        check("57P01", Some(Passing::Away));
        check("57P03", Some(Passing::Away));
        check("08006", Some(Passing::Away));
        check("53300", Some(Passing::Busy));
        check("53100", Some(Passing::Full));
        check("40P01", Some(Passing::Busy));
        check("23505", None);
        check("42601", None);
        check("13", Some(Passing::Full));
        check("778", Some(Passing::Full));
        check("5", Some(Passing::Busy));
        check("517", Some(Passing::Busy));
        check("2067", None);
        check("11", None);
    }
}
