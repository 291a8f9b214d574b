//! Links with which somebody chooses their password.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// An invitation that is still open.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Invitation {
    /// Whose.
    pub account_id: i64,
    /// Until when, as ISO 8601 in UTC.
    pub expires_at: String,
}

/// Opens an invitation by the hash of its token; those that the account had are closed.
pub async fn invite(write: &Write, account_id: i64, token_hash: &str, expires_at: &str) -> Result<()> {
    close_invitations_of(write, account_id).await?;
    let sql = "INSERT INTO invitation (token_hash, account_id, expires_at) VALUES ($1, $2, $3)";
    let bound = values![token_hash, account_id, expires_at];
    sql::run(write.reader(), "invite somebody", sql, bound).await.map(|_| ())
}

/// The invitation of this token's hash, if it is open.
pub async fn invitation_by_token(db: &impl Reader, token_hash: &str) -> Result<Option<Invitation>> {
    let sql = "SELECT account_id, expires_at FROM invitation WHERE token_hash = $1";
    sql::one(db, "find an invitation", sql, values![token_hash]).await
}

/// Closes the invitations of an account.
pub async fn close_invitations_of(write: &Write, account_id: i64) -> Result<()> {
    let sql = "DELETE FROM invitation WHERE account_id = $1";
    sql::run(write.reader(), "close invitations", sql, values![account_id]).await.map(|_| ())
}
