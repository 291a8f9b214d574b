//! Work that one of several processes does for all of them: who has it, until when, and how the last run ended.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{AuditEntry, Reader, Result, Store, Write};

/// A job as it stands.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Job {
    /// What it is called.
    pub name: String,
    /// From when on it is to be run, in milliseconds since 1970.
    pub due_at: i64,
    /// The process that runs it; empty when none does.
    pub holder: String,
    /// Until when it said it would have it at least, as ISO 8601 in UTC, for people to read: nothing is decided by it.
    pub held_until: String,
    /// Grows whenever its holder shows that it is there.
    pub beats: i64,
    /// How often it was run to an end.
    pub runs: i64,
    /// How many of those failed.
    pub failures: i64,
    /// When the last run ended, as ISO 8601 in UTC; empty before the first.
    pub ended_at: String,
    /// When the last run that did not fail ended; empty before the first.
    pub succeeded_at: String,
    /// What the last run did, or why it failed.
    pub outcome: String,
}

const COLUMNS: &str =
    "name, due_at, holder, held_until, beats, runs, failures, ended_at, succeeded_at, outcome";

/// Every job that was ever set up, by name.
pub async fn jobs(db: &impl Reader) -> Result<Vec<Job>> {
    let sql = format!("SELECT {COLUMNS} FROM job ORDER BY name");
    sql::all(db, "list its jobs", &sql, values![]).await
}

/// Sets up a job that is to be run from `due_at` on, unless it is there already.
pub async fn set_up_job(db: &impl Reader, name: &str, due_at: i64) -> Result<()> {
    let sql = "INSERT INTO job (name, due_at, holder, held_until, beats, runs, failures, ended_at, succeeded_at, outcome)
               VALUES ($1, $2, '', '', 0, 0, 0, '', '', '') ON CONFLICT (name) DO NOTHING";
    sql::run(db, "set up a job", sql, values![name, due_at]).await.map(|_| ())
}

/// Takes a job as it was seen: `false` when somebody else did anything with it since.
pub async fn take_job(db: &impl Reader, seen: &Job, holder: &str, until: &str) -> Result<bool> {
    let sql = "UPDATE job SET holder = $1, held_until = $2, beats = beats + 1
               WHERE name = $3 AND holder = $4 AND beats = $5 AND due_at = $6";
    let bound = values![holder, until, seen.name.as_str(), seen.holder.as_str(), seen.beats, seen.due_at];
    Ok(sql::run(db, "take a job", sql, bound).await? == 1)
}

/// Shows that whoever has a job is there; `false` when they have it no more.
pub async fn keep_job(db: &impl Reader, name: &str, holder: &str, until: &str) -> Result<bool> {
    let sql = "UPDATE job SET held_until = $3, beats = beats + 1 WHERE name = $1 AND holder = $2";
    Ok(sql::run(db, "keep a job", sql, values![name, holder, until]).await? == 1)
}

/// Gives back whatever jobs a process has; they are due as before.
pub async fn give_back_jobs(db: &impl Reader, holder: &str) -> Result<()> {
    let sql = "UPDATE job SET holder = '', held_until = '', beats = beats + 1 WHERE holder = $1";
    sql::run(db, "give back a job", sql, values![holder]).await.map(|_| ())
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct Ended<'a> {
    /// The job.
    pub name: &'a str,
    /// Who ran it.
    pub holder: &'a str,
    /// When it ended, as ISO 8601 in UTC.
    pub at: &'a str,
    /// What it did, or why it failed.
    pub outcome: &'a str,
    /// Whether it failed.
    pub failed: bool,
    /// From when on it is to be run again, in milliseconds since 1970.
    pub due_at: i64,
}

impl Store {
    /// Notes how a run ended and gives the job back, with its entry in the audit log; `false`, and nothing is noted, when whoever ran
    /// it had it no more.
    pub async fn end_job(&self, ended: &Ended<'_>, entry: &AuditEntry) -> Result<bool> {
        let write: Write = self.write().await?;
        let sql = "UPDATE job SET holder = '', held_until = '', beats = beats + 1, runs = runs + 1, failures = failures + $3,
                          ended_at = $4, succeeded_at = CASE WHEN $3 = 0 THEN $4 ELSE succeeded_at END, outcome = $5, due_at = $6
                   WHERE name = $1 AND holder = $2";
        let bound =
            values![ended.name, ended.holder, i64::from(ended.failed), ended.at, ended.outcome, ended.due_at];
        if sql::run(write.reader(), "end a job", sql, bound).await? == 0 {
            write.abandon().await?;
            return Ok(false);
        }
        write.commit_session(entry).await?;
        Ok(true)
    }
}
