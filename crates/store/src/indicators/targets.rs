//! Targets.

use sea_orm::FromQueryResult;
use vocabulary::Date;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// What an indicator should reach, by when, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The indicator.
    pub indicator_id: i64,
    /// The value to reach, in the indicator's unit.
    pub value: f64,
    /// By when.
    pub due_on: Date,
    /// Who set it, and where.
    pub source: String,
}

/// A target about to be kept.
pub type NewTarget = Target;

/// The targets of one indicator, or of all of them, earliest first.
pub async fn targets_of(db: &impl Reader, indicator_id: Option<i64>) -> Result<Vec<Target>> {
    #[derive(FromQueryResult)]
    struct Row {
        indicator_id: i64,
        value: f64,
        due_on: String,
        source: String,
    }
    let filter = indicator_id.map_or("", |_| "WHERE indicator_id = $1");
    let sql = format!("SELECT indicator_id, value, due_on, source FROM target {filter} ORDER BY due_on, id");
    let bound = indicator_id.map(|id| values![id]).unwrap_or_default();
    let rows: Vec<Row> = sql::all(db, "list targets", &sql, bound).await?;
    rows.into_iter()
        .map(|row| {
            let due_on =
                row.due_on.parse().map_err(|_| Error::Foreign { what: "date", value: row.due_on.clone() })?;
            Ok(Target { indicator_id: row.indicator_id, value: row.value, due_on, source: row.source })
        })
        .collect()
}

/// Keeps a target.
pub async fn add_target(write: &Write, new: &NewTarget) -> Result<()> {
    let sql = "INSERT INTO target (indicator_id, value, due_on, source) VALUES ($1, $2, $3, $4)";
    let bound = values![new.indicator_id, new.value, new.due_on.to_string(), new.source.as_str()];
    sql::run(write.reader(), "add a target", sql, bound).await.map(|_| ())
}

/// Removes every target of an indicator.
pub async fn remove_targets_of(write: &Write, indicator_id: i64) -> Result<()> {
    let sql = "DELETE FROM target WHERE indicator_id = $1";
    sql::run(write.reader(), "remove targets", sql, values![indicator_id]).await.map(|_| ())
}
