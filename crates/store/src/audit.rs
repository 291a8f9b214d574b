//! The audit log: who did what to what, in the same transaction as the change, each entry chained to the one before.
//!
//! The hash of an entry covers its fields and the hash before it, so that a changed, removed or inserted row breaks the
//! chain from there on and [`verify_audit`] names it. Where the chain ends is noted beside it, so that entries taken off the
//! end are missed too.

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

/// Where the chain ends.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct AuditHead {
    /// How many entries there are.
    pub entries: i64,
    /// The hash of the last one; empty when there is none.
    pub hash: String,
}

/// Where the chain ends, as it was noted when the last entry was written.
pub async fn audit_head(db: &impl Reader) -> Result<AuditHead> {
    head(db, "").await
}

async fn head(db: &impl ConnectionTrait, locking: &str) -> Result<AuditHead> {
    let sql = format!("SELECT entries, hash FROM audit_head WHERE id = 1{locking}");
    let head: Option<AuditHead> = sql::one(db, "read the end of the audit log", &sql, values![]).await?;
    head.ok_or(Error::AuditBroken { entry: 0, reason: "the note of where it ends is gone" })
}

pub(crate) async fn append(db: &impl ConnectionTrait, entry: &AuditEntry) -> Result<()> {
    // SQLite has one writer by nature; PostgreSQL must be told that only one chain grows at a time.
    let locking = if db.get_database_backend() == DbBackend::Postgres { " FOR UPDATE" } else { "" };
    let AuditHead { entries, hash: previous } = head(db, locking).await?;
    let hash = hash_of(&previous, [&entry.at, &entry.actor, &entry.action, &entry.subject, &entry.detail]);
    // The number is part of the chain, so it is ours to give: a counter of the database's leaves gaps.
    let sql = "INSERT INTO audit_entry (id, at, actor, action, subject, detail, previous_hash, hash)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let bound = values![
        entries + 1,
        entry.at.as_str(),
        entry.actor.as_str(),
        entry.action.as_str(),
        entry.subject.as_str(),
        entry.detail.as_str(),
        previous,
        hash.as_str()
    ];
    sql::run(db, "write the audit log", sql, bound).await?;
    let sql = "UPDATE audit_head SET entries = $1, hash = $2 WHERE id = 1";
    sql::run(db, "note the end of the audit log", sql, values![entries + 1, hash]).await.map(|_| ())
}

/// Entries from the oldest on, at most `limit`, after the one with this number.
pub async fn audit_lines_after(db: &impl Reader, after: i64, limit: u32) -> Result<Vec<AuditLine>> {
    let sql = format!("SELECT {COLUMNS} FROM audit_entry WHERE id > $1 ORDER BY id LIMIT {limit}");
    sql::all(db, "read the audit log", &sql, values![after]).await
}

/// The newest entries first, at most `limit`, of those about `subject` when one is given.
pub async fn audit_lines(db: &impl Reader, subject: Option<&str>, limit: u32) -> Result<Vec<AuditLine>> {
    let filter = if subject.is_some() { "WHERE subject = $1" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM audit_entry {filter} ORDER BY id DESC LIMIT {limit}");
    let bound = subject.map(|subject| values![subject]).unwrap_or_default();
    sql::all(db, "read the audit log", &sql, bound).await
}

/// Which entries are looked for. Empty text and `None` leave a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Written before the entry with this number.
    pub before: Option<i64>,
    /// By whom, as the log calls them.
    pub actor: String,
    /// With these words in what it is about or in what was done.
    pub words: String,
}

/// The newest entries first, at most `limit`, that a filter leaves. Letters count alike whatever their case.
pub async fn audit_lines_like(db: &impl Reader, filter: &AuditFilter, limit: u32) -> Result<Vec<AuditLine>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM audit_entry
         WHERE id < $1 AND ($2 = '' OR actor = $2)
               AND ($3 = '' OR LOWER(subject) LIKE $3 ESCAPE '!' OR LOWER(action) LIKE $3 ESCAPE '!')
         ORDER BY id DESC LIMIT {limit}"
    );
    let words = filter.words.trim().to_lowercase();
    let plain = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let like = if words.is_empty() { String::new() } else { format!("%{plain}%") };
    let bound = values![filter.before.unwrap_or(i64::MAX), filter.actor.trim(), like];
    sql::all(db, "read the audit log", &sql, bound).await
}

/// Reads the whole log and checks its chain: every entry numbered after the one before it, its hash covering its own fields and
/// the hash before it, and the last one where the log was noted to end. Gives how many entries there are.
///
/// # Errors
/// [`Error::AuditBroken`] naming the first entry that does not follow from the one before it.
pub async fn verify_audit(db: &impl Reader) -> Result<u64> {
    // Noted before the entries are read: what others write meanwhile only comes after it.
    let noted = head(db, "").await?;
    let (mut count, mut previous) = (0, String::new());
    while count < noted.entries {
        let lines = audit_lines_after(db, count, 1_000).await?;
        if lines.is_empty() {
            return Err(Error::AuditBroken {
                entry: count + 1,
                reason: "it is missing, with all that follow",
            });
        }
        for line in lines.into_iter().take((noted.entries - count) as usize) {
            follows(&line, count + 1, &previous)?;
            (count, previous) = (line.id, line.hash);
        }
    }
    let beyond = audit_lines_after(db, count, 1).await?.pop();
    let grown = head(db, "").await?;
    if previous != noted.hash {
        return Err(Error::AuditBroken {
            entry: count,
            reason: "it is not the one that the log was noted to end with",
        });
    }
    match beyond {
        Some(line) if grown.entries < line.id => {
            Err(Error::AuditBroken { entry: line.id, reason: "it comes after the noted end of the log" })
        }
        _ => Ok(noted.entries.unsigned_abs()),
    }
}

fn follows(line: &AuditLine, number: i64, previous: &str) -> Result<()> {
    let broken = |reason| Err(Error::AuditBroken { entry: line.id, reason });
    if line.id != number {
        return broken("the one before it is missing");
    }
    if line.previous_hash != previous {
        return broken("it does not follow from the one before it");
    }
    let expected = hash_of(previous, [&line.at, &line.actor, &line.action, &line.subject, &line.detail]);
    if line.hash == expected { Ok(()) } else { broken("its words were changed") }
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
