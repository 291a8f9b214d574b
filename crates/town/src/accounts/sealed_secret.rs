//! The secrets of second factors, sealed with the keys of the register. One that was kept before het was given keys is sealed when it
//! is next used, or by `het keys rotate`; without keys it stays as it was, and `het doctor` says so.

use store::accounts;
use store::register::{Cell, Keys, open, seal};

use crate::{Actor, Error, Result, Town};

const MARK: &str = "sealed:";

/// The public name of the key that seals a kept secret; empty for one that none does.
pub(crate) fn key_of_secret(kept: &str) -> Option<String> {
    match kept.strip_prefix(MARK) {
        // One byte for the form, then the eight of the name.
        Some(sealed) => sealed.get(2..18).map(str::to_owned),
        None => Some(String::new()),
    }
}

fn row(account: i64) -> String {
    account.to_string()
}

/// A secret as it is kept.
pub(super) fn sealed(keys: Option<&Keys>, account: i64, secret: &str) -> Result<String> {
    let Some(keys) = keys else { return Ok(secret.to_owned()) };
    let row = row(account);
    let cell = Cell { table: "account", column: "totp_secret", row: &row };
    Ok(format!("{MARK}{}", hex::encode(seal(keys, cell, secret)?)))
}

/// The secret that is kept.
pub(super) fn opened(keys: Option<&Keys>, account: i64, kept: &str) -> Result<String> {
    let Some(sealed) = kept.strip_prefix(MARK) else { return Ok(kept.to_owned()) };
    let keys = keys.ok_or(Error::NoKeys)?;
    let bytes = hex::decode(sealed).map_err(|_| Error::Failed {
        doing: "opening the secret of a second factor",
        reason: "it is not as het keeps it".to_owned(),
    })?;
    let row = row(account);
    Ok(open(keys, Cell { table: "account", column: "totp_secret", row: &row }, &bytes)?)
}

impl Town {
    /// Whether a kept secret should be sealed anew: by nothing yet, or by an older key.
    pub(super) fn is_stale(&self, kept: &str) -> bool {
        self.keys.as_ref().is_some_and(|keys| key_of_secret(kept) != Some(keys.newest()))
    }

    /// Seals every secret with the newest key, and gives how many were not.
    pub(crate) async fn seal_secrets(&self, actor: &Actor) -> Result<u64> {
        let keys = self.keys()?;
        let write = self.store().write().await?;
        let mut done = 0;
        for account in accounts::accounts(write.reader()).await? {
            let Some(kept) = account.totp_secret.filter(|kept| self.is_stale(kept)) else { continue };
            let secret = opened(Some(keys), account.id, &kept)?;
            accounts::replace_totp_secret(&write, account.id, &sealed(Some(keys), account.id, &secret)?)
                .await?;
            done += 1;
        }
        if done == 0 {
            write.abandon().await?;
        } else {
            let detail = serde_json::json!({ "secrets": done, "key": keys.newest() });
            write.commit_session(&crate::entry(actor, "seal anew", "second factors", detail)).await?;
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sealed_for_its_account() {
        let keys = Keys::parse(&Keys::new_line().unwrap()).unwrap();
        let kept = sealed(Some(&keys), 7, "GEZDGNBV").unwrap();
        assert_eq!(key_of_secret(&kept), Some(keys.newest()));
        assert_eq!(key_of_secret("GEZDGNBV"), Some(String::new()));
        assert_eq!(opened(Some(&keys), 7, &kept).unwrap(), "GEZDGNBV");
        assert!(opened(Some(&keys), 8, &kept).is_err(), "moved to another account");
        assert!(matches!(opened(None, 7, &kept), Err(Error::NoKeys)));
        assert_eq!(sealed(None, 7, "GEZDGNBV").unwrap(), "GEZDGNBV");
        assert_eq!(opened(None, 7, "GEZDGNBV").unwrap(), "GEZDGNBV");
    }
}
