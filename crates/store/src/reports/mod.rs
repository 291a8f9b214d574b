//! Published reports, kept as the files that were sent round.

use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A published report.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Report {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// The subgroup it is for; empty for the whole partnership.
    pub subgroup_code: String,
    /// The first day it reports on.
    pub period_start: String,
    /// The last day it reports on.
    pub period_end: String,
    /// The day on which statuses were computed.
    pub as_of: String,
    /// When it was published, as ISO 8601 in UTC.
    pub published_at: String,
    /// By whom.
    pub published_by: String,
}

/// A report about to be published: the number is ignored.
pub type NewReport = Report;

const COLUMNS: &str = "id, title, subgroup_code, period_start, period_end, as_of, published_at, published_by";

/// Every published report, newest first.
pub async fn reports(db: &impl Reader) -> Result<Vec<Report>> {
    sql::all(db, "list reports", &format!("SELECT {COLUMNS} FROM report ORDER BY id DESC"), values![]).await
}

/// The report with this number.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn report_by_id(db: &impl Reader, id: i64) -> Result<Report> {
    let sql = format!("SELECT {COLUMNS} FROM report WHERE id = $1");
    let found = sql::one(db, "find a report", &sql, values![id]).await?;
    found.ok_or_else(|| Error::NotFound { what: "report", value: id.to_string() })
}

/// One file of a published report, as it was published.
///
/// # Errors
/// [`Error::NotFound`] when it was not published in that format; [`Error::Foreign`] when its content is no longer what was
/// published.
pub async fn report_file(db: &impl Reader, report_id: i64, format: &str) -> Result<Vec<u8>> {
    #[derive(FromQueryResult)]
    struct File {
        sha256: String,
        content: Vec<u8>,
    }
    let sql = "SELECT sha256, content FROM report_file WHERE report_id = $1 AND format = $2";
    let found: Option<File> = sql::one(db, "read a report", sql, values![report_id, format]).await?;
    let name = || format!("{report_id} as {format}");
    let file = found.ok_or_else(|| Error::NotFound { what: "report", value: name() })?;
    if sha256_of(&file.content) != file.sha256 {
        return Err(Error::Foreign { what: "content of report", value: name() });
    }
    Ok(file.content)
}

/// Keeps a report and its files, and gives its number.
pub async fn add_report(write: &Write, new: &NewReport, files: Vec<(&str, Vec<u8>)>) -> Result<i64> {
    let db = write.reader();
    let sql = "INSERT INTO report (title, subgroup_code, period_start, period_end, as_of, published_at, published_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    let bound = values![
        new.title.as_str(),
        new.subgroup_code.as_str(),
        new.period_start.as_str(),
        new.period_end.as_str(),
        new.as_of.as_str(),
        new.published_at.as_str(),
        new.published_by.as_str()
    ];
    let id = sql::insert(db, "publish a report", sql, bound).await?;
    for (format, content) in files {
        let sql = "INSERT INTO report_file (report_id, format, sha256, content) VALUES ($1, $2, $3, $4)";
        sql::run(db, "publish a report", sql, values![id, format, sha256_of(&content), content]).await?;
    }
    Ok(id)
}

fn sha256_of(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}
