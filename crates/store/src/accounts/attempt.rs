//! Attempts that are counted for every process that serves a town: to sign in, of codes, of whatever else is not to be tried for ever.
//!
//! One number tells how far somebody's attempts have gone: the moment at which they will be as if they had never tried. An
//! attempt moves it on by the time that one attempt takes to be forgiven, and is let through while it is not further
//! ahead than as many attempts as are allowed at once. It is one statement, so that no two processes count past each other. (This is
//! the generic cell rate algorithm of ATM Forum, Traffic Management 4.1, 1999, which counts as a token bucket does; a bucket
//! kept as its content and its time needs two numbers and a lock.)

use sea_orm::{DbBackend, FromQueryResult};

use crate::sql::{self, values};
use crate::{Reader, Result};

/// How many attempts are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// So many at once.
    pub at_once: i64,
    /// Then one in so many milliseconds.
    pub one_in: i64,
}

#[derive(FromQueryResult)]
struct FreeAt {
    free_at: i64,
}

/// Counts an attempt at `now`, in milliseconds since 1970. `None` when it is let through; else how many milliseconds to wait.
///
/// A clock that was set back locks nobody out: what lies further ahead than attempts can have gone counts as just so far, and the
/// attempt is let through.
pub async fn attempt(db: &impl Reader, who: &str, allowed: Allowed, now: i64) -> Result<Option<i64>> {
    let most = allowed.one_in * allowed.at_once;
    let greatest = if db.get_database_backend() == DbBackend::Postgres { "GREATEST" } else { "MAX" };
    let sql = format!(
        "INSERT INTO attempt (who, free_at) VALUES ($1, $2) ON CONFLICT (who) DO UPDATE
         SET free_at = CASE WHEN attempt.free_at > $6 THEN $6 ELSE {greatest}(attempt.free_at, $3) + $4 END
         WHERE attempt.free_at <= $5 OR attempt.free_at > $6 RETURNING free_at"
    );
    let last = now + most - allowed.one_in;
    let bound = values![who, now + allowed.one_in, now, allowed.one_in, last, now + most];
    let counted: Option<FreeAt> = sql::one(db, "count an attempt", &sql, bound).await?;
    if counted.is_some() {
        return Ok(None);
    }
    let kept = "SELECT free_at FROM attempt WHERE who = $1";
    let kept: Option<FreeAt> = sql::one(db, "count an attempt", kept, values![who]).await?;
    // It may have been cleared away meanwhile.
    let Some(FreeAt { free_at }) = kept else { return Ok(Some(0)) };
    Ok(Some((free_at - last).max(0)))
}

/// Forgets somebody's attempts.
pub async fn forget_attempts(db: &impl Reader, who: &str) -> Result<()> {
    sql::run(db, "forget attempts", "DELETE FROM attempt WHERE who = $1", values![who]).await.map(|_| ())
}

/// Clears away the attempts that are as if they had never been; gives how many.
pub async fn clear_attempts(db: &impl Reader, now: i64) -> Result<u64> {
    sql::run(db, "clear away attempts", "DELETE FROM attempt WHERE free_at <= $1", values![now]).await
}
