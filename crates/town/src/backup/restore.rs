//! Restoring a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use store::backup::{Keyring, Loaded, Summary, load};

use super::file_error;
use crate::{Actor, Error, Permission, Result, now};

/// A town that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What it holds, compared with what the backup says.
    pub summary: Summary,
    /// Where the database that was there before has been put.
    pub put_aside: Option<PathBuf>,
}

/// Restores a backup into the database at `address` and compares every table. A shared database has to be empty. The file
/// of an embedded one has to be absent or, with `replace`, is put aside once the restored one is whole; nobody may be using it.
/// Whoever was signed in when the backup was made is not any more.
///
/// # Errors
/// [`Error::Failed`] saying what is wrong with the backup, the key or the place.
pub async fn restore(
    actor: &Actor,
    backup: &Path,
    key_file: &Path,
    address: &str,
    replace: bool,
) -> Result<Restored> {
    actor.require(Permission::Maintain)?;
    let keys = Keyring::read(key_file)?;
    let Some(file) = address.strip_prefix("sqlite://").map(PathBuf::from) else {
        let summary = arrive(actor, backup, &keys, address).await?;
        return Ok(Restored { summary, put_aside: None });
    };
    if file.exists() && !replace {
        let reason = format!("{} is there already: say --replace to put it aside", file.display());
        return Err(Error::Failed { doing: "the restore", reason });
    }
    let arriving = file.with_added_extension("restoring");
    remove(&arriving);
    let summary = match arrive(actor, backup, &keys, &format!("sqlite://{}", arriving.display())).await {
        Ok(summary) => summary,
        Err(error) => {
            remove(&arriving);
            return Err(error);
        }
    };
    let put_aside = if file.exists() { Some(set_aside(&file)?) } else { None };
    std::fs::rename(&arriving, &file).map_err(file_error(&file))?;
    Ok(Restored { summary, put_aside })
}

async fn arrive(actor: &Actor, backup: &Path, keys: &Keyring, address: &str) -> Result<Summary> {
    let file = File::open(backup).map_err(file_error(backup))?;
    let Loaded { store, summary } = load(address, keys, BufReader::new(file)).await?;
    let write = store.write().await?;
    store::accounts::end_all_sessions(&write).await?;
    let name = backup.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let detail = serde_json::json!({ "made_at": summary.made_at, "rows": summary.rows() });
    write.commit(&crate::entry(actor, "restore", format!("backup {name}"), detail)).await?;
    store.close().await?;
    Ok(summary)
}

/// Gives a database's file, with what SQLite keeps beside it, another name.
fn set_aside(file: &Path) -> Result<PathBuf> {
    let aside = file.with_added_extension(format!("before-{}", now().strftime("%Y-%m-%dT%H%M%SZ")));
    std::fs::rename(file, &aside).map_err(file_error(file))?;
    for end in ["-wal", "-shm"] {
        let (from, to) = (beside(file, end), beside(&aside, end));
        if from.exists() {
            std::fs::rename(&from, to).map_err(file_error(&from))?;
        }
    }
    Ok(aside)
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(file, end));
    }
}
