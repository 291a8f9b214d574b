//! From a sealed stream into an empty database.

use std::io::Read;

use flate2::read::DeflateDecoder;
use sea_orm::ConnectionTrait;

use super::catalogue::{Column, Kind, Table};
use super::format::{Reader, Record};
use super::rows::{self, Cell, Printer};
use super::sealed::{Keyring, Opener};
use super::{BackupError, Fingerprint, Summary, catalogue, compare, dump};
use crate::migrations::Part;
use crate::sql::{self, values};
use crate::{Error, Result, Store, Write, migrations};

/// A database and its register that were restored and compared.
#[derive(Debug)]
pub struct Loaded {
    /// The database, with its tables brought up to date.
    pub store: Store,
    /// The register likewise.
    pub register: Store,
    /// What the backup said it holds, which is what the databases held when they were compared.
    pub summary: Summary,
}

/// Restores a backup into the empty database at `address` and its register into that at `register_address`, reads every table again and
/// compares it with what the backup says it should hold, then brings the tables up to date. All rows of a database arrive in one
/// transaction or none do, and neither is committed before the whole backup was read and found whole. The register of a backup that
/// an older het made is empty.
///
/// # Errors
/// [`BackupError`]: damaged, sealed with another key, made by a newer het, a database that is not empty, or a table that differs.
pub async fn load<R: Read>(
    address: &str,
    register_address: &str,
    keys: &Keyring,
    from: R,
) -> Result<Loaded, BackupError> {
    let mut reader = Reader::new(DeflateDecoder::new(Opener::new(from, keys)?));
    let Record::Head(head) = reader.next()? else { return Err(BackupError::Damaged("it has no head")) };
    let town = Filled::begin(address, Part::Town, &head.migrations).await?;
    let (of_town, next) = fill(town.write.reader(), &town.tables, &mut reader).await?;
    let none = Vec::new();
    let migrations = match &next {
        Record::Register { migrations } => migrations,
        _ => &none,
    };
    let register = Filled::begin(register_address, Part::Register, migrations).await?;
    let mut of_register = Vec::new();
    if matches!(next, Record::Register { .. }) {
        let (found, next) = fill(register.write.reader(), &register.tables, &mut reader).await?;
        if !matches!(next, Record::Done) {
            return Err(BackupError::Damaged("a record is not where it should be"));
        }
        of_register = found;
    }
    // What follows the last record has to be nothing, and the seal of the last piece to be whole.
    let mut rest = reader.into_inner().into_inner();
    if std::io::copy(&mut rest, &mut std::io::sink())? > 0 {
        return Err(BackupError::Damaged("something follows its end"));
    }
    let register = register.finish(&of_register).await?;
    let store = town.finish(&of_town).await?;
    let mut tables = of_town;
    tables.extend(of_register.into_iter().map(Fingerprint::of_register));
    Ok(Loaded { store, register, summary: Summary { made_at: head.made_at, version: head.version, tables } })
}

/// A database that is being filled.
struct Filled {
    store: Store,
    write: Write,
    tables: Vec<Table>,
}

impl Filled {
    async fn begin(address: &str, part: Part, migrations: &[String]) -> Result<Filled, BackupError> {
        let steps = known_steps(part, migrations)?;
        let store = Store::connect(address, part).await?;
        if !migrations::up_to(store.reader(), part, steps).await? {
            return Err(BackupError::NewerTables);
        }
        if steps > 0 {
            refuse_if_used(&store).await?;
        }
        let write = store.write().await?;
        let tables = begin(write.reader()).await?;
        Ok(Filled { store, write, tables })
    }

    async fn finish(self, found: &[Fingerprint]) -> Result<Store, BackupError> {
        restart_counters(self.write.reader(), &self.tables).await?;
        self.write.commit_restored().await?;
        compare(found, &dump::tables_of(&self.store).await?)?;
        migrations::up(self.store.reader(), self.store.part).await?;
        Ok(self.store)
    }
}

/// How many of our changes of tables the backup had been through: they must be the first of ours.
fn known_steps(part: Part, theirs: &[String]) -> Result<usize, BackupError> {
    let ours = migrations::names(part).map(Some).chain(std::iter::repeat(None));
    match theirs.iter().zip(ours).find(|(theirs, ours)| Some(theirs.as_str()) != *ours) {
        Some((unknown, _)) => Err(BackupError::Newer(unknown.clone())),
        None => Ok(theirs.len()),
    }
}

/// A database in which anything was ever done has an audit entry.
pub(super) async fn refuse_if_used(store: &Store) -> Result<(), BackupError> {
    let used = crate::audit_lines(store.reader(), None, 1).await?;
    if used.is_empty() { Ok(()) } else { Err(BackupError::NotEmpty("audit_entry".to_owned())) }
}

/// The tables to fill, emptied of what the migrations put into them.
pub(super) async fn begin(db: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let tables = catalogue::tables(db).await?;
    for table in tables.iter().rev() {
        sql::run(db, "empty a table", &format!("DELETE FROM \"{}\"", table.name), values![]).await?;
    }
    Ok(tables)
}

/// The numbers that new rows are given go on from the highest that is there. (SQLite sees to that itself.)
pub(super) async fn restart_counters(db: &impl ConnectionTrait, tables: &[Table]) -> Result<()> {
    if db.get_database_backend() != sea_orm::DbBackend::Postgres {
        return Ok(());
    }
    let counted = |column: &Column| column.name == "id" && column.kind == Kind::Integer;
    for table in tables.iter().filter(|table| table.columns.iter().any(counted)) {
        let name = &table.name;
        // Of a column that counts nothing the sequence is NULL, and setval of NULL does nothing.
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), GREATEST((SELECT MAX(id) FROM \"{name}\"), 1),
                    (SELECT COUNT(*) > 0 FROM \"{name}\"))"
        );
        let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
        let asked = db.query_one_raw(statement).await;
        asked.map_err(|source| Error::Database { doing: "set a counter", source })?;
    }
    Ok(())
}

/// Writes the rows of a table as they come, many at a time.
pub(super) struct Filler<'a, C: ConnectionTrait> {
    db: &'a C,
    table: &'a Table,
    waiting: Vec<Vec<Cell>>,
}

impl<'a, C: ConnectionTrait> Filler<'a, C> {
    pub(super) fn new(db: &'a C, table: &'a Table) -> Filler<'a, C> {
        Filler { db, table, waiting: Vec::new() }
    }

    pub(super) async fn add(&mut self, row: Vec<Cell>) -> Result<()> {
        self.waiting.push(row);
        if self.waiting.len() >= 500 { self.finish().await } else { Ok(()) }
    }

    pub(super) async fn finish(&mut self) -> Result<()> {
        rows::insert(self.db, self.table, std::mem::take(&mut self.waiting)).await
    }
}

/// Fills tables until a record that is not one, which is given too.
async fn fill<R: Read>(
    db: &impl ConnectionTrait,
    tables: &[Table],
    reader: &mut Reader<R>,
) -> Result<(Vec<Fingerprint>, Record), BackupError> {
    let mut found = Vec::new();
    loop {
        match reader.next()? {
            next @ (Record::Done | Record::Register { .. }) => return Ok((found, next)),
            Record::Table(saved) => {
                let table =
                    tables.iter().find(|table| table.name == saved.name && table.columns == saved.columns);
                let table =
                    table.ok_or(BackupError::Damaged("a table does not have the columns it should"))?;
                found.push(fill_one(db, table, reader).await?);
            }
            _ => return Err(BackupError::Damaged("a record is not where it should be")),
        }
    }
}

async fn fill_one<R: Read>(
    db: &impl ConnectionTrait,
    table: &Table,
    reader: &mut Reader<R>,
) -> Result<Fingerprint, BackupError> {
    let (mut filler, mut printed) = (Filler::new(db, table), Printer::default());
    loop {
        match reader.next()? {
            Record::Row(row) => {
                printed.add(&row);
                filler.add(row).await?;
            }
            Record::End { rows, sha256 } => {
                filler.finish().await?;
                let printed = printed.finish(&table.name);
                let said = Fingerprint { table: table.name.clone(), rows, sha256 };
                return if said == printed {
                    Ok(said)
                } else {
                    Err(BackupError::Damaged("a table is not what was saved"))
                };
            }
            _ => return Err(BackupError::Damaged("a record is not where it should be")),
        }
    }
}
