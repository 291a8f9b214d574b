//! Restoring a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use store::backup::{Keyring, Loaded, Summary, load};

use super::file_error;
use crate::{Actor, Error, Opening, Permission, Result, now};

/// A town that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What it holds, compared with what the backup says.
    pub summary: Summary,
    /// Where the database that was there before has been put.
    pub put_aside: Option<PathBuf>,
}

/// Restores a backup into the databases of `to` and compares every table. A shared database has to be empty. The file
/// of an embedded one has to be absent or, with `replace`, is put aside once the restored one is whole; nobody may be using it.
/// Whoever was signed in when the backup was made is not any more.
///
/// # Errors
/// [`Error::Failed`] saying what is wrong with the backup, the key or the place.
pub async fn restore(
    actor: &Actor,
    backup: &Path,
    key_file: &Path,
    to: &Opening,
    replace: bool,
) -> Result<Restored> {
    actor.require(Permission::Maintain)?;
    let keys = Keyring::read(key_file)?;
    let places = [Arriving::at(&to.address), Arriving::at(&to.register())];
    let there = places.iter().filter_map(|place| place.file.as_ref()).find(|file| file.exists());
    if let Some(file) = there.filter(|_| !replace) {
        let reason = format!("{} is there already: say --replace to put it aside", file.display());
        return Err(Error::Failed { doing: "the restore", reason });
    }
    places.iter().for_each(Arriving::clear);
    let summary = match arrive(actor, backup, &keys, &places).await {
        Ok(summary) => summary,
        Err(error) => {
            places.iter().for_each(Arriving::clear);
            return Err(error);
        }
    };
    let mut put_aside = None;
    for (place, file) in places.iter().filter_map(|place| Some((place, place.file.as_ref()?))) {
        let aside = if file.exists() { Some(set_aside(file)?) } else { None };
        std::fs::rename(&place.path, file).map_err(file_error(file))?;
        put_aside = put_aside.or(aside);
    }
    Ok(Restored { summary, put_aside })
}

/// Where a database arrives: a file under another name beside its own, or a shared database, which has to be empty.
struct Arriving {
    file: Option<PathBuf>,
    path: PathBuf,
    address: String,
}

impl Arriving {
    fn at(address: &str) -> Arriving {
        match address.strip_prefix("sqlite://").map(PathBuf::from) {
            Some(file) => {
                let path = file.with_added_extension("restoring");
                let address = format!("sqlite://{}", path.display());
                Arriving { file: Some(file), path, address }
            }
            None => Arriving { file: None, path: PathBuf::new(), address: address.to_owned() },
        }
    }

    fn clear(&self) {
        if self.file.is_some() {
            remove(&self.path);
        }
    }
}

async fn arrive(actor: &Actor, backup: &Path, keys: &Keyring, places: &[Arriving; 2]) -> Result<Summary> {
    let file = File::open(backup).map_err(file_error(backup))?;
    let [town, register] = places;
    let Loaded { store, register, summary } =
        load(&town.address, &register.address, keys, BufReader::new(file)).await?;
    register.close().await?;
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
