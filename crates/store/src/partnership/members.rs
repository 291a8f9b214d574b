//! Organisations, and their people in the partnership.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// An organisation of the partnership.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Organisation {
    /// Its number in the database.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
}

/// Somebody in the partnership, who may own actions.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Member {
    /// Their number in the database.
    pub id: i64,
    /// Their code in the partnership's workbook.
    pub code: String,
    /// What they are called.
    pub name: String,
    /// What they do: `Director of Public Health`.
    pub role: String,
    /// Their organisation.
    pub organisation_id: Option<i64>,
    /// The subgroup they sit on.
    pub subgroup_id: Option<i64>,
}

/// A member about to be kept: the number is ignored.
pub type NewMember = Member;

/// Every organisation, by name.
pub async fn organisations(db: &impl Reader) -> Result<Vec<Organisation>> {
    sql::all(db, "list organisations", "SELECT id, name, kind FROM organisation ORDER BY name", values![])
        .await
}

/// Every member, by code.
pub async fn members(db: &impl Reader) -> Result<Vec<Member>> {
    let sql = "SELECT id, code, name, role, organisation_id, subgroup_id FROM member ORDER BY code";
    sql::all(db, "list members", sql, values![]).await
}

/// Keeps an organisation, or brings its kind up to date, and gives its number.
pub async fn add_organisation(write: &Write, name: &str, kind: &str) -> Result<i64> {
    let sql = "INSERT INTO organisation (name, kind) VALUES ($1, $2)
               ON CONFLICT (name) DO UPDATE SET kind = excluded.kind RETURNING id";
    sql::insert(write.reader(), "add an organisation", sql, values![name, kind]).await
}

/// Replaces the name and kind of the organisation with this number.
pub async fn edit_organisation(write: &Write, new: &Organisation) -> Result<()> {
    let sql = "UPDATE organisation SET name = $2, kind = $3 WHERE id = $1";
    let bound = values![new.id, new.name.as_str(), new.kind.as_str()];
    sql::run(write.reader(), "edit an organisation", sql, bound).await.map(|_| ())
}

/// Keeps a new member and gives their number.
pub async fn add_member(write: &Write, new: &NewMember) -> Result<i64> {
    let sql = "INSERT INTO member (code, name, role, organisation_id, subgroup_id)
               VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let bound = values![
        new.code.as_str(),
        new.name.as_str(),
        new.role.as_str(),
        new.organisation_id,
        new.subgroup_id
    ];
    sql::insert(write.reader(), "add a member", sql, bound).await
}

/// Replaces everything of the member with this number but their code.
pub async fn edit_member(write: &Write, id: i64, new: &NewMember) -> Result<()> {
    let sql = "UPDATE member SET name = $2, role = $3, organisation_id = $4, subgroup_id = $5 WHERE id = $1";
    let bound = values![id, new.name.as_str(), new.role.as_str(), new.organisation_id, new.subgroup_id];
    sql::run(write.reader(), "edit a member", sql, bound).await.map(|_| ())
}
