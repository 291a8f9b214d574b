//! From one database straight into another: SQLite to PostgreSQL or back.

use super::load::{Filler, begin, refuse_if_used, restart_counters};
use super::{BackupError, Fingerprint, catalogue, compare, dump, rows};
use crate::{Result, Store, migrations};

/// Copies everything into the empty database at `address` and compares every table there with the one here. Gives the
/// new database and what every table holds. The old one is left as it is.
///
/// # Errors
/// [`BackupError`]: a database that is not empty, or a table that differs.
pub async fn move_to(from: &Store, address: &str) -> Result<(Store, Vec<Fingerprint>), BackupError> {
    let to = Store::connect(address).await?;
    migrations::up(to.reader()).await?;
    refuse_if_used(&to).await?;
    let moment = dump::one_moment(from.reader()).await?;
    let write = to.write().await?;
    let targets = begin(write.reader()).await?;
    let mut sent = Vec::new();
    for table in catalogue::tables(&moment).await? {
        let target =
            targets.iter().find(|target| target.name == table.name && target.columns == table.columns);
        let target = target.ok_or(BackupError::Damaged("the two databases have different tables"))?;
        let mut filler = Filler::new(write.reader(), target);
        let printed = rows::each(&moment, &table, async |row| Ok(filler.add(row).await?)).await?;
        filler.finish().await?;
        sent.push(printed);
    }
    restart_counters(write.reader(), &targets).await?;
    write.commit_restored().await?;
    compare(&sent, &dump::fingerprints(&to).await?)?;
    Ok((to, sent))
}
