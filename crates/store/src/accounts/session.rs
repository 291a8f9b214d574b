//! Sessions. They are not part of the audited data: starting one is logged by the use case, being seen is not.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Session {
    /// The SHA-256 of the token that the browser holds, in hexadecimal.
    pub token_hash: String,
    /// Whose.
    pub account_id: i64,
    /// What every form of this session must carry.
    pub form_token: String,
    /// When it began, as ISO 8601 in UTC.
    pub created_at: String,
    /// When it was last used.
    pub seen_at: String,
    /// Whether the second factor is still to come: until then nobody is signed in by it.
    pub needs_code: bool,
    /// How many wrong codes were given.
    pub wrong_codes: i64,
    /// Whether a provider said that a second factor was given to it.
    pub vouched: bool,
}

const COLUMNS: &str =
    "token_hash, account_id, form_token, created_at, seen_at, needs_code, wrong_codes, vouched";

/// Starts a session.
pub async fn start_session(db: &impl Reader, session: &Session) -> Result<()> {
    let sql =
        "INSERT INTO session (token_hash, account_id, form_token, created_at, seen_at, needs_code, vouched)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let bound = values![
        session.token_hash.as_str(),
        session.account_id,
        session.form_token.as_str(),
        session.created_at.as_str(),
        session.seen_at.as_str(),
        session.needs_code,
        session.vouched
    ];
    sql::run(db, "start a session", sql, bound).await.map(|_| ())
}

/// The session of this token's hash, if it is there.
pub async fn session_by_token(db: &impl Reader, token_hash: &str) -> Result<Option<Session>> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE token_hash = $1");
    sql::one(db, "find a session", &sql, values![token_hash]).await
}

/// A session with whoever holds it.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct HeldSession {
    /// The address they sign in with.
    pub email: String,
    /// What they are called on screen.
    pub name: String,
    /// The code of their role in the policy.
    pub role: String,
    /// When their account was shut, if it was.
    pub disabled_at: Option<String>,
    /// The member of the partnership that they are.
    pub member_id: Option<i64>,
    /// The subgroup on which that member sits.
    pub subgroup_id: Option<i64>,
    /// Their organisation: that of their account, else the member's.
    pub organisation_id: Option<i64>,
    /// What every form of this session must carry.
    pub form_token: String,
    /// When it began, as ISO 8601 in UTC.
    pub created_at: String,
    /// When it was last used.
    pub seen_at: String,
    /// Whether the second factor is still to come: until then nobody is signed in by it.
    pub needs_code: bool,
    /// Whether their account has a second factor, or a provider said that one was given to it.
    pub has_second_factor: bool,
}

/// The session of this token's hash and who holds it, in one question: every request asks it.
pub async fn held_session(db: &impl Reader, token_hash: &str) -> Result<Option<HeldSession>> {
    let sql = "SELECT a.email, a.name, a.role, a.disabled_at, a.member_id, m.subgroup_id,
                      COALESCE(a.organisation_id, m.organisation_id) AS organisation_id,
                      s.form_token, s.created_at, s.seen_at, s.needs_code,
                      (s.vouched OR a.totp_secret IS NOT NULL
                       OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id)) AS has_second_factor
               FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN member m ON m.id = a.member_id
               WHERE s.token_hash = $1";
    sql::one(db, "find who is signed in", sql, values![token_hash]).await
}

/// Notes that a session was used.
pub async fn touch_session(db: &impl Reader, token_hash: &str, seen_at: &str) -> Result<()> {
    let sql = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
    sql::run(db, "keep a session", sql, values![token_hash, seen_at]).await.map(|_| ())
}

/// Ends one session.
pub async fn end_session(db: &impl Reader, token_hash: &str) -> Result<()> {
    sql::run(db, "end a session", "DELETE FROM session WHERE token_hash = $1", values![token_hash])
        .await
        .map(|_| ())
}

/// Ends every session of an account.
pub async fn end_sessions_of(db: &impl Reader, account_id: i64) -> Result<()> {
    sql::run(db, "end sessions", "DELETE FROM session WHERE account_id = $1", values![account_id])
        .await
        .map(|_| ())
}

/// Ends the sessions last seen before one moment or begun before another.
pub async fn end_stale_sessions(db: &impl Reader, seen_before: &str, begun_before: &str) -> Result<u64> {
    let sql = "DELETE FROM session WHERE seen_at < $1 OR created_at < $2";
    sql::run(db, "end stale sessions", sql, values![seen_before, begun_before]).await
}

/// Ends every session of everybody.
pub async fn end_all_sessions(write: &Write) -> Result<u64> {
    sql::run(write.reader(), "end sessions", "DELETE FROM session", values![]).await
}

/// The sessions of an account, the last used first.
pub async fn sessions_of(db: &impl Reader, account_id: i64) -> Result<Vec<Session>> {
    let sql =
        format!("SELECT {COLUMNS} FROM session WHERE account_id = $1 ORDER BY seen_at DESC, token_hash");
    sql::all(db, "list sessions", &sql, values![account_id]).await
}

/// Counts a wrong code.
pub async fn count_wrong_code(db: &impl Reader, token_hash: &str) -> Result<()> {
    let sql = "UPDATE session SET wrong_codes = wrong_codes + 1 WHERE token_hash = $1";
    sql::run(db, "count a wrong code", sql, values![token_hash]).await.map(|_| ())
}

/// Keeps what a passkey is asked in a session; what it was asked before is forgotten.
pub async fn begin_ceremony(db: &impl Reader, token_hash: &str, ceremony: &str) -> Result<()> {
    let sql = "UPDATE session SET ceremony = $2 WHERE token_hash = $1";
    sql::run(db, "ask a passkey", sql, values![token_hash, ceremony]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct Ceremony {
    ceremony: Option<String>,
}

/// Takes what a passkey was asked in a session, which is then forgotten: nobody answers it twice.
pub async fn take_ceremony(db: &impl Reader, token_hash: &str) -> Result<Option<String>> {
    let sql = "SELECT ceremony FROM session WHERE token_hash = $1";
    let row: Option<Ceremony> =
        sql::one(db, "find what a passkey was asked", sql, values![token_hash]).await?;
    let Some(ceremony) = row.and_then(|row| row.ceremony) else { return Ok(None) };
    let sql = "UPDATE session SET ceremony = NULL WHERE token_hash = $1 AND ceremony = $2";
    let bound = values![token_hash, ceremony.as_str()];
    let taken = sql::run(db, "forget what a passkey was asked", sql, bound).await? == 1;
    Ok(taken.then_some(ceremony))
}
