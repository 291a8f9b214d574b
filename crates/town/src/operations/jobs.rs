//! Work that has to be done every night or every hour, once, however many processes serve the town.
//!
//! A row of the table `job` says when a job is next due and which process has it. It is taken with one statement that names what was
//! seen of the row, so that of two processes one gets it. Whoever has a job counts `beats` up while they work; whoever else
//! waits for it takes it over when they have seen the same number for [`LEASE`] by their own steady clock, and whoever lost
//! it meanwhile stops. So no clock that is set back, forward or apart from the others decides anything. (The rejected
//! alternatives: a moment until when it is held, which a wrong clock makes too short or endless, and PostgreSQL's advisory
//! locks, which SQLite lacks and which end unseen with a connection.)

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use store::operations::{self, Ended};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

pub use store::operations::Job;

use crate::backup::{self, Keep};
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// Whoever has a job and has not been seen for so long has it no more.
pub const LEASE: Duration = Duration::from_secs(20);
/// How often whoever has a job shows that they are there.
const BEAT: Duration = Duration::from_secs(4);
/// A job that failed is tried again after so many minutes.
const AGAIN_MINUTES: i64 = 10;

/// One kind of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Clear away sessions that have ended and attempts that are forgiven, every hour.
    ClearUp,
    /// Count the records of people that are past their time, every night. Nothing is thrown away by a machine alone (Records
    /// Management Code of Practice, section 5.2).
    Retention {
        /// The council's own schedule, when it is not het's.
        schedule: Option<String>,
    },
    /// Back up, every night.
    BackUp {
        /// The folder.
        to: PathBuf,
        /// The key file.
        key: PathBuf,
        /// Which backups of the folder are kept; all when `None`.
        keep: Option<Keep>,
    },
}

impl Work {
    /// What it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Work::ClearUp => "clear-up",
            Work::Retention { .. } => "retention",
            Work::BackUp { .. } => "backup",
        }
    }

    /// When it is next due after a moment: the next full hour, or that hour of the night in Europe/London.
    fn next_after(&self, moment: Moment) -> Moment {
        const HOUR: i64 = 3_600;
        let night = |hour: i8| {
            let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
            let date = moment.to_zoned_datetime(zone.clone()).date();
            [date, date.saturating_add(1.day())]
                .into_iter()
                .filter_map(|date| zone.to_timestamp(date.at(hour, 30, 0, 0)).ok())
                .find(|due| *due > moment)
        };
        let tomorrow = moment.checked_add(24.hours()).unwrap_or(moment);
        match self {
            Work::ClearUp => {
                let next = (moment.as_second().div_euclid(HOUR) + 1) * HOUR;
                Moment::from_second(next).unwrap_or(tomorrow)
            }
            // After the clocks have gone forward, and before the nightly copies of machines.
            Work::BackUp { .. } => night(2).unwrap_or(tomorrow),
            Work::Retention { .. } => night(3).unwrap_or(tomorrow),
        }
    }
}

/// A run that this process made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// The job.
    pub job: &'static str,
    /// What it did, or why it failed.
    pub outcome: String,
    /// Whether it failed.
    pub failed: bool,
}

/// The jobs of one process.
pub struct Jobs {
    town: Town,
    works: Vec<Work>,
    holder: Arc<str>,
    /// Of each job that somebody else has: the number of beats, and when it was first seen by the steady clock.
    seen: HashMap<String, (i64, Duration)>,
}

impl Jobs {
    /// Those that a process is to do.
    ///
    /// # Errors
    /// When the operating system gives no random bits to name the process by.
    pub fn new(town: Town, works: Vec<Work>) -> Result<Jobs> {
        let holder = crate::accounts::random_token(8)?.into();
        Ok(Jobs { town, works, holder, seen: HashMap::new() })
    }

    /// Runs every job that is due at `now` and that no other process has. `steady` is the time of a clock that nobody sets, from any
    /// beginning that stays the same.
    ///
    /// # Errors
    /// When the database cannot answer. A job that fails is no error here: it is noted as a run that failed.
    pub async fn run_due(&mut self, now: Moment, steady: Duration) -> Result<Vec<Ran>> {
        let mut ran = Vec::new();
        for work in self.works.clone() {
            if self.take(&work, now, steady).await? {
                ran.extend(self.run(work).await?);
            }
        }
        Ok(ran)
    }

    /// Gives back what was being run when this process was told to stop; it is due as before.
    ///
    /// # Errors
    /// When the database cannot answer: others then take it over after [`LEASE`].
    pub async fn give_back(self) -> Result<()> {
        Ok(operations::give_back_jobs(self.town.store().note().await?.reader(), &self.holder).await?)
    }

    /// Whether the job is due and now this process's.
    async fn take(&mut self, work: &Work, now: Moment, steady: Duration) -> Result<bool> {
        let (db, name) = (self.town.store().reader(), work.name());
        let next = work.next_after(now);
        let found = operations::jobs(db).await?.into_iter().find(|job| job.name == name);
        let job = match found {
            Some(job) => job,
            None => {
                let note = self.town.store().note().await?;
                operations::set_up_job(note.reader(), name, next.as_millisecond()).await?;
                return Ok(false);
            }
        };
        if job.holder.is_empty() {
            self.seen.remove(name);
            // Due later than the next time it can be: the clock was set back since, and waiting for it could take years.
            let after_next = work.next_after(next).as_millisecond();
            if now.as_millisecond() < job.due_at && job.due_at <= after_next {
                return Ok(false);
            }
        } else {
            let (beats, since) = *self.seen.entry(name.to_owned()).or_insert((job.beats, steady));
            if beats != job.beats {
                self.seen.insert(name.to_owned(), (job.beats, steady));
                return Ok(false);
            }
            if steady.saturating_sub(since) < LEASE {
                return Ok(false);
            }
        }
        self.seen.remove(name);
        Ok(operations::take_job(self.town.store().note().await?.reader(), &job, &self.holder, &until(now))
            .await?)
    }

    /// Runs a job that this process has, on a thread that may wait: a backup keeps a processor busy. When nobody waits for it any more, it
    /// ends.
    async fn run(&self, work: Work) -> Result<Option<Ran>> {
        let (town, holder, handle) = (self.town.clone(), self.holder.clone(), Handle::current());
        let (_wanted, unwanted) = oneshot::channel::<()>();
        let running =
            tokio::task::spawn_blocking(move || handle.block_on(run(&town, holder, &work, unwanted)));
        running.await.map_err(|error| Error::Failed { doing: "a job", reason: error.to_string() })?
    }
}

/// `None` when the job was lost or is unwanted.
async fn run(
    town: &Town,
    holder: Arc<str>,
    work: &Work,
    unwanted: oneshot::Receiver<()>,
) -> Result<Option<Ran>> {
    let (began, name) = (crate::now(), work.name());
    let mut beating = AbortOnDrop(tokio::spawn(beat(town.clone(), name, holder.clone())));
    let done = tokio::select! {
        done = town.work(work, began) => Some(done),
        _ = &mut beating.0 => None,
        _ = unwanted => None,
    };
    drop(beating);
    let Some(done) = done else { return Ok(None) };
    let (failed, outcome) = match done {
        Ok(outcome) => (false, outcome),
        Err(error) => (true, error.to_string()),
    };
    let now = crate::now();
    let due_at = if failed {
        now.checked_add(AGAIN_MINUTES.minutes()).unwrap_or(now).min(work.next_after(now))
    } else {
        work.next_after(now)
    };
    let detail = serde_json::json!({ "began": began.to_string(), "failed": failed, "outcome": outcome });
    let entry = crate::entry(&Actor::jobs(), "run job", format!("job {name}"), detail);
    let ended = Ended {
        name,
        holder: &holder,
        at: &now.to_string(),
        outcome: &outcome,
        failed,
        due_at: due_at.as_millisecond(),
    };
    let ours = town.store().end_job(&ended, &entry).await?;
    Ok(ours.then_some(Ran { job: name, outcome, failed }))
}

fn until(now: Moment) -> String {
    now.checked_add(LEASE).unwrap_or(now).to_string()
}

/// Ready when the job is lost: somebody else has it, or the database could not be asked for as long as that takes.
async fn beat(town: Town, name: &'static str, holder: Arc<str>) {
    let mut missed = Duration::ZERO;
    loop {
        tokio::time::sleep(BEAT).await;
        match keep(&town, name, &holder).await {
            Ok(true) => missed = Duration::ZERO,
            Ok(false) => return,
            Err(_) => missed += BEAT,
        }
        if missed >= LEASE / 2 {
            return;
        }
    }
}

async fn keep(town: &Town, name: &str, holder: &str) -> Result<bool> {
    let note = town.store().note().await?;
    Ok(operations::keep_job(note.reader(), name, holder, &until(crate::now())).await?)
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Town {
    /// Every job that was ever set up, as it stands.
    pub async fn jobs(&self) -> Result<Vec<Job>> {
        Ok(operations::jobs(self.store().reader()).await?)
    }

    /// Does a job and gives what was done, in words.
    async fn work(&self, work: &Work, now: Moment) -> Result<String> {
        let actor = Actor::jobs();
        match work {
            Work::ClearUp => {
                let sessions = self.clear_sessions(&actor, now).await?;
                let note = self.store().note().await?;
                let attempts = store::accounts::clear_attempts(note.reader(), now.as_millisecond()).await?;
                Ok(format!("{sessions} ended sessions and {attempts} forgiven attempts cleared away"))
            }
            Work::Retention { schedule } => {
                let day = (crate::today(), now);
                let due = self.run_retention(&actor, schedule.as_deref(), true, day).await?;
                let (gone, held) =
                    due.kinds.iter().fold((0, 0), |sum, (_, gone, held)| (sum.0 + gone, sum.1 + held));
                Ok(format!(
                    "{gone} records and {} readings are past their time, and holds keep {held} more: look at them, then het retention",
                    due.readings
                ))
            }
            Work::BackUp { to, key, keep } => {
                if !to.is_dir() {
                    let reason = format!("{} is no folder", to.display());
                    return Err(Error::Failed { doing: "the backup", reason });
                }
                let made = self.back_up(&actor, to, key).await?;
                let old = match keep {
                    Some(keep) => backup::prune(to, *keep)?.len(),
                    None => 0,
                };
                Ok(format!("{} rows in {} bytes; {old} old backups removed", made.summary.rows(), made.bytes))
            }
        }
    }

    async fn clear_sessions(&self, actor: &Actor, now: Moment) -> Result<u64> {
        actor.require(Permission::Maintain)?;
        let before = |span: jiff::Span| now.checked_sub(span).unwrap_or(now).to_string();
        let (idle, begun) = crate::accounts::session_limits();
        let note = self.store().note().await?;
        Ok(store::accounts::end_stale_sessions(note.reader(), &before(idle), &before(begun)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_due_at_night_in_london() {
        let check = |work: Work, after: &str, due: &str| {
            assert_eq!(
                work.next_after(after.parse().unwrap()),
                due.parse::<Moment>().unwrap(),
                "{work:?} {after}"
            );
        };
        let retention = || Work::Retention { schedule: None };
        let backup = || Work::BackUp { to: PathBuf::new(), key: PathBuf::new(), keep: None };
        check(Work::ClearUp, "2026-11-28T12:00:00Z", "2026-11-28T13:00:00Z");
        check(Work::ClearUp, "2026-11-28T12:59:59Z", "2026-11-28T13:00:00Z");
        check(retention(), "2026-11-28T03:29:59Z", "2026-11-28T03:30:00Z");
        check(retention(), "2026-11-28T03:30:00Z", "2026-11-29T03:30:00Z");
        check(backup(), "2026-07-01T12:00:00Z", "2026-07-02T01:30:00Z");
        // The night on which the clocks go back, and that on which they go forward.
        check(backup(), "2026-10-25T00:00:00Z", "2026-10-25T02:30:00Z");
        check(backup(), "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z");
    }
}
