//! Accounts.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The address they sign in with, in lower case.
    pub email: String,
    /// What they are called on screen.
    pub name: String,
    /// The code of their role in the policy.
    pub role: String,
    /// The Argon2id hash of their password, in PHC form.
    pub password_hash: String,
    /// When it was shut, if it was.
    pub disabled_at: Option<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// An account about to be made.
pub struct NewAccount<'a> {
    /// The address they sign in with, in lower case.
    pub email: &'a str,
    /// What they are called on screen.
    pub name: &'a str,
    /// The code of their role in the policy.
    pub role: &'a str,
    /// The Argon2id hash of their password, in PHC form.
    pub password_hash: &'a str,
    /// When, as ISO 8601 in UTC.
    pub created_at: &'a str,
}

const COLUMNS: &str = "id, email, name, role, password_hash, disabled_at";

/// Everybody who can sign in, by name.
pub async fn accounts(db: &impl Reader) -> Result<Vec<Account>> {
    sql::all(db, "list accounts", &format!("SELECT {COLUMNS} FROM account ORDER BY name"), values![]).await
}

/// The account with this email, if there is one.
pub async fn account_by_email(db: &impl Reader, email: &str) -> Result<Option<Account>> {
    sql::one(
        db,
        "find an account",
        &format!("SELECT {COLUMNS} FROM account WHERE email = $1"),
        values![email],
    )
    .await
}

/// The account with this number, if there is one.
pub async fn account_by_id(db: &impl Reader, id: i64) -> Result<Option<Account>> {
    sql::one(db, "find an account", &format!("SELECT {COLUMNS} FROM account WHERE id = $1"), values![id])
        .await
}

/// Makes an account and gives its number.
///
/// # Errors
/// [`Error::Taken`] when the email is in use.
pub async fn add_account(write: &Write, new: NewAccount<'_>) -> Result<i64> {
    if account_by_email(write.reader(), new.email).await?.is_some() {
        return Err(Error::Taken { what: "an account with the email", value: new.email.to_owned() });
    }
    let sql = "INSERT INTO account (email, name, role, password_hash, created_at)
               VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let bound = values![new.email, new.name, new.role, new.password_hash, new.created_at];
    sql::insert(write.reader(), "add an account", sql, bound).await
}

/// Replaces an account's password.
pub async fn set_password_hash(write: &Write, id: i64, password_hash: &str) -> Result<()> {
    let sql = "UPDATE account SET password_hash = $2 WHERE id = $1";
    sql::run(write.reader(), "change a password", sql, values![id, password_hash]).await.map(|_| ())
}
