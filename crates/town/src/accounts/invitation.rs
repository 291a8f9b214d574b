//! Invitations: a link with which somebody chooses their password, the first or, when it was forgotten, a new one.

use jiff::ToSpan;
use store::accounts::{self, Account};

use super::lifetime::older;
use super::password;
use super::sign_in::actor_of;
use super::token::{hash_of, random_token};
use crate::{Actor, Error, Moment, Permission, Result, Role, Town};

/// How long a link opens.
const HOURS: i64 = 72;

/// Somebody who was invited.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their address.
    pub email: String,
    /// What they are called on screen.
    pub name: String,
}

/// What is taken away when somebody cannot sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// The password alone: it was forgotten.
    Password,
    /// Second factors and the link to a provider too: they were lost.
    PasswordAndFactors,
}

impl Town {
    /// Adds an account without a password and gives the secret of the link with which its owner chooses one. It is kept nowhere.
    ///
    /// # Errors
    /// [`Error::Refused`] when the address, name or role will not do, or the address is taken.
    pub async fn invite_user(
        &self,
        actor: &Actor,
        email: &str,
        name: &str,
        role: Role,
        now: Moment,
    ) -> Result<String> {
        actor.require(Permission::Administer)?;
        let (email, name) = (email.trim().to_lowercase(), name.trim());
        let refusals = super::add::who_refused(&email, name, role);
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let write = self.store().write().await?;
        let created_at = now.to_string();
        let new = accounts::NewAccount {
            email: &email,
            name,
            role: role.code(),
            password_hash: "",
            created_at: &created_at,
        };
        let id = accounts::add_account(&write, new).await?;
        let token = open_link(&write, id, now).await?;
        let detail = serde_json::json!({ "role": role.code() });
        self.commit(write, actor, "invite", format!("account {email}"), detail).await?;
        Ok(token)
    }

    /// Takes an account's password and sessions away, and what else `what` says, and gives the secret of the link with which its owner
    /// chooses a new password. A password that was forgotten gets nobody around the second factor.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn reset_user(&self, actor: &Actor, email: &str, what: Reset, now: Moment) -> Result<String> {
        actor.require(Permission::Administer)?;
        let account = self.account(email).await?;
        let write = self.store().write().await?;
        accounts::set_password_hash(&write, account.id, "").await?;
        if what == Reset::PasswordAndFactors {
            accounts::set_totp(&write, account.id, None).await?;
            accounts::set_recovery_codes(&write, account.id, &[]).await?;
            accounts::remove_passkeys_of(&write, account.id).await?;
            accounts::unlink_identities_of(&write, account.id).await?;
        }
        accounts::end_sessions_of(write.reader(), account.id).await?;
        let token = open_link(&write, account.id, now).await?;
        let detail = serde_json::json!({ "second_factors": what == Reset::PasswordAndFactors });
        self.commit(write, actor, "reset", format!("account {}", account.email), detail).await?;
        Ok(token)
    }

    /// Whose link this is, while it opens.
    pub async fn invited(&self, token: &str, now: Moment) -> Result<Option<Invited>> {
        let account = self.invited_account(token, now).await?;
        Ok(account.map(|account| Invited { email: account.email, name: account.name }))
    }

    /// Sets the password that an invited person chose; the link is closed, and whoever was signed in to the account is not any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link does not open (any more); [`Error::Refused`] when the password will not do.
    pub async fn accept_invitation(&self, token: &str, password: &str, now: Moment) -> Result<()> {
        let gone = || Error::NotFound { what: "invitation", value: "with this link".to_owned() };
        let account = self.invited_account(token, now).await?.ok_or_else(gone)?;
        if let Some(refusal) = password::refused(password, &account.email, &account.name) {
            return Err(Error::Refused(vec![refusal]));
        }
        let hash = password::hash(password.to_owned()).await?;
        let write = self.store().write().await?;
        // Asked again inside the change: of two who use the link at once, one does.
        if accounts::invitation_by_token(write.reader(), &hash_of(token)).await?.is_none() {
            return Err(gone());
        }
        accounts::close_invitations_of(&write, account.id).await?;
        accounts::set_password_hash(&write, account.id, &hash).await?;
        accounts::end_sessions_of(write.reader(), account.id).await?;
        self.commit(
            write,
            &actor_of(&account),
            "choose password",
            format!("account {}", account.email),
            serde_json::json!({}),
        )
        .await
    }

    async fn invited_account(&self, token: &str, now: Moment) -> Result<Option<Account>> {
        let db = self.store().reader();
        let Some(invitation) = accounts::invitation_by_token(db, &hash_of(token)).await? else {
            return Ok(None);
        };
        if older(&invitation.expires_at, 0.seconds(), now) {
            return Ok(None);
        }
        let account = accounts::account_by_id(db, invitation.account_id).await?;
        Ok(account.filter(|account| account.disabled_at.is_none()))
    }
}

async fn open_link(write: &store::Write, account: i64, now: Moment) -> Result<String> {
    let token = random_token(32)?;
    let expires_at = now.checked_add(HOURS.hours()).unwrap_or(now).to_string();
    accounts::invite(write, account, &hash_of(&token), &expires_at).await?;
    Ok(token)
}
