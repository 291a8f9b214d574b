//! Consents, legal holds and erasures.

use sea_orm::FromQueryResult;
use vocabulary::Personal;

use super::{Cell, Keys, new_id, open_some, seal_some};
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// A consent to one purpose.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Consent {
    /// Its random name.
    pub id: String,
    /// The code of the purpose.
    pub purpose: String,
    /// Who gave it: `self` or `guardian`.
    pub given_by: String,
    /// When, as ISO 8601 in UTC.
    pub given_at: String,
    /// Who noted it.
    pub noted_by: String,
    /// When it was taken back, if it was.
    pub withdrawn_at: Option<String>,
}

/// The consents of a person, the newest first.
pub async fn consents_of(db: &impl Reader, person_id: &str) -> Result<Vec<Consent>> {
    let sql =
        "SELECT id, purpose, given_by, given_at, noted_by, withdrawn_at FROM consent WHERE person_id = $1
               ORDER BY given_at DESC, id";
    sql::all(db, "list consents", sql, values![person_id]).await
}

/// Notes a consent.
pub async fn add_consent(write: &Write, person_id: &str, new: &Consent) -> Result<()> {
    let sql = "INSERT INTO consent (id, person_id, purpose, given_by, given_at, noted_by) VALUES ($1, $2, $3, $4, $5, $6)";
    let bound = values![
        new_id()?,
        person_id,
        new.purpose.as_str(),
        new.given_by.as_str(),
        new.given_at.as_str(),
        new.noted_by.as_str()
    ];
    sql::run(write.reader(), "note a consent", sql, bound).await.map(|_| ())
}

/// Notes that the consents to a purpose were taken back, and gives how many there were.
pub async fn withdraw_consent(write: &Write, person_id: &str, purpose: &str, at: &str) -> Result<u64> {
    let sql =
        "UPDATE consent SET withdrawn_at = $3 WHERE person_id = $1 AND purpose = $2 AND withdrawn_at IS NULL";
    sql::run(write.reader(), "take a consent back", sql, values![person_id, purpose, at]).await
}

/// A legal hold: while it is not lifted, nothing of the person is erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its random name.
    pub id: String,
    /// Since when, as ISO 8601 in UTC.
    pub since: String,
    /// Who set it.
    pub set_by: String,
    /// The code of the reason.
    pub reason: String,
    /// The reason in words.
    pub words: Personal<String>,
    /// When it was lifted, if it was.
    pub lifted_at: Option<String>,
    /// By whom.
    pub lifted_by: Option<String>,
}

#[derive(FromQueryResult)]
struct HoldRow {
    id: String,
    since: String,
    set_by: String,
    reason: String,
    words: Option<Vec<u8>>,
    lifted_at: Option<String>,
    lifted_by: Option<String>,
}

fn cell(id: &str) -> Cell<'_> {
    Cell { table: "hold", column: "words", row: id }
}

/// The holds of a person, the newest first.
pub async fn holds_of(db: &impl Reader, keys: &Keys, person_id: &str) -> Result<Vec<Hold>> {
    let sql = "SELECT id, since, set_by, reason, words, lifted_at, lifted_by FROM hold WHERE person_id = $1
               ORDER BY since DESC, id";
    let rows: Vec<HoldRow> = sql::all(db, "list holds", sql, values![person_id]).await?;
    let open = |row: HoldRow| {
        Ok(Hold {
            words: open_some(keys, cell(&row.id), row.words.as_deref())?,
            id: row.id,
            since: row.since,
            set_by: row.set_by,
            reason: row.reason,
            lifted_at: row.lifted_at,
            lifted_by: row.lifted_by,
        })
    };
    rows.into_iter().map(open).collect()
}

/// Sets a hold.
pub async fn set_hold(write: &Write, keys: &Keys, person_id: &str, new: &Hold) -> Result<()> {
    let id = new_id()?;
    let sql = "INSERT INTO hold (id, person_id, since, set_by, reason, sealed_by, words) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let bound = values![
        id.as_str(),
        person_id,
        new.since.as_str(),
        new.set_by.as_str(),
        new.reason.as_str(),
        keys.newest(),
        seal_some(keys, cell(&id), &new.words)?
    ];
    sql::run(write.reader(), "set a hold", sql, bound).await.map(|_| ())
}

/// Lifts every hold of a person and gives how many there were.
pub async fn lift_hold(write: &Write, person_id: &str, at: &str, by: &str) -> Result<u64> {
    let sql = "UPDATE hold SET lifted_at = $2, lifted_by = $3 WHERE person_id = $1 AND lifted_at IS NULL";
    sql::run(write.reader(), "lift a hold", sql, values![person_id, at, by]).await
}

/// That somebody was here and is not any more.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Erasure {
    /// The random name of the person's record.
    pub id: String,
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// Who did it.
    pub erased_by: String,
    /// How: `erasure`, `retention` or `anonymised`.
    pub kind: String,
    /// The code of the reason.
    pub reason: String,
}

/// That and why a record is not there any more, if it was erased.
pub async fn erasure_of(db: &impl Reader, person_id: &str) -> Result<Option<Erasure>> {
    let sql = "SELECT id, at, erased_by, kind, reason FROM erasure WHERE id = $1";
    sql::one(db, "find an erasure", sql, values![person_id]).await
}
