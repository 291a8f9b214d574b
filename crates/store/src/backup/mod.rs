//! The whole database as a stream of rows: backup, restore, and the move from one kind of database to the other.
//!
//! A backup is a logical dump, read in one transaction that sees one moment, so that it is taken while others write and is
//! the same on SQLite and on PostgreSQL: what was saved from one can be restored into the other. Every table carries the number
//! of its rows and the SHA-256 of their canonical form, so that a restored table can be compared with what it was. (The rejected
//! alternatives, `VACUUM INTO` and `pg_dump`, leave an unencrypted copy on the disk, cannot be read by the other database, and
//! have nothing to compare with.)
//!
//! | part | what it knows |
//! |---|---|
//! | `catalogue` | which tables there are, in an order in which they can be filled |
//! | `rows` | reading and writing rows of any table, and their canonical form |
//! | `format` | the stream of records |
//! | `sealed` | the encryption around the stream |
//! | `dump`, `load` | from a database to a stream, and back |
//! | `moving` | from one database straight into another |

mod catalogue;
mod dump;
mod format;
mod load;
mod moving;
mod rows;
mod sealed;

use std::path::PathBuf;

pub use dump::{Summary, dump, fingerprints};
pub use load::{Loaded, load};
pub use moving::move_to;
pub use sealed::{Keyring, new_key};

/// What a table holds, to be compared with what it should hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// The table's name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// The SHA-256 of its rows in canonical form, in the order of its primary key, in hexadecimal.
    pub sha256: String,
}

impl Fingerprint {
    /// Of a table of the register, whose name says so.
    fn of_register(self) -> Fingerprint {
        Fingerprint { table: format!("register.{}", self.table), ..self }
    }
}

/// Why a backup could not be made, read or trusted.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database could not answer.
    #[error(transparent)]
    Store(#[from] crate::Error),
    /// The file could not be read or written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// A key file that cannot be used.
    #[error("the key file {}: {reason}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: &'static str,
    },
    /// The key that the backup was made with is not among those given.
    #[error("the backup was made with the key {id}, which the key file does not hold")]
    OtherKey {
        /// The key's public name.
        id: String,
    },
    /// The bytes are not those that were written.
    #[error("the backup is damaged: {0}")]
    Damaged(&'static str),
    /// It was made by a het whose tables this one does not know.
    #[error(
        "the backup was made by a newer het: it has the change of tables '{0}', which this one does not know"
    )]
    Newer(String),
    /// The place to restore into was opened by a newer het already.
    #[error("the database to restore into has newer tables than the backup: make a new, empty one")]
    NewerTables,
    /// The place to restore into has something in it.
    #[error("the database to restore into is not empty: {0} has rows")]
    NotEmpty(String),
    /// What arrived is not what was sent.
    #[error(
        "the table {table} differs: {} rows with hash {} were expected, {} with {} are there",
        expected.rows, expected.sha256, found.rows, found.sha256
    )]
    Differs {
        /// The table.
        table: String,
        /// What it should hold.
        expected: Box<Fingerprint>,
        /// What it holds.
        found: Box<Fingerprint>,
    },
}

/// Refuses unless both lists tell of the same tables with the same rows.
pub(crate) fn compare(expected: &[Fingerprint], found: &[Fingerprint]) -> Result<(), BackupError> {
    for wanted in expected {
        let none = Fingerprint { table: wanted.table.clone(), rows: 0, sha256: "nothing".to_owned() };
        let there = found.iter().find(|one| one.table == wanted.table).unwrap_or(&none);
        if there != wanted {
            return Err(BackupError::Differs {
                table: wanted.table.clone(),
                expected: Box::new(wanted.clone()),
                found: Box::new(there.clone()),
            });
        }
    }
    match found.iter().find(|one| !expected.iter().any(|wanted| wanted.table == one.table)) {
        Some(extra) if extra.rows > 0 => Err(BackupError::NotEmpty(extra.table.clone())),
        _ => Ok(()),
    }
}
