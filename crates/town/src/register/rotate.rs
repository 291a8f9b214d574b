//! Sealing everything with the newest key.

use store::accounts;
use store::register;

use crate::{Actor, Permission, Result, Town};

/// How much a key seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The public name of the key.
    pub key: String,
    /// Rows of the register.
    pub rows: i64,
    /// Secrets of second factors.
    pub secrets: i64,
    /// Whether het was given it.
    pub is_here: bool,
    /// Whether it is the newest, which seals.
    pub seals: bool,
}

/// How many rows are sealed anew in one transaction: if it is stopped in between, the next run goes on.
const AT_ONCE: u32 = 200;

impl Town {
    /// What each key seals: those that het was given, and others that were met.
    pub async fn key_uses(&self, actor: &Actor) -> Result<Vec<KeyUse>> {
        actor.require(Permission::Maintain)?;
        self.uses_of_keys().await
    }

    pub(crate) async fn uses_of_keys(&self) -> Result<Vec<KeyUse>> {
        let given = self.keys.as_ref().map(register::Keys::names).unwrap_or_default();
        let mut uses: Vec<KeyUse> = given
            .iter()
            .enumerate()
            .map(|(place, key)| KeyUse {
                key: key.clone(),
                rows: 0,
                secrets: 0,
                is_here: true,
                seals: place == 0,
            })
            .collect();
        let mut used = |key: &str, rows: i64, secrets: i64| {
            let place = uses.iter().position(|one| one.key == key).unwrap_or_else(|| {
                uses.push(KeyUse { key: key.to_owned(), rows: 0, secrets: 0, is_here: false, seals: false });
                uses.len() - 1
            });
            uses[place].rows += rows;
            uses[place].secrets += secrets;
        };
        for sealed in register::sealed_by_key(self.register().reader()).await? {
            used(&sealed.key, sealed.rows, 0);
        }
        for account in accounts::accounts(self.store().reader()).await? {
            if let Some(key) = account.totp_secret.as_deref().and_then(crate::accounts::key_of_secret) {
                used(&key, 0, 1);
            }
        }
        Ok(uses)
    }

    /// Seals anew, with the newest key, everything that an older one seals, and secrets of second factors that none does yet. `see` is told how
    /// many rows are done. Gives how many rows and secrets they were.
    ///
    /// # Errors
    /// [`crate::Error::NoKeys`]; [`crate::Error::Store`] when an older key is not there.
    pub async fn rotate_keys(&self, actor: &Actor, mut see: impl FnMut(u64)) -> Result<(u64, u64)> {
        actor.require(Permission::KeepRegister)?;
        let keys = self.keys()?;
        let mut rows = 0;
        loop {
            let write = self.register().write().await?;
            let done = register::seal_anew(&write, keys, AT_ONCE).await?;
            if done == 0 {
                write.abandon().await?;
                break;
            }
            let detail = serde_json::json!({ "rows": done, "key": keys.newest() });
            self.commit_register(write, actor, "seal anew", "register", detail).await?;
            rows += done;
            see(rows);
        }
        let secrets = self.seal_secrets(actor).await?;
        Ok((rows, secrets))
    }
}
