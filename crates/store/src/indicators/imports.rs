//! The files that were imported.

use sea_orm::FromQueryResult;

use super::Counts;
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// The kind of import: `cover`, `deprivation`, …
    pub kind: String,
    /// The file's name, without its folder.
    pub file: String,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: i64,
    /// Who published it.
    pub publisher: String,
    /// The line that its licence asks to be shown.
    pub licence: String,
    /// What it is about: a period, an edition.
    pub vintage: String,
    /// When it was imported, as ISO 8601 in UTC.
    pub imported_at: String,
    /// By whom.
    pub actor: String,
    /// How many figures or rows were new.
    pub added: i64,
    /// How many replaced an older version.
    pub revised: i64,
    /// How many were known already.
    pub unchanged: i64,
}

/// A file about to be imported.
#[derive(Debug, Clone, Copy)]
pub struct NewImport<'a> {
    /// The kind of import.
    pub kind: &'a str,
    /// The file's name, without its folder.
    pub file: &'a str,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: &'a str,
    /// Its length in bytes.
    pub bytes: u64,
    /// Who published it.
    pub publisher: &'a str,
    /// The line that its licence asks to be shown.
    pub licence: &'a str,
    /// What it is about.
    pub vintage: &'a str,
    /// When, as ISO 8601 in UTC.
    pub imported_at: &'a str,
    /// By whom.
    pub actor: &'a str,
}

const COLUMNS: &str = "id, kind, file, sha256, bytes, publisher, licence, vintage, imported_at, actor, added, revised, unchanged";

/// Every import, newest first.
pub async fn imports(db: &impl Reader) -> Result<Vec<Import>> {
    sql::all(db, "list imports", &format!("SELECT {COLUMNS} FROM import ORDER BY id DESC"), values![]).await
}

/// The import of exactly this content, if there was one.
pub async fn import_of_content(db: &impl Reader, kind: &str, sha256: &str) -> Result<Option<Import>> {
    let sql = format!("SELECT {COLUMNS} FROM import WHERE kind = $1 AND sha256 = $2");
    sql::one(db, "find an import", &sql, values![kind, sha256]).await
}

/// What was noticed while a file was read, in order.
pub async fn findings_of(db: &impl Reader, import_id: i64) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Finding {
        words: String,
    }
    let sql = "SELECT words FROM import_finding WHERE import_id = $1 ORDER BY id";
    let rows: Vec<Finding> = sql::all(db, "read findings", sql, values![import_id]).await?;
    Ok(rows.into_iter().map(|row| row.words).collect())
}

/// Notes that a file is being imported, and gives the import's number.
pub async fn add_import(write: &Write, new: NewImport<'_>) -> Result<i64> {
    let sql = "INSERT INTO import
               (kind, file, sha256, bytes, publisher, licence, vintage, imported_at, actor, added, revised, unchanged)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0) RETURNING id";
    let bound = values![
        new.kind,
        new.file,
        new.sha256,
        new.bytes as i64,
        new.publisher,
        new.licence,
        new.vintage,
        new.imported_at,
        new.actor
    ];
    sql::insert(write.reader(), "note an import", sql, bound).await
}

/// Notes what an import changed and what was noticed.
pub async fn finish_import(write: &Write, id: i64, counts: Counts, findings: &[String]) -> Result<()> {
    let sql = "UPDATE import SET added = $2, revised = $3, unchanged = $4 WHERE id = $1";
    let bound = values![id, counts.added as i64, counts.revised as i64, counts.unchanged as i64];
    sql::run(write.reader(), "note an import", sql, bound).await?;
    let bind = |words: &String, values: &mut Vec<sea_orm::Value>| values.extend(values![id, words.as_str()]);
    let into = "import_finding (import_id, words)";
    sql::insert_many(write.reader(), "keep findings", into, 2, findings, bind, "").await.map(|_| ())
}
