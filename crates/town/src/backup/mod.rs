//! Backups: made while the town is in use, proved by restoring them, restored, thrown away when they are old.
//!
//! A backup is one sealed file that holds everything of one moment (see `store::backup` for how). It is only there once it is
//! whole: it is written under another name, flushed to the disk and renamed.

mod make;
mod moving;
mod restore;
mod retention;
mod verify;

pub use make::Made;
pub use moving::Moved;
pub use restore::{Restored, restore};
pub use retention::{Keep, backup_before, backups_in, prune};
pub use store::backup::{Fingerprint, Summary};
pub use verify::{Verified, verify};

use crate::{Error, Result};

/// A new random key, as a line of a key file.
///
/// # Errors
/// When the operating system gives no random bits.
pub fn new_key() -> Result<String> {
    Ok(store::backup::new_key()?)
}

impl From<store::backup::BackupError> for Error {
    fn from(error: store::backup::BackupError) -> Error {
        match error {
            store::backup::BackupError::Store(error) => error.into(),
            other => Error::Failed { doing: "the backup", reason: other.to_string() },
        }
    }
}

/// What went wrong with a file.
fn file_error(path: &std::path::Path) -> impl Fn(std::io::Error) -> Error {
    let path = path.display().to_string();
    move |error| Error::Failed { doing: "the backup", reason: format!("{path}: {error}") }
}
