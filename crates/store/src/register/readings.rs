//! Who saw what of whom, why, and the second look at a breaking of the glass.

use sea_orm::FromQueryResult;
use vocabulary::Personal;

use super::{Cell, Keys, new_id, open_some, seal_some};
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// Somebody saw something of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its random name.
    pub id: String,
    /// Whose record. Somebody who has been erased is still named by this, which tells nothing any more.
    pub person_id: String,
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub reader: String,
    /// The code of their role.
    pub role: String,
    /// What kind: `read`, `break-glass`, `listed`, `export`.
    pub kind: String,
    /// The code of the reason.
    pub reason: String,
    /// The reason in words, which may speak of the person.
    pub words: Personal<String>,
}

/// A reading about to be noted.
pub struct NewReading<'a> {
    /// Whose record.
    pub person_id: &'a str,
    /// When, as ISO 8601 in UTC.
    pub at: &'a str,
    /// Who.
    pub reader: &'a str,
    /// The code of their role.
    pub role: &'a str,
    /// What kind.
    pub kind: &'a str,
    /// The code of the reason.
    pub reason: &'a str,
    /// The reason in words.
    pub words: &'a Personal<String>,
}

/// A second look at a breaking of the glass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// By whom.
    pub reviewer: String,
    /// The code of what was decided.
    pub decision: String,
    /// Why, in words.
    pub words: Personal<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    person_id: String,
    at: String,
    reader: String,
    role: String,
    kind: String,
    reason: String,
    words: Option<Vec<u8>>,
}

const COLUMNS: &str = "r.id, r.person_id, r.at, r.reader, r.role, r.kind, r.reason, r.words";

impl Row {
    fn open(self, keys: &Keys) -> Result<Reading> {
        Ok(Reading {
            words: open_some(keys, cell("reading", &self.id), self.words.as_deref())?,
            id: self.id,
            person_id: self.person_id,
            at: self.at,
            reader: self.reader,
            role: self.role,
            kind: self.kind,
            reason: self.reason,
        })
    }
}

fn cell<'a>(table: &'a str, id: &'a str) -> Cell<'a> {
    Cell { table, column: "words", row: id }
}

/// Notes a reading and gives its name.
pub async fn add_reading(write: &Write, keys: &Keys, new: NewReading<'_>) -> Result<String> {
    let id = new_id()?;
    let sql = "INSERT INTO reading (id, person_id, at, reader, role, kind, reason, sealed_by, words)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let bound = values![
        id.as_str(),
        new.person_id,
        new.at,
        new.reader,
        new.role,
        new.kind,
        new.reason,
        keys.newest(),
        seal_some(keys, cell("reading", &id), new.words)?
    ];
    sql::run(write.reader(), "note a reading", sql, bound).await?;
    Ok(id)
}

/// The last time that somebody gave a reason to read a record, if they ever did.
pub async fn last_reading(
    db: &impl Reader,
    keys: &Keys,
    person_id: &str,
    reader: &str,
) -> Result<Option<Reading>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reading r WHERE person_id = $1 AND reader = $2 AND kind IN ('read', 'break-glass')
         ORDER BY at DESC, CASE kind WHEN 'break-glass' THEN 0 ELSE 1 END LIMIT 1"
    );
    let row: Option<Row> = sql::one(db, "find a reading", &sql, values![person_id, reader]).await?;
    row.map(|row| row.open(keys)).transpose()
}

/// The readings of a record, the newest first.
pub async fn readings_of(db: &impl Reader, keys: &Keys, person_id: &str) -> Result<Vec<Reading>> {
    let sql = format!("SELECT {COLUMNS} FROM reading r WHERE person_id = $1 ORDER BY at DESC, id");
    let rows: Vec<Row> = sql::all(db, "list readings", &sql, values![person_id]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// One reading, if it is there.
pub async fn reading_by_id(db: &impl Reader, keys: &Keys, id: &str) -> Result<Option<Reading>> {
    let sql = format!("SELECT {COLUMNS} FROM reading r WHERE id = $1");
    let row: Option<Row> = sql::one(db, "find a reading", &sql, values![id]).await?;
    row.map(|row| row.open(keys)).transpose()
}

/// The breakings of the glass, those without a second look first, each the newest first, at most 500.
pub async fn break_glass_readings(db: &impl Reader, keys: &Keys) -> Result<Vec<Reading>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reading r LEFT JOIN review v ON v.reading_id = r.id WHERE r.kind = 'break-glass'
         ORDER BY CASE WHEN v.reading_id IS NULL THEN 0 ELSE 1 END, r.at DESC, r.id LIMIT 500"
    );
    let rows: Vec<Row> = sql::all(db, "list readings", &sql, values![]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

#[derive(FromQueryResult)]
struct ReviewRow {
    at: String,
    reviewer: String,
    decision: String,
    words: Option<Vec<u8>>,
}

/// The second look at a reading, if there was one.
pub async fn review_of(db: &impl Reader, keys: &Keys, reading_id: &str) -> Result<Option<Review>> {
    let sql = "SELECT at, reviewer, decision, words FROM review WHERE reading_id = $1";
    let row: Option<ReviewRow> = sql::one(db, "find a review", sql, values![reading_id]).await?;
    let open = |row: ReviewRow| {
        Ok(Review {
            words: open_some(keys, cell("review", reading_id), row.words.as_deref())?,
            at: row.at,
            reviewer: row.reviewer,
            decision: row.decision,
        })
    };
    row.map(open).transpose()
}

/// Notes a second look.
///
/// # Errors
/// [`crate::Error::Taken`] when there was one already.
pub async fn add_review(write: &Write, keys: &Keys, reading_id: &str, review: &Review) -> Result<()> {
    if review_of(write.reader(), keys, reading_id).await?.is_some() {
        return Err(crate::Error::Taken { what: "a review of the reading", value: reading_id.to_owned() });
    }
    let sql = "INSERT INTO review (reading_id, at, reviewer, decision, sealed_by, words) VALUES ($1, $2, $3, $4, $5, $6)";
    let bound = values![
        reading_id,
        review.at.as_str(),
        review.reviewer.as_str(),
        review.decision.as_str(),
        keys.newest(),
        seal_some(keys, cell("review", reading_id), &review.words)?
    ];
    sql::run(write.reader(), "note a review", sql, bound).await.map(|_| ())
}
