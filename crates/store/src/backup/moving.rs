//! From one database straight into another: SQLite to PostgreSQL or back.

use super::load::{Filler, begin, refuse_if_used, restart_counters};
use super::{BackupError, Fingerprint, catalogue, compare, dump, rows};
use crate::{Store, migrations};

/// Copies everything of a database and of its register into the empty databases at `address` and `register_address` and compares every
/// table there with the one here. Gives the new databases and what every table holds. The old ones are left as they are.
///
/// # Errors
/// [`BackupError`]: a database that is not empty, or a table that differs.
pub async fn move_to(
    (from, from_register): (&Store, &Store),
    address: &str,
    register_address: &str,
) -> Result<(Store, Store, Vec<Fingerprint>), BackupError> {
    let to = opened(from, address).await?;
    let to_register = opened(from_register, register_address).await?;
    let mut sent = copy(from, &to).await?;
    sent.extend(copy(from_register, &to_register).await?.into_iter().map(Fingerprint::of_register));
    Ok((to, to_register, sent))
}

/// An empty database with the same tables.
async fn opened(from: &Store, address: &str) -> Result<Store, BackupError> {
    let to = Store::connect(address, from.part).await?;
    migrations::up(to.reader(), to.part).await?;
    refuse_if_used(&to).await?;
    Ok(to)
}

async fn copy(from: &Store, to: &Store) -> Result<Vec<Fingerprint>, BackupError> {
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
    compare(&sent, &dump::tables_of(to).await?)?;
    Ok(sent)
}
