//! What whoever looks after the machine asks of the database: is it whole, does it keep what it acknowledged, how much is there.

mod jobs;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::sql::{self, values};
use crate::{Reader, Result, Store, migrations};

pub use jobs::{Ended, Job, give_back_jobs, jobs, keep_job, set_up_job, take_job};

/// How a database promises to keep what it acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// The kind of database: `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// The settings that matter and their values, as the database gives them.
    pub settings: Vec<(String, String)>,
    /// Whether they keep an acknowledged write through a failure of the power.
    pub is_safe: bool,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Amounts {
    /// Entries of the audit log.
    pub audit_entries: i64,
    /// People and machines that may sign in.
    pub accounts: i64,
    /// Sessions that are kept, among them some that have ended and are not swept up yet.
    pub sessions: i64,
    /// Observations in their current version.
    pub observations: i64,
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

async fn texts(db: &impl Reader, doing: &'static str, sql: &str) -> Result<Vec<String>> {
    let rows: Vec<Text> = sql::all(db, doing, sql, values![]).await?;
    Ok(rows.into_iter().map(|row| row.text).collect())
}

/// What the database finds wrong with itself; empty when nothing is. On PostgreSQL this only says that it answers: its own
/// tools check its pages.
pub async fn damage(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    if db.get_database_backend() == DbBackend::Postgres {
        texts(db, "answer", "SELECT version() AS text").await?;
        return Ok(Vec::new());
    }
    let pages = "SELECT quick_check AS text FROM pragma_quick_check";
    let mut found = texts(db, "check its pages", pages).await?;
    found.retain(|line| line != "ok");
    let dangling = "SELECT DISTINCT \"table\" || ' points to a missing row of ' || parent AS text FROM pragma_foreign_key_check";
    found.extend(texts(db, "check its references", dangling).await?);
    Ok(found)
}

/// Whether what was acknowledged is on the disk.
pub async fn durability(db: &impl ConnectionTrait) -> Result<Durability> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let questions: &[(&str, &str, &[&str])] = if postgres {
        &[
            ("fsync", "SELECT current_setting('fsync') AS text", &["on"]),
            (
                "synchronous_commit",
                "SELECT current_setting('synchronous_commit') AS text",
                &["on", "local", "remote_write", "remote_apply"],
            ),
            ("full_page_writes", "SELECT current_setting('full_page_writes') AS text", &["on"]),
        ]
    } else {
        &[
            ("journal_mode", "SELECT journal_mode AS text FROM pragma_journal_mode", &["wal"]),
            // 2 is FULL, 3 is EXTRA.
            ("synchronous", "SELECT CAST(synchronous AS TEXT) AS text FROM pragma_synchronous", &["2", "3"]),
        ]
    };
    let (mut settings, mut is_safe) = (Vec::new(), true);
    for (name, question, safe) in questions {
        let value = texts(db, "read its settings", question).await?.pop().unwrap_or_default();
        is_safe &= safe.contains(&value.as_str());
        settings.push(((*name).to_owned(), value));
    }
    Ok(Durability { database: if postgres { "PostgreSQL" } else { "SQLite" }, settings, is_safe })
}

/// What the clock of a database server says, as ISO 8601 in UTC; `None` where the database has no clock of its own.
pub async fn clock_of_server(db: &impl ConnectionTrait) -> Result<Option<String>> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let sql =
        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS text";
    Ok(texts(db, "tell the time", sql).await?.pop())
}

/// As whom a database server knows us; `None` where the database knows nobody.
pub async fn user_of(db: &impl ConnectionTrait) -> Result<Option<String>> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    Ok(texts(db, "say who asks", "SELECT current_user::text AS text").await?.pop())
}

/// The way to a database server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct WayToServer {
    /// Whether it ends on the same machine.
    pub same_machine: bool,
    /// Whether it is encrypted.
    pub encrypted: bool,
}

/// The way to the database server; `None` where the database is a file.
pub async fn way_to_server(db: &impl ConnectionTrait) -> Result<Option<WayToServer>> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let sql = "SELECT inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr() AS same_machine,
                      COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE) AS encrypted";
    sql::one(db, "say how it is reached", sql, values![]).await
}

/// How much there is.
pub async fn amounts(db: &impl Reader) -> Result<Amounts> {
    let sql = "SELECT (SELECT entries FROM audit_head WHERE id = 1) AS audit_entries,
                      (SELECT COUNT(*) FROM account) AS accounts,
                      (SELECT COUNT(*) FROM session) AS sessions,
                      (SELECT COUNT(*) FROM observation WHERE is_current) AS observations";
    let none = Amounts { audit_entries: 0, accounts: 0, sessions: 0, observations: 0 };
    Ok(sql::one(db, "count what there is", sql, values![]).await?.unwrap_or(none))
}

/// When somebody last did `action` (ISO 8601 in UTC), by the audit log.
pub async fn last_done(db: &impl Reader, action: &str) -> Result<Option<String>> {
    let sql = "SELECT at AS text FROM audit_entry WHERE action = $1 ORDER BY id DESC LIMIT 1";
    let row: Option<Text> = sql::one(db, "read the audit log", sql, values![action]).await?;
    Ok(row.map(|row| row.text))
}

impl Store {
    /// How many changes of tables the database has been through, and how many this het knows.
    pub async fn changes_of_tables(&self) -> Result<(usize, usize)> {
        let applied = migrations::applied(self.reader(), self.part).await?;
        Ok((applied.len(), migrations::names(self.part).count()))
    }
}
