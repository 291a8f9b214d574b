//! What a corrected value was before.

use sea_orm::FromQueryResult;
use vocabulary::Personal;

use super::{Cell, Keys, new_id, open_some, seal_some};
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// A value that was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When, as ISO 8601 in UTC.
    pub at: String,
    /// By whom.
    pub corrected_by: String,
    /// Which field.
    pub field: String,
    /// The code of the reason.
    pub reason: String,
    /// What it was before.
    pub old: Personal<String>,
}

/// A correction about to be noted.
pub struct NewCorrection<'a> {
    /// Whose.
    pub person_id: &'a str,
    /// What was corrected, by whom, when and why.
    pub correction: &'a Correction,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    at: String,
    corrected_by: String,
    field: String,
    reason: String,
    old: Option<Vec<u8>>,
}

fn cell(id: &str) -> Cell<'_> {
    Cell { table: "correction", column: "old", row: id }
}

/// Notes what a value was before it was corrected.
pub async fn add_correction(write: &Write, keys: &Keys, new: NewCorrection<'_>) -> Result<()> {
    let (id, correction) = (new_id()?, new.correction);
    let sql = "INSERT INTO correction (id, person_id, at, corrected_by, field, reason, sealed_by, old)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let bound = values![
        id.as_str(),
        new.person_id,
        correction.at.as_str(),
        correction.corrected_by.as_str(),
        correction.field.as_str(),
        correction.reason.as_str(),
        keys.newest(),
        seal_some(keys, cell(&id), &correction.old)?
    ];
    sql::run(write.reader(), "note a correction", sql, bound).await.map(|_| ())
}

/// What of a person was corrected, the newest first.
pub async fn corrections_of(db: &impl Reader, keys: &Keys, person_id: &str) -> Result<Vec<Correction>> {
    let sql = "SELECT id, at, corrected_by, field, reason, old FROM correction WHERE person_id = $1 ORDER BY at DESC, field";
    let rows: Vec<Row> = sql::all(db, "list corrections", sql, values![person_id]).await?;
    let open = |row: Row| {
        Ok(Correction {
            old: open_some(keys, cell(&row.id), row.old.as_deref())?,
            at: row.at,
            corrected_by: row.corrected_by,
            field: row.field,
            reason: row.reason,
        })
    };
    rows.into_iter().map(open).collect()
}
