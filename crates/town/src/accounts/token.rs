//! Secrets that are given out, and what is kept of them.

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// As many random bytes as asked for, in hexadecimal.
pub(crate) fn random_token(bytes: usize) -> Result<String> {
    let mut bytes = vec![0; bytes];
    let filled = OsRng.try_fill_bytes(&mut bytes);
    filled.map_err(|error| Error::Failed { doing: "making a random token", reason: error.to_string() })?;
    Ok(hex::encode(bytes))
}

/// What is kept of a secret that was given out.
pub(super) fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// So many digits of the hash of its token name a session among those of one account.
pub(super) const ID_DIGITS: usize = 16;

/// What a session is called in a form, in the log and in the audit entry of its beginning, by its token; nobody can sign in with it,
/// and only the database leads from it to a person.
pub fn session_id(token: &str) -> String {
    hash_of(token).chars().take(ID_DIGITS).collect()
}
