//! Quality improvement: where a person has said that a chart's limits begin again, and which points they leave out.

mod ghosts;

pub use ghosts::{Ghost, ghosts, remove_ghost, set_ghost};

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, Date};

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// Limits begin again at this period, because a person said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The indicator.
    pub indicator_id: i64,
    /// The area whose chart it is.
    pub area: AreaCode,
    /// The first day of the first period of the new limits.
    pub period_start: Date,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// When, as ISO 8601 in UTC.
    pub decided_at: String,
}

/// The rebasings of every indicator, earliest first; of one indicator when it is given.
pub async fn rebases_of(db: &impl Reader, indicator_id: Option<i64>) -> Result<Vec<Rebase>> {
    #[derive(FromQueryResult)]
    struct Row {
        indicator_id: i64,
        area: String,
        period_start: String,
        reason: String,
        decided_by: String,
        decided_at: String,
    }
    let filter = indicator_id.map_or("", |_| "WHERE indicator_id = $1");
    let sql = format!(
        "SELECT indicator_id, area, period_start, reason, decided_by, decided_at FROM rebase {filter}
         ORDER BY period_start"
    );
    let bound = indicator_id.map(|id| values![id]).unwrap_or_default();
    let rows: Vec<Row> = sql::all(db, "list rebasings", &sql, bound).await?;
    rows.into_iter()
        .map(|row| {
            let foreign = |value: &str| Error::Foreign { what: "rebasing of", value: value.to_owned() };
            Ok(Rebase {
                indicator_id: row.indicator_id,
                area: row.area.parse().map_err(|_| foreign(&row.area))?,
                period_start: row.period_start.parse().map_err(|_| foreign(&row.period_start))?,
                reason: row.reason,
                decided_by: row.decided_by,
                decided_at: row.decided_at,
            })
        })
        .collect()
}

/// Keeps a rebasing; one at the same point of the same chart is replaced.
pub async fn set_rebase(write: &Write, new: &Rebase) -> Result<()> {
    let sql = "INSERT INTO rebase (indicator_id, area, period_start, reason, decided_by, decided_at)
               VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (indicator_id, area, period_start) DO UPDATE SET reason = excluded.reason,
                   decided_by = excluded.decided_by, decided_at = excluded.decided_at";
    let bound = values![
        new.indicator_id,
        new.area.as_str(),
        new.period_start.to_string(),
        new.reason.as_str(),
        new.decided_by.as_str(),
        new.decided_at.as_str()
    ];
    sql::run(write.reader(), "keep a rebasing", sql, bound).await.map(|_| ())
}

/// Takes a rebasing back.
pub async fn remove_rebase(
    write: &Write,
    indicator_id: i64,
    area: AreaCode,
    period_start: Date,
) -> Result<u64> {
    let sql = "DELETE FROM rebase WHERE indicator_id = $1 AND area = $2 AND period_start = $3";
    let bound = values![indicator_id, area.as_str(), period_start.to_string()];
    sql::run(write.reader(), "take back a rebasing", sql, bound).await
}
