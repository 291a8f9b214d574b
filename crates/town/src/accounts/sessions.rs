//! One's own sessions and password.

use store::accounts;

use super::lifetime::{FRESH_MINUTES, has_ended};
use super::password;
use super::token::{ID_DIGITS, hash_of};
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// What it is called in a form; nobody can sign in with it.
    pub id: String,
    /// When it began.
    pub began: Moment,
    /// When it was last used, to the minute.
    pub last_used: Moment,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl Town {
    /// One's own sessions that have not ended, the last used first. `token` is that of the session that asks.
    pub async fn own_sessions(&self, actor: &Actor, token: &str, now: Moment) -> Result<Vec<OwnSession>> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let this = hash_of(token);
        let found = accounts::sessions_of(self.store().reader(), account.id).await?;
        let open = found
            .into_iter()
            .filter(|session| !session.needs_code && !has_ended(&session.created_at, &session.seen_at, now));
        Ok(open
            .map(|session| OwnSession {
                id: session.token_hash.chars().take(ID_DIGITS).collect(),
                began: session.created_at.parse().unwrap_or(now),
                last_used: session.seen_at.parse().unwrap_or(now),
                is_this: session.token_hash == this,
            })
            .collect())
    }

    /// Ends one of one's own sessions, by what [`OwnSession::id`] calls it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when one has no such session; [`Error::Unconfirmed`] when the session that asks, whose token this is, began
    /// more than ten minutes ago.
    pub async fn end_own_session(&self, actor: &Actor, token: &str, id: &str, now: Moment) -> Result<()> {
        actor.require(Permission::OwnAccount)?;
        self.require_confirmed(token, FRESH_MINUTES, now).await?;
        let account = self.account(actor.name()).await?;
        let found = accounts::sessions_of(self.store().reader(), account.id).await?;
        let session =
            found.into_iter().find(|session| id.len() == ID_DIGITS && session.token_hash.starts_with(id));
        let session = session.ok_or_else(|| Error::NotFound { what: "session", value: id.to_owned() })?;
        let write = self.store().write().await?;
        accounts::end_session(write.reader(), &session.token_hash).await?;
        self.note_own(write, actor, "end session").await
    }

    /// Ends every session of one's own but the one whose token this is.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`] when that one began more than ten minutes ago.
    pub async fn end_other_sessions(&self, actor: &Actor, token: &str, now: Moment) -> Result<()> {
        actor.require(Permission::OwnAccount)?;
        self.require_confirmed(token, FRESH_MINUTES, now).await?;
        let account = self.account(actor.name()).await?;
        let write = self.store().write().await?;
        end_others(&write, account.id, token).await?;
        self.note_own(write, actor, "end other sessions").await
    }

    /// Changes one's own password; every other session ends.
    ///
    /// # Errors
    /// [`Error::Refused`] when the old one is not right or the new one will not do.
    pub async fn change_own_password(&self, actor: &Actor, token: &str, old: &str, new: &str) -> Result<()> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        if !password::matches(old.to_owned(), account.password_hash).await? {
            return Err(Error::refused("old-password", "This is not your password"));
        }
        if let Some(refusal) = password::refused(new, &account.email, &account.name) {
            return Err(Error::Refused(vec![refusal]));
        }
        let hash = password::hash(new.to_owned()).await?;
        let write = self.store().write().await?;
        accounts::set_password_hash(&write, account.id, &hash).await?;
        accounts::close_invitations_of(&write, account.id).await?;
        end_others(&write, account.id, token).await?;
        self.note_own(write, actor, "change password").await
    }

    pub(super) async fn note_own(&self, write: store::Write, actor: &Actor, action: &str) -> Result<()> {
        let subject = format!("account {}", actor.name());
        Ok(write.commit_session(&crate::entry(actor, action, subject, serde_json::json!({}))).await?)
    }
}

async fn end_others(write: &store::Write, account: i64, token: &str) -> Result<()> {
    let this = hash_of(token);
    for session in accounts::sessions_of(write.reader(), account).await? {
        if session.token_hash != this {
            accounts::end_session(write.reader(), &session.token_hash).await?;
        }
    }
    Ok(())
}
