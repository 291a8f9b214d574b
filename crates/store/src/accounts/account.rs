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
    /// The secret of their second factor, if they have one, as the use cases keep it: sealed, or in base 32.
    pub totp_secret: Option<String>,
    /// The last period of which a code was taken.
    pub totp_last_step: Option<i64>,
    /// The member of the partnership that they are, if they are one.
    pub member_id: Option<i64>,
    /// Of a guest: their organisation.
    pub organisation_id: Option<i64>,
    /// How many passkeys they have.
    pub passkeys: i64,
}

impl Account {
    /// Whether they have a second factor: an authenticator or a passkey.
    pub fn has_second_factor(&self) -> bool {
        self.totp_secret.is_some() || self.passkeys > 0
    }
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

pub(super) const COLUMNS: &str =
    "id, email, name, role, password_hash, disabled_at, totp_secret, totp_last_step, member_id, organisation_id,
     (SELECT COUNT(*) FROM passkey WHERE passkey.account_id = account.id) AS passkeys";

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

/// Gives an account another role.
pub async fn set_role(write: &Write, id: i64, role: &str) -> Result<()> {
    let sql = "UPDATE account SET role = $2 WHERE id = $1";
    sql::run(write.reader(), "change a role", sql, values![id, role]).await.map(|_| ())
}

/// Says which member an account is and which organisation a guest is of.
pub async fn set_place(write: &Write, id: i64, member: Option<i64>, organisation: Option<i64>) -> Result<()> {
    let sql = "UPDATE account SET member_id = $2, organisation_id = $3 WHERE id = $1";
    sql::run(write.reader(), "place an account", sql, values![id, member, organisation]).await.map(|_| ())
}

/// Shuts an account at a moment, or opens it again.
pub async fn set_disabled(write: &Write, id: i64, at: Option<&str>) -> Result<()> {
    let sql = "UPDATE account SET disabled_at = $2 WHERE id = $1";
    sql::run(write.reader(), "shut an account", sql, values![id, at.map(str::to_owned)]).await.map(|_| ())
}

/// Gives an account a second factor, or takes it away.
pub async fn set_totp(write: &Write, id: i64, secret: Option<&str>) -> Result<()> {
    let sql = "UPDATE account SET totp_secret = $2, totp_last_step = NULL WHERE id = $1";
    let bound = values![id, secret.map(str::to_owned)];
    sql::run(write.reader(), "change a second factor", sql, bound).await.map(|_| ())
}

/// Keeps the secret of a second factor in another form.
pub async fn replace_totp_secret(write: &Write, id: i64, secret: &str) -> Result<()> {
    let sql = "UPDATE account SET totp_secret = $2 WHERE id = $1";
    sql::run(write.reader(), "seal a secret", sql, values![id, secret]).await.map(|_| ())
}

/// Takes the code of a period; `false` when one of that period or a later one was taken before.
pub async fn take_totp_step(write: &Write, id: i64, step: i64) -> Result<bool> {
    let sql = "UPDATE account SET totp_last_step = $2
               WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)";
    Ok(sql::run(write.reader(), "take a code", sql, values![id, step]).await? == 1)
}

/// Replaces an account's recovery codes by those with these hashes.
pub async fn set_recovery_codes(write: &Write, id: i64, hashes: &[String]) -> Result<()> {
    let db = write.reader();
    let sql = "DELETE FROM recovery_code WHERE account_id = $1";
    sql::run(db, "forget recovery codes", sql, values![id]).await?;
    for hash in hashes {
        let sql = "INSERT INTO recovery_code (code_hash, account_id) VALUES ($1, $2)";
        sql::run(db, "keep a recovery code", sql, values![hash.as_str(), id]).await?;
    }
    Ok(())
}

/// Takes a recovery code, which is then gone; `false` when the account has none of this hash.
pub async fn take_recovery_code(write: &Write, id: i64, hash: &str) -> Result<bool> {
    let sql = "DELETE FROM recovery_code WHERE account_id = $1 AND code_hash = $2";
    Ok(sql::run(write.reader(), "take a recovery code", sql, values![id, hash]).await? == 1)
}

/// How many recovery codes an account has left.
pub async fn recovery_codes_left(db: &impl Reader, id: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS count FROM recovery_code WHERE account_id = $1";
    sql::count(db, "count recovery codes", sql, values![id]).await
}
