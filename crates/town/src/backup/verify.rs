//! Proving a backup by restoring it.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use store::backup::{Keyring, Loaded, Summary, load};

use super::file_error;
use crate::{Actor, Permission, Result};

/// A backup that was restored into a scratch place and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What it holds.
    pub summary: Summary,
    /// How many entries of the audit logs, the register's too, follow each other.
    pub audit_entries: u64,
}

/// Restores a backup into a scratch folder that only its owner may read, compares the rows and the hash of every table with what the
/// backup says, checks the audit log, and removes the scratch.
///
/// # Errors
/// [`crate::Error::Failed`] saying what is wrong with the backup or the key.
pub async fn verify(actor: &Actor, backup: &Path, key_file: &Path) -> Result<Verified> {
    actor.require(Permission::Maintain)?;
    let keys = Keyring::read(key_file)?;
    let file = File::open(backup).map_err(file_error(backup))?;
    let scratch = tempfile::tempdir().map_err(file_error(&std::env::temp_dir()))?;
    let address = format!("sqlite://{}", scratch.path().join("het.sqlite").display());
    let beside = store::register_beside(&address);
    let Loaded { store, register, summary } = load(&address, &beside, &keys, BufReader::new(file)).await?;
    let of_town = store::verify_audit(store.reader()).await;
    let of_register = store::verify_audit(register.reader()).await;
    store.close().await?;
    register.close().await?;
    Ok(Verified { summary, audit_entries: of_town? + of_register? })
}
