//! Passkeys: what is kept of an authenticator that signs for an account.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Passkey {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// What the authenticator calls it, in base 64 for addresses.
    pub credential_id: String,
    /// What its owner calls it.
    pub name: String,
    /// The public key and the counter of signatures, as JSON.
    pub credential: String,
    /// When it was added, as ISO 8601 in UTC.
    pub created_at: String,
    /// When it last signed in.
    pub used_at: Option<String>,
}

/// A passkey about to be kept.
pub struct NewPasskey<'a> {
    /// Whose.
    pub account_id: i64,
    /// What the authenticator calls it.
    pub credential_id: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
    /// The public key and the counter of signatures, as JSON.
    pub credential: &'a str,
    /// When, as ISO 8601 in UTC.
    pub created_at: &'a str,
}

const COLUMNS: &str = "id, account_id, credential_id, name, credential, created_at, used_at";

/// The passkeys of an account, the oldest first.
pub async fn passkeys_of(db: &impl Reader, account_id: i64) -> Result<Vec<Passkey>> {
    let sql = format!("SELECT {COLUMNS} FROM passkey WHERE account_id = $1 ORDER BY id");
    sql::all(db, "list passkeys", &sql, values![account_id]).await
}

/// Keeps a passkey.
///
/// # Errors
/// [`Error::Taken`] when this credential is kept already, for whomever.
pub async fn add_passkey(write: &Write, new: NewPasskey<'_>) -> Result<()> {
    let sql = "SELECT COUNT(*) AS count FROM passkey WHERE credential_id = $1";
    if sql::count(write.reader(), "look for a passkey", sql, values![new.credential_id]).await? > 0 {
        return Err(Error::Taken { what: "a passkey like", value: new.name.to_owned() });
    }
    let sql = "INSERT INTO passkey (account_id, credential_id, name, credential, created_at)
               VALUES ($1, $2, $3, $4, $5)";
    let bound = values![new.account_id, new.credential_id, new.name, new.credential, new.created_at];
    sql::run(write.reader(), "keep a passkey", sql, bound).await.map(|_| ())
}

/// Notes that a passkey signed, if it is still as it was read; `false` when another answer of it was quicker.
pub async fn use_passkey(write: &Write, passkey: &Passkey, credential: &str, used_at: &str) -> Result<bool> {
    let sql = "UPDATE passkey SET credential = $3, used_at = $4 WHERE id = $1 AND credential = $2";
    let bound = values![passkey.id, passkey.credential.as_str(), credential, used_at];
    Ok(sql::run(write.reader(), "use a passkey", sql, bound).await? == 1)
}

/// Removes a passkey of an account; `false` when it has none of this number.
pub async fn remove_passkey(write: &Write, account_id: i64, id: i64) -> Result<bool> {
    let sql = "DELETE FROM passkey WHERE account_id = $1 AND id = $2";
    Ok(sql::run(write.reader(), "remove a passkey", sql, values![account_id, id]).await? == 1)
}

/// Removes every passkey of an account.
pub async fn remove_passkeys_of(write: &Write, account_id: i64) -> Result<()> {
    let sql = "DELETE FROM passkey WHERE account_id = $1";
    sql::run(write.reader(), "remove passkeys", sql, values![account_id]).await.map(|_| ())
}
