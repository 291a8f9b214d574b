//! Publishing a report, and reading a published one again.

use std::cmp::Reverse;

use report::documents::{Cell, Column, Table};
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

    /// The published reports with these words in their title, newest first, or by `title` or `period`; and how many there are.
    /// Who published one is told to those who may read the programme.
    pub async fn published_reports(
        &self,
        actor: &Actor,
        words: &str,
        sort: &str,
    ) -> Result<(Vec<PublishedReport>, usize)> {
        actor.require(Permission::ReadPublic)?;
        let mut reports = tables::reports(self.store().reader()).await?;
        let (total, words) = (reports.len(), words.trim().to_lowercase());
        reports.retain(|report| report.title.to_lowercase().contains(&words));
        match sort {
            "title" => reports.sort_by_key(|report| report.title.to_lowercase()),
            "period" => reports.sort_by_key(|report| Reverse(report.period_end.clone())),
            _ => {}
        }
        if !actor.may(Permission::ReadProgramme) {
            reports.iter_mut().for_each(|report| report.published_by.clear());
        }
        Ok((reports, total))
    }

    /// The same list as CSV.
    pub async fn published_reports_csv(&self, actor: &Actor, words: &str, sort: &str) -> Result<Vec<u8>> {
        let headings = ["Number", "Title", "From", "To", "As of", "Published", "By"];
        let mut table = Table::new("Published reports", headings.map(Column::text).into());
        for report in self.published_reports(actor, words, sort).await?.0 {
            let words = [
                report.id.to_string(),
                report.title,
                report.period_start,
                report.period_end,
                report.as_of,
                report.published_at,
                report.published_by,
            ];
            table.push(words.map(Cell::text).into());
        }
        crate::partnership::csv_of(&table)
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
