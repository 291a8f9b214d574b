//! Publishing a report, and reading a published one again.

use store::reports as tables;

use super::{ReportFormat, ReportScope};
use crate::{Actor, Error, Permission, Result, Town, now};

/// A published report.
pub type PublishedReport = tables::Report;

impl Town {
    /// Publishes the progress report: every format is written once and kept, and nothing of it is computed again. Gives its
    /// number.
    pub async fn publish_progress_report(&self, actor: &Actor, scope: &ReportScope) -> Result<i64> {
        actor.require(Permission::PublishReport)?;
        let document = self.progress_report(actor, scope).await?;
        let title = document.title.clone();
        let writing = tokio::task::spawn_blocking(move || {
            let write = |format: ReportFormat| Ok((format.extension(), format.write(&document)?));
            ReportFormat::ALL.into_iter().map(write).collect::<Result<Vec<_>>>()
        });
        let files = writing
            .await
            .map_err(|e| Error::Failed { doing: "writing a report", reason: e.to_string() })??;
        let new = tables::Report {
            id: 0,
            title,
            subgroup_code: scope.subgroup.clone().unwrap_or_default(),
            period_start: scope.period.start().to_string(),
            period_end: scope.period.end().to_string(),
            as_of: scope.as_of.to_string(),
            published_at: now().to_string(),
            published_by: actor.name().to_owned(),
        };
        let write = self.store().write().await?;
        let id = tables::add_report(&write, &new, files).await?;
        let detail = serde_json::json!({ "period": scope.period.to_iso(), "as_of": new.as_of });
        self.commit(write, actor, "publish", format!("report {id}"), detail).await?;
        Ok(id)
    }

    /// Every published report, newest first. Who published it is told to those who may read the programme.
    pub async fn published_reports(&self, actor: &Actor) -> Result<Vec<PublishedReport>> {
        actor.require(Permission::ReadPublic)?;
        let mut reports = tables::reports(self.store().reader()).await?;
        if !actor.may(Permission::ReadProgramme) {
            reports.iter_mut().for_each(|report| report.published_by.clear());
        }
        Ok(reports)
    }

    /// One published report.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn published_report(&self, actor: &Actor, id: i64) -> Result<PublishedReport> {
        actor.require(Permission::ReadPublic)?;
        let mut report = tables::report_by_id(self.store().reader(), id).await?;
        if !actor.may(Permission::ReadProgramme) {
            report.published_by.clear();
        }
        Ok(report)
    }

    /// A published report's file, as it was published: its content is checked against its hash.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn published_file(&self, actor: &Actor, id: i64, format: ReportFormat) -> Result<Vec<u8>> {
        actor.require(Permission::ReadPublic)?;
        Ok(tables::report_file(self.store().reader(), id, format.extension()).await?)
    }
}
