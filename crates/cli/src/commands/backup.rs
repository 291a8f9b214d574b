//! `het backup`, `het restore` and `het move`.

use std::path::Path;

use town::backup::{self, Keep, Summary};

use super::place;
use crate::arguments::{Backup, BackupWhat, Move, Place, Restore};
use crate::failure::Failure;
use crate::write::{private, say};

pub async fn run(at: &Place, asked: Backup) -> Result<(), Failure> {
    match (asked.what, asked.out, asked.key) {
        (Some(BackupWhat::Key { out }), ..) => key(&out),
        (Some(BackupWhat::Verify { file, key }), ..) => verify(&file, &key).await,
        (Some(BackupWhat::List { folder }), ..) => list(&folder),
        (None, Some(out), Some(key)) => {
            let town = place::open(at).await?;
            let made = town.back_up(&place::operator(), &out, &key).await?;
            say(&format!("{}: {}, {} bytes", made.path.display(), told(&made.summary), made.bytes))?;
            if let Some(days) = asked.keep_days {
                let folder = made.path.parent().unwrap_or(Path::new("."));
                let keep = Keep { days, weeks: asked.keep_weeks, months: asked.keep_months };
                for old in backup::prune(folder, keep)? {
                    say(&format!("{}: removed", old.display()))?;
                }
            }
            Ok(town.close().await?)
        }
        _ => Err(Failure::Call(
            "say where to write it with --out and which key seals it with --key".to_owned(),
        )),
    }
}

fn told(summary: &Summary) -> String {
    format!("{} rows in {} tables as of {}", summary.rows(), summary.tables.len(), summary.made_at)
}

fn key(out: &Path) -> Result<(), Failure> {
    if out.exists() {
        return Err(Failure::Refused(format!(
            "{} is there already: a key is never written over",
            out.display()
        )));
    }
    private(out, &format!("# A key of het's backups. The newest stands first.\n{}\n", backup::new_key()?))?;
    say(&format!(
        "{}: keep a copy away from this machine; without it no backup can be restored",
        out.display()
    ))
}

async fn verify(file: &Path, key: &Path) -> Result<(), Failure> {
    let verified = backup::verify(&place::operator(), file, key).await?;
    for table in &verified.summary.tables {
        say(&format!("{:>10}  {}  {}", table.rows, table.sha256, table.table))?;
    }
    say(&format!(
        "{}: {}; restored and compared, its {} audit entries follow each other",
        file.display(),
        told(&verified.summary),
        verified.audit_entries
    ))
}

fn list(folder: &Path) -> Result<(), Failure> {
    for (moment, path) in backup::backups_in(folder)? {
        let bytes = std::fs::metadata(&path)?.len();
        say(&format!("{moment}  {bytes:>12} bytes  {}", path.display()))?;
    }
    Ok(())
}

pub async fn restore(at: &Place, asked: Restore) -> Result<(), Failure> {
    let file = if asked.from.is_dir() {
        backup::backup_before(&asked.from, asked.at.unwrap_or_else(town::now))?
    } else if asked.at.is_some() {
        return Err(Failure::Call("--at chooses from a folder of backups, and this is a file".to_owned()));
    } else {
        asked.from
    };
    let to = place::opening(at)?;
    let restored = backup::restore(&place::operator(), &file, &asked.key, &to, asked.replace).await?;
    if let Some(aside) = restored.put_aside {
        say(&format!("What was there before is at {}", aside.display()))?;
    }
    say(&format!("{}: {}, every table compared", file.display(), told(&restored.summary)))
}

pub async fn move_to(at: &Place, asked: Move) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let to = town::Opening { register: asked.to_register, ..town::Opening::at(asked.to) };
    let moved = town.move_to(&place::operator(), &to).await?;
    for table in &moved.tables {
        say(&format!("{:>10}  {}  {}", table.rows, table.sha256, table.table))?;
    }
    let rows: u64 = moved.tables.iter().map(|table| table.rows).sum();
    say(&format!(
        "{rows} rows in {} tables moved, every table compared. The old database is as it was.",
        moved.tables.len()
    ))?;
    Ok(town.close().await?)
}
