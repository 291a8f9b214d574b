//! From a database to a sealed stream.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    TransactionOptions, TransactionTrait,
};

use super::format::{Head, Writer};
use super::sealed::{Keyring, Sealer};
use super::{BackupError, Fingerprint, catalogue, rows};
use crate::{Error, Result, Store, migrations};

/// What was written into a backup, or read from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The moment it shows, as ISO 8601 in UTC.
    pub made_at: String,
    /// The version of het that made it.
    pub version: String,
    /// Every table, in the order of the stream.
    pub tables: Vec<Fingerprint>,
}

impl Summary {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Writes everything that the database and its register hold at one moment each, compressed and sealed. Others may go on writing
/// meanwhile. What is sealed in the register stays sealed: its keys are not in the backup.
///
/// # Errors
/// When the database cannot answer or `out` cannot be written.
pub async fn dump<W: Write>(
    store: &Store,
    register: &Store,
    keys: &Keyring,
    made_at: &str,
    out: W,
) -> Result<(Summary, W), BackupError> {
    let moment = one_moment(store.reader()).await?;
    let of_register = one_moment(register.reader()).await?;
    let head = Head {
        made_at: made_at.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: migrations::applied(store.reader(), store.part).await?,
    };
    let sealer = Sealer::new(out, keys)?;
    let mut writer = Writer::new(DeflateEncoder::new(sealer, Compression::fast()));
    writer.head(&head)?;
    let mut found = Vec::new();
    write_tables(&moment, &mut writer, &mut found).await?;
    writer.register(&migrations::applied(register.reader(), register.part).await?)?;
    let mut of_people = Vec::new();
    write_tables(&of_register, &mut writer, &mut of_people).await?;
    found.extend(of_people.into_iter().map(Fingerprint::of_register));
    let out = writer.done()?.finish()?.finish()?;
    Ok((Summary { made_at: head.made_at, version: head.version, tables: found }, out))
}

async fn write_tables<W: Write>(
    moment: &impl ConnectionTrait,
    writer: &mut Writer<W>,
    found: &mut Vec<Fingerprint>,
) -> Result<(), BackupError> {
    for table in catalogue::tables(moment).await? {
        writer.table(&table)?;
        let printed = rows::each(moment, &table, async |row| Ok(writer.row(&row)?)).await?;
        writer.end(&printed)?;
        found.push(printed);
    }
    Ok(())
}

/// What every table of a database holds at one moment, and every table of its register.
pub async fn fingerprints(store: &Store, register: &Store) -> Result<Vec<Fingerprint>, BackupError> {
    let mut found = tables_of(store).await?;
    found.extend(tables_of(register).await?.into_iter().map(Fingerprint::of_register));
    Ok(found)
}

/// What every table of one database holds at one moment.
pub(super) async fn tables_of(store: &Store) -> Result<Vec<Fingerprint>, BackupError> {
    let moment = one_moment(store.reader()).await?;
    let mut found = Vec::new();
    for table in catalogue::tables(&moment).await? {
        found.push(rows::each(&moment, &table, async |_| Ok(())).await?);
    }
    Ok(found)
}

/// A transaction that sees the database as it is now, whatever is written while it lasts.
pub(super) async fn one_moment(db: &DatabaseConnection) -> Result<DatabaseTransaction> {
    // In SQLite's write-ahead log every reading transaction is one moment; PostgreSQL has to be asked for it.
    let options = match db.get_database_backend() {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
        _ => TransactionOptions::default(),
    };
    db.begin_with_options(options).await.map_err(|source| Error::Database { doing: "begin to read", source })
}
