//! The audit logs, the town's and the register's: checked, and given out.

use report::documents::{Cell, Column, Table};
use report::figures::Unit;
use store::Store;
pub use store::{AuditFilter, AuditLine};

use crate::partnership::csv_of;
use crate::{Actor, Permission, Result, Town};

/// How many entries a page shows.
const PAGE: u32 = 100;

/// How many a file of a page holds.
const MOST_IN_FILE: u32 = 10_000;

/// Which log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditLog {
    /// Of everything but people's records.
    Town,
    /// Of people's records.
    Register,
}

/// Where an audit log ends: the note to keep elsewhere, so that a log that was cut and noted anew is found out too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEnd {
    /// How many entries there are.
    pub entries: u64,
    /// The hash of the last one; empty when there is none.
    pub hash: String,
}

impl Town {
    fn log(&self, log: AuditLog) -> &Store {
        match log {
            AuditLog::Town => self.store(),
            AuditLog::Register => self.register(),
        }
    }

    /// Checks the chain of both audit logs and gives how many entries they have together.
    ///
    /// # Errors
    /// Naming the first entry that was changed, removed or put in.
    pub async fn verify_audit(&self) -> Result<u64> {
        let town = store::verify_audit(self.store().reader()).await?;
        Ok(town + self.verify_register_audit().await?)
    }

    pub(crate) async fn verify_register_audit(&self) -> Result<u64> {
        store::verify_audit(self.register().reader()).await.map_err(of_register)
    }

    /// Checks an audit log's chain and gives where it ends.
    ///
    /// # Errors
    /// Naming the first entry that was changed, removed or put in.
    pub async fn audit_end(&self, log: AuditLog) -> Result<AuditEnd> {
        let db = self.log(log).reader();
        let entries = match log {
            AuditLog::Town => store::verify_audit(db).await?,
            AuditLog::Register => self.verify_register_audit().await?,
        };
        let last = match i64::try_from(entries) {
            Ok(count) if count > 0 => store::audit_lines_after(db, count - 1, 1).await?.pop(),
            _ => None,
        };
        Ok(AuditEnd { entries, hash: last.map(|line| line.hash).unwrap_or_default() })
    }

    /// Holds a log against where it was noted to end before.
    ///
    /// # Errors
    /// [`crate::Error::Refused`] when the entry of that number is gone or has another hash.
    pub async fn audit_had(&self, log: AuditLog, entries: u64, hash: &str) -> Result<()> {
        let before = i64::try_from(entries).unwrap_or(i64::MAX).saturating_sub(1);
        let line = store::audit_lines_after(self.log(log).reader(), before, 1).await?.pop();
        match line {
            Some(line) if line.id == before + 1 && line.hash == hash => Ok(()),
            _ => Err(crate::Error::refused(
                "hash",
                format!("entry {entries} is not the one that was noted: the log was written anew"),
            )),
        }
    }

    /// A page of the town's audit log, the newest entries first, and whether there are older ones.
    pub async fn audit_page(&self, actor: &Actor, filter: &AuditFilter) -> Result<(Vec<AuditLine>, bool)> {
        actor.require(Permission::ReadAudit)?;
        let mut lines = store::audit_lines_like(self.store().reader(), filter, PAGE + 1).await?;
        let older = lines.len() > PAGE as usize;
        lines.truncate(PAGE as usize);
        Ok((lines, older))
    }

    /// The newest entries that a filter leaves as CSV, ten thousand at most.
    pub async fn audit_csv(&self, actor: &Actor, filter: &AuditFilter) -> Result<Vec<u8>> {
        actor.require(Permission::ReadAudit)?;
        let lines = store::audit_lines_like(self.store().reader(), filter, MOST_IN_FILE).await?;
        let headings = ["When", "Who", "Action", "Subject", "Detail", "Hash"];
        let mut columns = vec![Column::number("Entry", Unit::Plain)];
        columns.extend(headings.map(Column::text));
        let mut table = Table::new("Audit log", columns);
        for line in lines {
            let mut cells = vec![Cell::Number(line.id as f64)];
            let texts = [line.at, line.actor, line.action, line.subject, line.detail, line.hash];
            cells.extend(texts.map(Cell::text));
            table.push(cells);
        }
        csv_of(&table)
    }

    /// Gives out a whole log from the oldest entry on, some entries at a time.
    ///
    /// # Errors
    /// Whatever `see` answers ends it.
    pub async fn export_audit<E: From<crate::Error>>(
        &self,
        actor: &Actor,
        log: AuditLog,
        mut see: impl FnMut(&[AuditLine]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        actor.require(Permission::ReadAudit)?;
        let mut after = 0;
        loop {
            let lines = store::audit_lines_after(self.log(log).reader(), after, 1_000)
                .await
                .map_err(crate::Error::from)?;
            let Some(last) = lines.last() else { return Ok(()) };
            after = last.id;
            see(&lines)?;
        }
    }
}

/// A broken log says whose it is.
fn of_register(error: store::Error) -> crate::Error {
    match error {
        store::Error::AuditBroken { .. } => {
            crate::Error::Failed { doing: "the register", reason: error.to_string() }
        }
        other => other.into(),
    }
}
