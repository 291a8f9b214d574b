//! Passwords: Argon2id with the parameters that OWASP's Password Storage Cheat Sheet gives first (19 MiB, two passes,
//! one lane). Which ones will do is by NIST SP 800-63B: length, and not a common one; no rules about kinds of letters.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::common_passwords;
use crate::error::Refusal;
use crate::{Error, Result};

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed { doing: "hashing a password", reason: error.to_string() }
}

/// What is wrong with a password for somebody of this address and name.
pub(super) fn refused(password: &str, email: &str, name: &str) -> Option<Refusal> {
    let words = if !(12..=128).contains(&password.chars().count()) {
        "Choose a password of 12 to 128 characters"
    } else if common_passwords::is_easily_guessed(password, &[email, name]) {
        "This password is easily guessed: three words that have nothing to do with each other make a better one"
    } else {
        return None;
    };
    Some(Refusal { field: "password".into(), words: words.into() })
}

/// The hash of a password, in PHC form, with a random salt.
pub(super) async fn hash(password: String) -> Result<String> {
    let hashing = tokio::task::spawn_blocking(move || {
        argon2()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failed)
    });
    hashing.await.map_err(failed)?
}

/// Whether this is the password of the hash. Takes as long for a hash that cannot be read.
pub(super) async fn matches(password: String, hash: String) -> Result<bool> {
    let checking = tokio::task::spawn_blocking(move || {
        let argon2 = argon2()?;
        match PasswordHash::new(&hash) {
            Ok(hash) => Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok()),
            Err(_) => {
                let _ = argon2.hash_password(password.as_bytes());
                Ok(false)
            }
        }
    });
    checking.await.map_err(failed)?
}
