//! Programs that may ask.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A program that may ask.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Machine {
    /// What it is called.
    pub name: String,
    /// The code of its role in the policy.
    pub role: String,
    /// The codes of the permissions that its token was given, with spaces between.
    pub scopes: String,
    /// When its token ends, as ISO 8601 in UTC.
    pub expires_at: String,
    /// When its token was taken back, if it was.
    pub revoked_at: Option<String>,
}

const COLUMNS: &str = "name, role, scopes, expires_at, revoked_at";

/// Every machine, by name.
pub async fn machines(db: &impl Reader) -> Result<Vec<Machine>> {
    sql::all(db, "list machines", &format!("SELECT {COLUMNS} FROM machine ORDER BY name"), values![]).await
}

/// The machine of this token's hash, if there is one.
pub async fn machine_by_token(db: &impl Reader, token_hash: &str) -> Result<Option<Machine>> {
    let sql = format!("SELECT {COLUMNS} FROM machine WHERE token_hash = $1");
    sql::one(db, "find a machine", &sql, values![token_hash]).await
}

/// Adds a machine.
///
/// # Errors
/// [`Error::Taken`] when the name is in use.
pub async fn add_machine(write: &Write, new: &Machine, token_hash: &str, created_at: &str) -> Result<()> {
    if machines(write.reader()).await?.iter().any(|machine| machine.name == new.name) {
        return Err(Error::Taken { what: "a machine called", value: new.name.clone() });
    }
    let sql = "INSERT INTO machine (name, role, scopes, token_hash, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let bound = values![
        new.name.as_str(),
        new.role.as_str(),
        new.scopes.as_str(),
        token_hash,
        created_at,
        new.expires_at.as_str()
    ];
    sql::run(write.reader(), "add a machine", sql, bound).await.map(|_| ())
}

/// Takes a machine's token back; `false` when there is none of this name whose token still opens.
pub async fn revoke_machine(write: &Write, name: &str, at: &str) -> Result<bool> {
    let sql = "UPDATE machine SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL";
    Ok(sql::run(write.reader(), "take a token back", sql, values![name, at]).await? == 1)
}
