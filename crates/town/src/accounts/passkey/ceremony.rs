//! What a passkey is asked, and whether its answer is one (W3C Web Authentication, level 3, section 7), by the crate `webauthn-rs`: type,
//! challenge, origin, relying party, presence, signature, and the counter of signatures, which may not stand still or go back. That an
//! answer from a page inside another's is refused is ours: the crate looks at it when a passkey is added and not when it signs. Authenticators need not say who made them (attestation "none").

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use webauthn_rs::prelude::{
    PublicKeyCredential, RegisterPublicKeyCredential, SecurityKey, SecurityKeyAuthentication,
    SecurityKeyRegistration, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::super::Site;
use crate::{Error, Result};

/// A question that waits for its answer, as the session keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct Asked<T> {
    /// What for: an answer of the one kind is none of the other.
    kind: Kind,
    /// When, as ISO 8601 in UTC.
    pub(super) at: String,
    state: T,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, Clone, Copy)]
enum Kind {
    Add,
    Sign,
}

/// What the browser is asked, and what is kept of it until it answers.
pub(super) struct Question {
    pub(super) options: String,
    pub(super) kept: String,
}

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The counter of signatures stood still or went back: there may be a copy of the passkey.
    Counter,
    /// Anything else.
    Answer,
}

/// A passkey that was just made.
pub(super) struct Made {
    /// What the authenticator calls it, in hexadecimal.
    pub(super) id: String,
    /// What is kept of it.
    pub(super) credential: String,
}

/// Whose passkey is to be made.
pub(super) struct Owner<'a> {
    pub(super) account: i64,
    pub(super) email: &'a str,
    pub(super) name: &'a str,
}

/// Asks for a new passkey, which is none of those that the account has.
pub(super) fn ask_to_add(
    site: &Site,
    owner: Owner<'_>,
    kept: &[SecurityKey],
    at: String,
) -> Result<Question> {
    let others = kept.iter().map(|one| one.cred_id().clone()).collect();
    let (options, state) = webauthn(site)?
        .start_securitykey_registration(
            handle(site, owner.account),
            owner.email,
            owner.name,
            Some(others),
            None,
            None,
        )
        .map_err(failed)?;
    question(&options, Asked { kind: Kind::Add, at, state })
}

/// Asks one of these passkeys to sign.
pub(super) fn ask_to_sign(site: &Site, kept: &[SecurityKey], at: String) -> Result<Question> {
    let (options, state) = webauthn(site)?.start_securitykey_authentication(kept).map_err(failed)?;
    question(&options, Asked { kind: Kind::Sign, at, state })
}

/// The passkey that was made, when the answer fits what was asked.
pub(super) fn added(site: &Site, asked: &str, answer: &str) -> Result<std::result::Result<Made, Wrong>> {
    let Some(asked) = read::<SecurityKeyRegistration>(asked, Kind::Add) else {
        return Ok(Err(Wrong::Answer));
    };
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else {
        return Ok(Err(Wrong::Answer));
    };
    if is_framed(&answer.response.client_data_json) {
        return Ok(Err(Wrong::Answer));
    }
    Ok(match webauthn(site)?.finish_securitykey_registration(&answer, &asked.state) {
        Ok(made) => Ok(Made { id: hex::encode(made.cred_id().as_slice()), credential: written(&made)? }),
        Err(_) => Err(Wrong::Answer),
    })
}

/// Which of these passkeys signed, as its place among them and as it is to be kept from now on, when the answer fits what was asked.
pub(super) fn signed(
    site: &Site,
    asked: &str,
    answer: &str,
    kept: &[SecurityKey],
) -> Result<std::result::Result<(usize, String), Wrong>> {
    let Some(asked) = read::<SecurityKeyAuthentication>(asked, Kind::Sign) else {
        return Ok(Err(Wrong::Answer));
    };
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
        return Ok(Err(Wrong::Answer));
    };
    if is_framed(&answer.response.client_data_json) {
        return Ok(Err(Wrong::Answer));
    }
    let proved = match webauthn(site)?.finish_securitykey_authentication(&answer, &asked.state) {
        Ok(proved) => proved,
        Err(WebauthnError::CredentialPossibleCompromise) => return Ok(Err(Wrong::Counter)),
        Err(_) => return Ok(Err(Wrong::Answer)),
    };
    // One that was removed since it was asked is none any more.
    let Some(place) = kept.iter().position(|one| one.cred_id() == proved.cred_id()) else {
        return Ok(Err(Wrong::Answer));
    };
    let mut key = kept[place].clone();
    // What was asked knows the counter of then; another session may have seen a higher one since.
    let counter = serde_json::to_value(&key).ok().and_then(|key| key["cred"]["counter"].as_u64());
    if counter.is_none_or(|counter| counter > 0 && u64::from(proved.counter()) <= counter) {
        return Ok(Err(Wrong::Counter));
    }
    key.update_credential(&proved);
    Ok(Ok((place, written(&key)?)))
}

/// Whether an answer was given on a page inside another site's. What cannot be read counts as such.
fn is_framed(client_data: &[u8]) -> bool {
    let Ok(said) = serde_json::from_slice::<Value>(client_data) else { return true };
    said.get("topOrigin").is_some()
        || said.get("crossOrigin").is_some_and(|crossed| crossed != &Value::Bool(false))
}

/// When something was asked, if it can be read.
pub(super) fn asked_at(asked: &str) -> Option<String> {
    serde_json::from_str::<Asked<Value>>(asked).ok().map(|asked| asked.at)
}

/// A passkey as it is kept.
pub(super) fn read_kept(kept: &str) -> Option<SecurityKey> {
    serde_json::from_str(kept).ok()
}

fn read<T: DeserializeOwned>(asked: &str, kind: Kind) -> Option<Asked<T>> {
    serde_json::from_str::<Asked<T>>(asked).ok().filter(|asked| asked.kind == kind)
}

fn question(options: &impl Serialize, asked: Asked<impl Serialize>) -> Result<Question> {
    let mut options = serde_json::to_value(options).map_err(failed)?;
    let mut options = options.get_mut("publicKey").map(Value::take).unwrap_or_default();
    // The crate would have browsers offer keys on a USB port first, where most people's passkey is their telephone or computer, and ask for
    // a protection that Chromium refuses beside "preferred" verification.
    if let Some(options) = options.as_object_mut() {
        options.remove("hints");
        options.remove("extensions");
    }
    Ok(Question { options: options.to_string(), kept: written(&asked)? })
}

fn webauthn(site: &Site) -> Result<Webauthn> {
    let name = site.name().ok_or_else(|| failed("het is reached by a number, not by a name"))?;
    WebauthnBuilder::new(name, site.url()).and_then(|builder| builder.rp_name("het").build()).map_err(failed)
}

/// What the authenticator calls the account: nothing that says whose it is.
fn handle(site: &Site, account: i64) -> Uuid {
    let hash = Sha256::digest(format!("het account {account} of {}", site.address_of("")).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

fn written(what: &impl Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed { doing: "asking a passkey", reason: error.to_string() }
}
