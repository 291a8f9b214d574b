//! Opening the database, and changing it.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnAcquireErr, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    FromQueryResult, SqliteTransactionMode, SqlxError, TransactionOptions, TransactionTrait,
};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::audit::{self, AuditEntry};
use crate::migrations::{self, Part};
use crate::sql::{self, values};
use crate::{Error, Result};

/// For so long a question waits for a connection to PostgreSQL: those who wait behind a server that is away are told soon.
const PATIENCE: Duration = Duration::from_secs(3);

/// For so long whoever writes to SQLite waits for whoever is writing.
const PATIENCE_OF_WRITERS: Duration = Duration::from_secs(10);

/// The town's database, or its register's. Cheap to clone: every clone shares one pool of connections.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    /// SQLite has one writer: the others of this process wait here, and leave the connections to those who read.
    turn: Option<Arc<Semaphore>>,
    pub(crate) part: Part,
}

impl Store {
    /// Opens the database at `sqlite://FILE` or `postgres://…`, creating the file and bringing the tables up to
    /// date.
    ///
    /// SQLite runs in WAL mode with `synchronous = FULL`: what was acknowledged is on the disk.
    pub async fn open(address: &str) -> Result<Store> {
        Store::opened(address, Part::Town).await
    }

    /// Opens the register at `sqlite://FILE` or `postgres://…`, where it has a schema of its own called `register`, creating it and
    /// bringing its tables up to date.
    pub async fn open_register(address: &str) -> Result<Store> {
        Store::opened(address, Part::Register).await
    }

    async fn opened(address: &str, part: Part) -> Result<Store> {
        let store = Store::connect(address, part).await?;
        migrations::up(&store.db, part).await.map_err(|error| opening(address, error))?;
        Ok(store)
    }

    /// Opens a database as it is, creating the file or the schema.
    pub(crate) async fn connect(address: &str, part: Part) -> Result<Store> {
        let scheme = address.split(':').next().unwrap_or_default();
        let mut options = ConnectOptions::new(address.to_owned());
        options.sqlx_logging(false);
        match scheme {
            "sqlite" => {
                // Whoever writes waits for whoever is writing, and has a connection meanwhile.
                options.max_connections(4).test_before_acquire(false).acquire_timeout(PATIENCE_OF_WRITERS);
                options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|db, _| Box::pin(in_order(db))));
                options.map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .busy_timeout(PATIENCE_OF_WRITERS)
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                        .pragma("cache_size", "-16000")
                        .pragma("temp_store", "MEMORY")
                });
            }
            "postgres" | "postgresql" => {
                options.max_connections(8).acquire_timeout(PATIENCE);
                if part == Part::Register {
                    make_schema(address).await?;
                    options.set_schema_search_path(SCHEMA);
                }
            }
            _ => return Err(Error::Address(without_password(address))),
        }
        let db = Database::connect(options).await.map_err(|error| opening(address, error))?;
        let turn = (scheme == "sqlite").then(|| Arc::new(Semaphore::new(1)));
        Ok(Store { db, turn, part })
    }

    /// A handle that questions are asked of.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Starts a change. Nothing of it is seen by anybody until [`Write::commit`]; dropped, it leaves nothing.
    pub async fn write(&self) -> Result<Write> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.db.get_database_backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let turn = self.turn().await?;
        let tx = self.db.begin_with_options(options).await.map_err(beginning)?;
        Ok(Write { tx, _turn: turn })
    }

    /// A handle for a small change beside the data: a session that was seen, an attempt that is counted.
    pub async fn note(&self) -> Result<Note> {
        Ok(Note { _turn: self.turn().await?, db: self.db.clone() })
    }

    /// The same, unless somebody of this process is writing to SQLite just now.
    pub fn note_at_once(&self) -> Option<Note> {
        let turn = match &self.turn {
            Some(turn) => Some(turn.clone().try_acquire_owned().ok()?),
            None => None,
        };
        Some(Note { db: self.db.clone(), _turn: turn })
    }

    /// Waits for whoever of this process is writing to SQLite.
    async fn turn(&self) -> Result<Option<OwnedSemaphorePermit>> {
        let Some(turn) = &self.turn else { return Ok(None) };
        match tokio::time::timeout(PATIENCE_OF_WRITERS, turn.clone().acquire_owned()).await {
            Ok(turn) => Ok(turn.ok()),
            Err(_) => Err(beginning(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))),
        }
    }

    /// A number that grows with every committed change, whichever process made it.
    pub async fn data_version(&self) -> Result<i64> {
        let row: Option<Version> = sql::one(
            &self.db,
            "read its version",
            "SELECT version FROM data_version WHERE id = 1",
            values![],
        )
        .await?;
        Ok(row.map_or(0, |row| row.version))
    }

    /// Closes every connection; on SQLite the write-ahead log is folded into the file.
    pub async fn close(self) -> Result<()> {
        self.db.close().await.map_err(|source| Error::Database { doing: "close", source })
    }
}

fn beginning(source: DbErr) -> Error {
    Error::Database { doing: "begin a change", source }
}

/// Whether a connection that is given back can be used again.
///
/// SQLite undoes a change by itself when its disk is full. The driver then believes that the connection is still in a transaction, and
/// the next change on it would be a part of that one: acknowledged, and never committed. Such a connection is thrown away.
async fn in_order(db: &mut SqliteConnection) -> std::result::Result<bool, SqlxError> {
    if !db.is_in_transaction() {
        return Ok(true);
    }
    // A transaction that was dropped is undone on the connection's own thread, which answers when it has.
    db.ping().await?;
    Ok(!db.is_in_transaction())
}

#[derive(FromQueryResult)]
struct Version {
    version: i64,
}

/// A change being made: one transaction. It can only be committed together with its audit entry.
#[derive(Debug)]
pub struct Write {
    tx: DatabaseTransaction,
    /// Given to the next writer when the transaction has ended: fields are dropped in their order.
    _turn: Option<OwnedSemaphorePermit>,
}

impl Write {
    /// A handle that questions are asked of, seeing what this change has done so far.
    pub fn reader(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Writes the audit entry and makes a change of accounts or sessions final, both or neither. What pages are made from has
    /// not changed, so they may be kept.
    pub async fn commit_session(self, entry: &AuditEntry) -> Result<()> {
        audit::append(&self.tx, entry).await?;
        self.tx.commit().await.map_err(|source| Error::Database { doing: "commit a change", source })
    }

    /// Writes the audit entry and makes the change final, both or neither.
    pub async fn commit(self, entry: &AuditEntry) -> Result<()> {
        audit::append(&self.tx, entry).await?;
        let bump = "UPDATE data_version SET version = version + 1 WHERE id = 1";
        sql::run(&self.tx, "count the change", bump, values![]).await?;
        self.tx.commit().await.map_err(|source| Error::Database { doing: "commit a change", source })
    }

    /// Writes the audit entry into the register's own log and makes a change of the register final, both or neither.
    pub async fn commit_register(self, entry: &AuditEntry) -> Result<()> {
        self.commit_session(entry).await
    }

    /// Writes the audit entry and makes the change final, both or neither, when nothing else was committed since the data had
    /// this version; `false` when something was, and then nothing is kept.
    pub async fn commit_on(self, version: i64, entry: &AuditEntry) -> Result<bool> {
        // Whoever else is committing is waited for here: the audit log grows in one place.
        audit::append(&self.tx, entry).await?;
        let bump = "UPDATE data_version SET version = version + 1 WHERE id = 1 AND version = $1";
        if sql::run(&self.tx, "count the change", bump, values![version]).await? == 0 {
            self.abandon().await?;
            return Ok(false);
        }
        self.tx.commit().await.map_err(|source| Error::Database { doing: "commit a change", source })?;
        Ok(true)
    }

    /// Makes final what was restored from a backup, which brings its own audit log.
    pub(crate) async fn commit_restored(self) -> Result<()> {
        self.tx.commit().await.map_err(|source| Error::Database { doing: "commit what was restored", source })
    }

    /// Undoes the change.
    pub async fn abandon(self) -> Result<()> {
        self.tx.rollback().await.map_err(|source| Error::Database { doing: "undo a change", source })
    }
}

/// A small change beside the data, each of its statements by itself and without an audit entry. While it waits for another process that writes to SQLite no
/// other change of this process does, so that connections are left for those who read.
#[derive(Debug)]
pub struct Note {
    db: DatabaseConnection,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Note {
    /// What its statements are given to.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.db
    }
}

/// The register's schema on PostgreSQL.
const SCHEMA: &str = "register";

/// Makes the register's schema when it is not there. Where it has a database role of its own, an administrator has made both, and
/// that role need not be able to make schemas.
async fn make_schema(address: &str) -> Result<()> {
    let mut options = ConnectOptions::new(address.to_owned());
    options.sqlx_logging(false).max_connections(1);
    let db = Database::connect(options).await.map_err(|error| opening(address, error))?;
    let there: Option<Version> = sql::one(
        &db,
        "look for the register",
        "SELECT COUNT(*) AS version FROM pg_namespace WHERE nspname = $1",
        values![SCHEMA],
    )
    .await?;
    if there.is_none_or(|row| row.version == 0) {
        use sea_orm::ConnectionTrait;
        // Several processes may start at once: that another one was quicker is no error.
        let made = db.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS {SCHEMA}")).await;
        let raced = |text: String| text.contains("duplicate key") || text.contains("already exists");
        if let Err(error) = made
            && !raced(error.to_string())
        {
            return Err(opening(address, error));
        }
    }
    db.close().await.map_err(|source| Error::Database { doing: "close", source })
}

/// Where the register of a town is kept when nobody says otherwise: in a file beside the town's, or in the same PostgreSQL database.
pub fn register_beside(address: &str) -> String {
    let Some(file) = address.strip_prefix("sqlite://") else { return address.to_owned() };
    let (file, options) = file.split_once('?').map_or((file, None), |(file, options)| (file, Some(options)));
    let name_from = file.rfind('/').map_or(0, |slash| slash + 1);
    let end = file[name_from..].find('.').map_or(file.len(), |dot| name_from + dot);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("sqlite://{}-register{}{options}", &file[..end], &file[end..])
}

fn opening(address: &str, reason: impl std::fmt::Display) -> Error {
    Error::Open { place: without_password(address), reason: reason.to_string() }
}

/// The address with any password taken out.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(start), Some(at)) if start + 3 < at => {
            let user = address[start + 3..at].split(':').next().unwrap_or_default();
            format!("{}{user}{}", &address[..start + 3], &address[at..])
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_has_its_own_place() {
        let check = |town: &str, register: &str| assert_eq!(register_beside(town), register);
        check("sqlite:///data/het.sqlite", "sqlite:///data/het-register.sqlite");
        check("sqlite://het.sqlite.restoring", "sqlite://het-register.sqlite.restoring");
        check("sqlite:///a.b/town?mode=rwc", "sqlite:///a.b/town-register?mode=rwc");
        check("postgres://het@host/db", "postgres://het@host/db");
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://het:secret@host/db"), "postgres://het@host/db");
        assert_eq!(without_password("postgres://het@host/db"), "postgres://het@host/db");
        assert_eq!(without_password("sqlite:///data/het.sqlite"), "sqlite:///data/het.sqlite");
    }
}
