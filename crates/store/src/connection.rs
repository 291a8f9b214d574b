//! Opening the database, and changing it.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::audit::{self, AuditEntry};
use crate::migrations;
use crate::sql::{self, values};
use crate::{Error, Result};

/// The town's database. Cheap to clone: every clone shares one pool of connections.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
}

impl Store {
    /// Opens the database at `sqlite://FILE` or `postgres://…`, creating the file and bringing the tables up to
    /// date.
    ///
    /// SQLite runs in WAL mode with `synchronous = FULL`: what was acknowledged is on the disk.
    pub async fn open(address: &str) -> Result<Store> {
        let store = Store::connect(address).await?;
        migrations::up(&store.db).await.map_err(|error| opening(address, error))?;
        Ok(store)
    }

    /// Opens a database as it is, creating the file.
    pub(crate) async fn connect(address: &str) -> Result<Store> {
        let scheme = address.split(':').next().unwrap_or_default();
        let mut options = ConnectOptions::new(address.to_owned());
        options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
        match scheme {
            "sqlite" => {
                options.max_connections(4).test_before_acquire(false);
                options.map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .busy_timeout(Duration::from_secs(10))
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                        .pragma("cache_size", "-16000")
                        .pragma("temp_store", "MEMORY")
                });
            }
            "postgres" | "postgresql" => {
                options.max_connections(8);
            }
            _ => return Err(Error::Address(without_password(address))),
        }
        let db = Database::connect(options).await.map_err(|error| opening(address, error))?;
        Ok(Store { db })
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
        let begun = self.db.begin_with_options(options).await;
        let tx = begun.map_err(|source| Error::Database { doing: "begin a change", source })?;
        Ok(Write { tx })
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

#[derive(FromQueryResult)]
struct Version {
    version: i64,
}

/// A change being made: one transaction. It can only be committed together with its audit entry.
#[derive(Debug)]
pub struct Write {
    tx: DatabaseTransaction,
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
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://het:secret@host/db"), "postgres://het@host/db");
        assert_eq!(without_password("postgres://het@host/db"), "postgres://het@host/db");
        assert_eq!(without_password("sqlite:///data/het.sqlite"), "sqlite:///data/het.sqlite");
    }
}
