//! The tables, as numbered SQL files that run once each, in order.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait};

use crate::{Error, Result};

/// Every migration, oldest first. A file that has been released is never edited: add the next number.
const FILES: &[(&str, &str)] = &[
    ("0001_start", include_str!("../migrations/0001_start.sql")),
    ("0002_audit_head", include_str!("../migrations/0002_audit_head.sql")),
    ("0003_accounts", include_str!("../migrations/0003_accounts.sql")),
    ("0004_ghost", include_str!("../migrations/0004_ghost.sql")),
    ("0005_shared", include_str!("../migrations/0005_shared.sql")),
    ("0006_sign_in", include_str!("../migrations/0006_sign_in.sql")),
    ("0007_reach", include_str!("../migrations/0007_reach.sql")),
];

/// The register's own, oldest first. It is a database of its own, with its own count.
const REGISTER_FILES: &[(&str, &str)] =
    &[("register_0001_start", include_str!("../migrations/register/0001_start.sql"))];

/// Which of het's two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The programme, its figures, its accounts.
    Town,
    /// Person-level records.
    Register,
}

/// The names of the changes of tables that this het knows, oldest first.
pub(crate) fn names(part: Part) -> impl Iterator<Item = &'static str> {
    let files = match part {
        Part::Town => FILES,
        Part::Register => REGISTER_FILES,
    };
    files.iter().map(|&(name, _)| name)
}

/// The names of the changes that a database has been through, oldest first.
pub(crate) async fn applied(db: &DatabaseConnection, part: Part) -> Result<Vec<String>> {
    let models = match part {
        Part::Town => Migrator::get_migration_models(db).await,
        Part::Register => RegisterMigrator::get_migration_models(db).await,
    };
    let models = models.map_err(|source| Error::Database { doing: "read its changes of tables", source })?;
    Ok(models.into_iter().map(|model| model.version).collect())
}

/// Brings the tables up to date. On PostgreSQL several processes may start at once: one does it, the others wait.
pub(crate) async fn up(db: &DatabaseConnection, part: Part) -> Result<()> {
    let done = match part {
        Part::Town => up_alone::<Migrator>(db).await,
        Part::Register => up_alone::<RegisterMigrator>(db).await,
    };
    done.map_err(|source| Error::Database { doing: "bring its tables up to date", source })
}

async fn up_alone<M: MigratorTrait>(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        // All at once: each statement by itself would be brought to the disk by itself.
        let mode = SqliteTransactionMode::Immediate;
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(mode), ..TransactionOptions::default() };
        let all = db.begin_with_options(options).await?;
        M::up(&all, None).await?;
        return all.commit().await;
    }
    let waiting = db.begin().await?;
    waiting.execute_unprepared(ONE_AT_A_TIME).await?;
    M::up(db, None).await?;
    waiting.commit().await
}

/// Any number would do, as long as it is always this one.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(4804401)";

/// Takes a database through our first `steps` changes; `false` when it has been through more already.
pub(crate) async fn up_to(db: &DatabaseConnection, part: Part, steps: usize) -> Result<bool> {
    match part {
        Part::Town => up_to_step::<Migrator>(db, part, steps).await,
        Part::Register => up_to_step::<RegisterMigrator>(db, part, steps).await,
    }
}

async fn up_to_step<M: MigratorTrait>(db: &DatabaseConnection, part: Part, steps: usize) -> Result<bool> {
    let changing = |source| Error::Database { doing: "change its tables", source };
    M::install(db).await.map_err(changing)?;
    match steps.checked_sub(applied(db, part).await?.len()) {
        None => Ok(false),
        Some(0) => Ok(true),
        Some(left) => M::up(db, Some(left as u32)).await.map(|()| true).map_err(changing),
    }
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        boxed(FILES)
    }
}

struct RegisterMigrator;

impl MigratorTrait for RegisterMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        boxed(REGISTER_FILES)
    }
}

fn boxed(files: &'static [(&'static str, &'static str)]) -> Vec<Box<dyn MigrationTrait>> {
    files.iter().map(|&(name, sql)| Box::new(File { name, sql }) as Box<dyn MigrationTrait>).collect()
}

struct File {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for File {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for File {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let [id, real, bytes, without_rowid] = match connection.get_database_backend() {
            DbBackend::Postgres => {
                ["BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "DOUBLE PRECISION", "BYTEA", ""]
            }
            _ => ["INTEGER PRIMARY KEY AUTOINCREMENT", "REAL", "BLOB", " WITHOUT ROWID"],
        };
        let sql = self
            .sql
            .replace("{id}", id)
            .replace("{real}", real)
            .replace("{bytes}", bytes)
            .replace("{without_rowid}", without_rowid);
        connection.execute_unprepared(&sql).await.map(|_| ())
    }

    /// Migrations only go forward; going back is restoring a backup.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration(format!("{} cannot be undone: restore a backup", self.name)))
    }
}
