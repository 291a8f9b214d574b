//! Points that a person has left out of a chart's limits.

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, Date, Period};

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A point that is shown and left out of limits and rules, because a person said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// The indicator.
    pub indicator_id: i64,
    /// The area whose chart it is.
    pub area: AreaCode,
    /// The days that the point is about.
    pub period: Period,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// When, as ISO 8601 in UTC.
    pub decided_at: String,
}

/// The points left out of every indicator's charts, earliest first.
pub async fn ghosts(db: &impl Reader) -> Result<Vec<Ghost>> {
    #[derive(FromQueryResult)]
    struct Row {
        indicator_id: i64,
        area: String,
        period_start: String,
        period_end: String,
        reason: String,
        decided_by: String,
        decided_at: String,
    }
    let sql = "SELECT indicator_id, area, period_start, period_end, reason, decided_by, decided_at FROM ghost
               ORDER BY period_start, period_end";
    let rows: Vec<Row> = sql::all(db, "list points left out", sql, values![]).await?;
    rows.into_iter()
        .map(|row| {
            let foreign = |value: &str| Error::Foreign { what: "point left out of", value: value.to_owned() };
            let day = |text: &str| text.parse::<Date>().map_err(|_| foreign(text));
            let (start, end) = (day(&row.period_start)?, day(&row.period_end)?);
            Ok(Ghost {
                indicator_id: row.indicator_id,
                area: row.area.parse().map_err(|_| foreign(&row.area))?,
                period: Period::new(start, end).ok_or_else(|| foreign(&row.period_end))?,
                reason: row.reason,
                decided_by: row.decided_by,
                decided_at: row.decided_at,
            })
        })
        .collect()
}

/// Leaves a point out; one that is left out already gets the new reason.
pub async fn set_ghost(write: &Write, new: &Ghost) -> Result<()> {
    let sql = "INSERT INTO ghost (indicator_id, area, period_start, period_end, reason, decided_by, decided_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (indicator_id, area, period_start, period_end) DO UPDATE SET reason = excluded.reason,
                   decided_by = excluded.decided_by, decided_at = excluded.decided_at";
    let bound = values![
        new.indicator_id,
        new.area.as_str(),
        new.period.start().to_string(),
        new.period.end().to_string(),
        new.reason.as_str(),
        new.decided_by.as_str(),
        new.decided_at.as_str()
    ];
    sql::run(write.reader(), "leave a point out", sql, bound).await.map(|_| ())
}

/// Takes a point in again. Gives back how many were left out there: one or none.
pub async fn remove_ghost(write: &Write, indicator_id: i64, area: AreaCode, period: Period) -> Result<u64> {
    let sql =
        "DELETE FROM ghost WHERE indicator_id = $1 AND area = $2 AND period_start = $3 AND period_end = $4";
    let bound = values![indicator_id, area.as_str(), period.start().to_string(), period.end().to_string()];
    sql::run(write.reader(), "take a point in again", sql, bound).await
}
