//! Making a backup while the town is in use.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::backup::{Keyring, Summary};

use super::{file_error, retention};
use crate::{Actor, Error, Permission, Result, Town, now};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it holds.
    pub summary: Summary,
}

impl Town {
    /// Writes everything the town holds at this moment into a file, sealed with the first key of a key file. `to` is a folder, in
    /// which the file is named for the moment, or a file that is not there yet.
    ///
    /// # Errors
    /// [`Error::Failed`] when the file is there already or cannot be written, or the key file will not do.
    pub async fn back_up(&self, actor: &Actor, to: &Path, key_file: &Path) -> Result<Made> {
        actor.require(Permission::Maintain)?;
        let keys = Keyring::read(key_file)?;
        let moment = now();
        let path = if to.is_dir() { to.join(retention::name_of(moment)) } else { to.to_owned() };
        if path.exists() {
            return Err(Error::Failed {
                doing: "the backup",
                reason: format!("{} is there already", path.display()),
            });
        }
        let unfinished = path.with_added_extension("part");
        let written = self.write_file(&unfinished, &keys, &moment.to_string()).await;
        let summary = match written {
            Ok(summary) => summary,
            Err(error) => {
                let _ = std::fs::remove_file(&unfinished);
                return Err(error);
            }
        };
        std::fs::rename(&unfinished, &path).map_err(file_error(&path))?;
        sync_folder(&path)?;
        let (bytes, sha256) = measure(&path)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let detail = serde_json::json!({ "rows": summary.rows(), "bytes": bytes, "sha256": sha256 });
        let write = self.store().write().await?;
        write.commit_session(&crate::entry(actor, "back up", format!("backup {name}"), detail)).await?;
        Ok(Made { path, bytes, summary })
    }

    async fn write_file(&self, path: &Path, keys: &Keyring, moment: &str) -> Result<Summary> {
        let file = private_file(path).map_err(file_error(path))?;
        let (summary, out) =
            store::backup::dump(self.store(), self.register(), keys, moment, BufWriter::new(file)).await?;
        let mut file = out.into_inner().map_err(|error| file_error(path)(error.into_error()))?;
        file.flush().and_then(|()| file.sync_all()).map_err(file_error(path))?;
        Ok(summary)
    }
}

/// A new file that only its owner may read.
fn private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// The new name is on the disk too.
fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(file_error(folder))
}

fn measure(path: &Path) -> Result<(u64, String)> {
    let (mut file, mut hasher, mut bytes) = (File::open(path).map_err(file_error(path))?, Sha256::new(), 0);
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece).map_err(file_error(path))? {
            0 => return Ok((bytes, hex::encode(hasher.finalize()))),
            read => {
                hasher.update(&piece[..read]);
                bytes += read as u64;
            }
        }
    }
}
