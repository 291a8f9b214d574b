//! Passwords: Argon2id with the parameters that OWASP's Password Storage Cheat Sheet gives first (19 MiB, two passes,
//! one lane).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Error, Result};

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed { doing: "hashing a password", reason: error.to_string() }
}

/// The hash of a password, in PHC form, with a random salt.
pub(super) fn hash(password: &str) -> Result<String> {
    argon2()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failed)
}

/// Whether this is the password of the hash. Takes as long for a hash that cannot be read.
pub(super) fn matches(password: &str, hash: &str) -> Result<bool> {
    let argon2 = argon2()?;
    match PasswordHash::new(hash) {
        Ok(hash) => Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok()),
        Err(_) => {
            let _ = argon2.hash_password(password.as_bytes());
            Ok(false)
        }
    }
}
