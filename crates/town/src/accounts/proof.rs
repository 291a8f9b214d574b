//! Proving again who one is, by the password, a code of the authenticator or a recovery code: each time before what keeps others out is
//! taken away, and in a session that began more than ten minutes ago before something is added to it or sessions are ended. Whoever finds a
//! browser that was left open has none of them.

use jiff::ToSpan;
use store::Write;
use store::accounts::{self, Account};

use super::lifetime::older;
use super::second_factor::{plain, step_of};
use super::sign_in::Beginning;
use super::token::hash_of;
use super::{Started, password, sealed_secret};
use crate::{Actor, Error, Moment, Permission, Result, Town};

impl Town {
    /// Confirms who one is: a new session takes the place of the one whose token this is, with a new token, and the forms of the old one
    /// stay good.
    ///
    /// # Errors
    /// [`Error::Refused`] on the field `proof` when it is neither one's password nor a code that is good now.
    pub async fn confirm(&self, actor: &Actor, token: &str, proof: &str, now: Moment) -> Result<Started> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let is_password = self.is_password(&account, proof).await?;
        let write = self.store().write().await?;
        let old = accounts::session_by_token(write.reader(), &hash_of(token)).await?;
        let Some(old) = old.filter(|old| old.account_id == account.id && !old.needs_code) else {
            return Err(Error::NotFound { what: "session", value: super::session_id(token) });
        };
        self.prove(&write, &account, proof, is_password, now).await?;
        accounts::end_session(write.reader(), &old.token_hash).await?;
        let how = Beginning {
            vouched: old.vouched,
            action: "confirm who one is",
            form_token: Some(old.form_token),
            ..Beginning::default()
        };
        self.start(write, &account, how, now).await
    }

    /// Refuses in a session that began more than so many minutes ago.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`].
    pub(super) async fn require_confirmed(&self, token: &str, minutes: i64, now: Moment) -> Result<()> {
        let session = accounts::session_by_token(self.store().reader(), &hash_of(token)).await?;
        let is_fresh = |session: accounts::Session| !older(&session.created_at, minutes.minutes(), now);
        if session.is_some_and(is_fresh) { Ok(()) } else { Err(Error::Unconfirmed) }
    }

    /// Refuses unless `proof` is the account's password, a code of its authenticator that was not taken before, or one of its recovery
    /// codes, which is then gone with the change that it was given for.
    ///
    /// # Errors
    /// [`Error::Refused`] on the field `proof`.
    pub(super) async fn prove(
        &self,
        write: &Write,
        account: &Account,
        proof: &str,
        is_password: bool,
        now: Moment,
    ) -> Result<()> {
        if is_password {
            return Ok(());
        }
        if let Some(kept) = &account.totp_secret {
            let secret = sealed_secret::opened(self.keys.as_ref(), account.id, kept)?;
            if let Some(step) = step_of(&secret, proof, now)?
                && accounts::take_totp_step(write, account.id, step).await?
            {
                return Ok(());
            }
        }
        if accounts::take_recovery_code(write, account.id, &hash_of(&plain(proof))).await? {
            return Ok(());
        }
        Err(Error::refused("proof", "This is neither your password nor a code that is good now"))
    }

    /// Whether `proof` is the account's password: asked before a transaction begins, because it takes its time.
    pub(super) async fn is_password(&self, account: &Account, proof: &str) -> Result<bool> {
        password::matches(proof.to_owned(), account.password_hash.clone()).await
    }

    /// Refuses to leave somebody without a second factor whose role must have one.
    ///
    /// # Errors
    /// [`Error::Refused`] on the field `proof`.
    pub(super) async fn keeps_one(&self, account: &Account, left: i64) -> Result<()> {
        let required = self.settings().await?.second_factor_for;
        if left == 0 && required.iter().any(|role| role.code() == account.role) {
            let words = "Your town asks a second factor of your role: add another one first";
            return Err(Error::refused("proof", words));
        }
        Ok(())
    }
}
