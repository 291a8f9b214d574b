//! Proving again who one is, before what keeps others out is taken away: by the password, a code of the authenticator or a recovery
//! code. Whoever finds a browser that was left open has none of them.

use store::Write;
use store::accounts::{self, Account};

use super::password;
use super::sealed_secret;
use super::second_factor::{plain, step_of};
use super::sign_in::hash_of;
use crate::{Error, Moment, Result, Town};

impl Town {
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
