//! The audit log: who did what to what, in the same transaction as the change, each entry chained to the one before.
//!
//! The hash of an entry covers its fields and the hash before it, so that a changed, removed or inserted row breaks the
//! chain from there on and [`verify_audit`] names it.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use sha2::{Digest, Sha256};

use crate::sql::{self, values};
use crate::{Error, Reader, Result};

/// One thing that somebody did, about to be written with the change itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// Who: an account's email, or `command line` with the system's user.
    pub actor: String,
    /// What was done: `create`, `edit`, `import`, `publish`, …
    pub action: String,
    /// What it was done to: `recommendation 12`.
    pub subject: String,
    /// From what to what, and why, as JSON.
    pub detail: String,
}

/// An entry as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct AuditLine {
    /// Its number, growing.
    pub id: i64,
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// From what to what, as JSON.
    pub detail: String,
    /// The hash of the entry before; empty for the first.
    pub previous_hash: String,
    /// The hash of this entry and the one before it.
    pub hash: String,
}

const COLUMNS: &str = "id, at, actor, action, subject, detail, previous_hash, hash";

pub(crate) async fn append(db: &impl ConnectionTrait, entry: &AuditEntry) -> Result<()> {
    // SQLite has one writer by nature; PostgreSQL must be told that only one chain grows at a time.
    if db.get_database_backend() == DbBackend::Postgres {
        sql::run(db, "lock the audit log", "LOCK TABLE audit_entry IN EXCLUSIVE MODE", values![]).await?;
    }
    let last = format!("SELECT {COLUMNS} FROM audit_entry ORDER BY id DESC LIMIT 1");
    let last: Option<AuditLine> = sql::one(db, "read the audit log", &last, values![]).await?;
    let previous = last.map(|line| line.hash).unwrap_or_default();
    let hash = hash_of(&previous, [&entry.at, &entry.actor, &entry.action, &entry.subject, &entry.detail]);
    let sql = "INSERT INTO audit_entry (at, actor, action, subject, detail, previous_hash, hash)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let bound = values![
        entry.at.as_str(),
        entry.actor.as_str(),
        entry.action.as_str(),
        entry.subject.as_str(),
        entry.detail.as_str(),
        previous,
        hash
    ];
    sql::run(db, "write the audit log", sql, bound).await.map(|_| ())
}

/// The newest entries first, at most `limit`, of those about `subject` when one is given.
pub async fn audit_lines(db: &impl Reader, subject: Option<&str>, limit: u32) -> Result<Vec<AuditLine>> {
    let filter = if subject.is_some() { "WHERE subject = $1" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM audit_entry {filter} ORDER BY id DESC LIMIT {limit}");
    let bound = subject.map(|subject| values![subject]).unwrap_or_default();
    sql::all(db, "read the audit log", &sql, bound).await
}

/// Reads the whole log and checks its chain. Gives how many entries there are.
///
/// # Errors
/// [`Error::Foreign`] naming the first entry that does not follow from the one before it.
pub async fn verify_audit(db: &impl Reader) -> Result<u64> {
    let sql = format!("SELECT {COLUMNS} FROM audit_entry ORDER BY id");
    let lines: Vec<AuditLine> = sql::all(db, "read the audit log", &sql, values![]).await?;
    let mut previous = String::new();
    for line in &lines {
        let expected = hash_of(&previous, [&line.at, &line.actor, &line.action, &line.subject, &line.detail]);
        if line.previous_hash != previous || line.hash != expected {
            return Err(Error::Foreign { what: "audit entry", value: line.id.to_string() });
        }
        previous.clone_from(&line.hash);
    }
    Ok(lines.len() as u64)
}

/// The hash covers the length of each field, so that text cannot be moved from one field to the next.
fn hash_of(previous: &str, fields: [&String; 5]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous.as_bytes());
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hex::encode(hasher.finalize())
}
