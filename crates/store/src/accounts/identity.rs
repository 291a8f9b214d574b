//! Who at a provider is which account, and browsers on their way to one.

use sea_orm::FromQueryResult;

use super::Account;
use super::account::COLUMNS;
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// The account of somebody at a provider, if it is known.
pub async fn account_by_identity(db: &impl Reader, issuer: &str, subject: &str) -> Result<Option<Account>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM account
         WHERE id = (SELECT account_id FROM identity WHERE issuer = $1 AND subject = $2)"
    );
    sql::one(db, "find an account", &sql, values![issuer, subject]).await
}

/// Notes that somebody at a provider is this account.
pub async fn link_identity(
    write: &Write,
    account_id: i64,
    issuer: &str,
    subject: &str,
    at: &str,
) -> Result<()> {
    let sql = "INSERT INTO identity (issuer, subject, account_id, linked_at) VALUES ($1, $2, $3, $4)";
    let bound = values![issuer, subject, account_id, at];
    sql::run(write.reader(), "link an account", sql, bound).await.map(|_| ())
}

/// Whether an account is linked to somebody of this provider.
pub async fn is_linked(db: &impl Reader, account_id: i64, issuer: &str) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS count FROM identity WHERE account_id = $1 AND issuer = $2";
    Ok(sql::count(db, "look for a link", sql, values![account_id, issuer]).await? > 0)
}

/// Forgets whom an account is at any provider.
pub async fn unlink_identities_of(write: &Write, account_id: i64) -> Result<()> {
    let sql = "DELETE FROM identity WHERE account_id = $1";
    sql::run(write.reader(), "unlink an account", sql, values![account_id]).await.map(|_| ())
}

/// A browser that was sent to a provider.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct ProviderVisit {
    /// The SHA-256 of the state that comes back, in hexadecimal.
    pub state_hash: String,
    /// The SHA-256 of what the browser holds.
    pub browser_hash: String,
    /// The provider's code.
    pub provider: String,
    /// What the token must repeat.
    pub nonce: String,
    /// What proves that whoever asked for the code now gives it back (RFC 7636).
    pub verifier: String,
    /// The page to go to afterwards.
    pub goes_to: String,
    /// When it was sent, as ISO 8601 in UTC.
    pub created_at: String,
}

/// Notes that a browser was sent to a provider; those sent before a moment are forgotten.
pub async fn send_to_provider(db: &impl Reader, visit: &ProviderVisit, forget_before: &str) -> Result<()> {
    let sql = "DELETE FROM provider_visit WHERE created_at < $1";
    sql::run(db, "forget who was sent", sql, values![forget_before]).await?;
    let sql = "INSERT INTO provider_visit
               (state_hash, browser_hash, provider, nonce, verifier, goes_to, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let bound = values![
        visit.state_hash.as_str(),
        visit.browser_hash.as_str(),
        visit.provider.as_str(),
        visit.nonce.as_str(),
        visit.verifier.as_str(),
        visit.goes_to.as_str(),
        visit.created_at.as_str()
    ];
    sql::run(db, "note who was sent", sql, bound).await.map(|_| ())
}

/// Takes the browser that comes back with this state, which is then gone: nobody comes back twice.
pub async fn take_provider_visit(db: &impl Reader, state_hash: &str) -> Result<Option<ProviderVisit>> {
    let sql = "DELETE FROM provider_visit WHERE state_hash = $1
               RETURNING state_hash, browser_hash, provider, nonce, verifier, goes_to, created_at";
    sql::one(db, "find who was sent", sql, values![state_hash]).await
}
