//! Subgroups.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// One priority area of the partnership.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Subgroup {
    /// Its number in the database.
    pub id: i64,
    /// Its code, as in addresses of pages: `children`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its place in lists.
    pub position: i64,
}

/// Every subgroup, in the order of its place.
pub async fn subgroups(db: &impl Reader) -> Result<Vec<Subgroup>> {
    let sql = "SELECT id, code, name, purpose, position FROM subgroup ORDER BY position, id";
    sql::all(db, "list subgroups", sql, values![]).await
}

/// The subgroup with this code.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn subgroup_by_code(db: &impl Reader, code: &str) -> Result<Subgroup> {
    let sql = "SELECT id, code, name, purpose, position FROM subgroup WHERE code = $1";
    let found = sql::one(db, "find a subgroup", sql, values![code]).await?;
    found.ok_or_else(|| Error::NotFound { what: "subgroup", value: code.to_owned() })
}

/// Keeps a new subgroup (its number is ignored) and gives its number.
pub async fn add_subgroup(write: &Write, new: &Subgroup) -> Result<i64> {
    let sql = "INSERT INTO subgroup (code, name, purpose, position) VALUES ($1, $2, $3, $4) RETURNING id";
    let bound = values![new.code.as_str(), new.name.as_str(), new.purpose.as_str(), new.position];
    sql::insert(write.reader(), "add a subgroup", sql, bound).await
}

/// Replaces everything of the subgroup with this number but its code.
pub async fn edit_subgroup(write: &Write, id: i64, new: &Subgroup) -> Result<()> {
    let sql = "UPDATE subgroup SET name = $2, purpose = $3, position = $4 WHERE id = $1";
    let bound = values![id, new.name.as_str(), new.purpose.as_str(), new.position];
    sql::run(write.reader(), "edit a subgroup", sql, bound).await.map(|_| ())
}
