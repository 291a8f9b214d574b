//! What `het doctor` looks at where several processes or machines share a town: the way to the database, and the jobs.

use jiff::ToSpan;
use store::operations;

use super::check_up::{Finding, Health, finding};
use crate::{Moment, Result, Town};

/// A job is late when it is this many hours past its time.
const LATE_HOURS: i64 = 3;

impl Town {
    /// Whether what goes between het and a database server on another machine is encrypted.
    pub(super) async fn way_to_database(&self) -> Result<Option<Finding>> {
        let Some(way) = operations::way_to_server(self.store().reader()).await? else { return Ok(None) };
        let (health, words) = match (way.same_machine, way.encrypted) {
            (_, true) => (Health::Good, "encrypted"),
            (true, false) => (Health::Good, "not encrypted, and the server is on this machine"),
            (false, false) => (
                Health::Warning,
                "not encrypted, and the server is on another machine: add ?sslmode=verify-full to its address",
            ),
        };
        Ok(Some(finding("connection", health, words)))
    }

    /// How the jobs went that one of the processes does for all.
    pub(super) async fn jobs_done(&self, now: Moment) -> Result<Finding> {
        let jobs = self.jobs().await?;
        if jobs.is_empty() {
            return Ok(finding("jobs", Health::Good, "none was set up yet: het serve does that"));
        }
        let late = now.checked_sub(LATE_HOURS.hours()).unwrap_or(now).as_millisecond();
        let mut worst = Health::Good;
        let words = jobs.iter().map(|job| {
            let name = &job.name;
            if job.ended_at != job.succeeded_at {
                worst = Health::Warning;
                return format!("{name} failed at {}: {}", job.ended_at, job.outcome);
            }
            if job.due_at < late {
                worst = Health::Warning;
                return format!("{name} is late: is het served, with its jobs?");
            }
            match (job.holder.is_empty(), job.ended_at.is_empty()) {
                (false, _) => format!("{name} is being done"),
                (true, true) => format!("{name} was not due yet"),
                (true, false) => format!("{name} done at {}: {}", job.ended_at, job.outcome),
            }
        });
        let words = words.collect::<Vec<_>>().join("; ");
        Ok(finding("jobs", worst, words))
    }
}
