//! The second factor: codes of thirty seconds from an authenticator (TOTP, RFC 6238: SHA-1, six digits, one period of grace either
//! way, none taken twice), and ten recovery codes for the day it is lost.

use jiff::ToSpan;
use store::Write;
use store::accounts::{self, Account, Session};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::Started;
use super::lifetime::{FRESH_MINUTES, has_ended, older};
use super::sealed_secret;
use super::sign_in::{Beginning, actor_of};
use super::token::{hash_of, random_token};
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// What an authenticator is told.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// The same as an `otpauth://` address, for a QR code or a link.
    pub address: String,
}

/// How an account's second factors stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whether there is an authenticator.
    pub is_on: bool,
    /// How many passkeys there are.
    pub passkeys: i64,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
}

/// What a session that waits for a second factor can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The address of the account, by which attempts are counted.
    pub email: String,
    /// A code of an authenticator.
    pub code: bool,
    /// The signature of a passkey.
    pub passkey: bool,
}

/// After so many wrong codes the password has to be given again.
const MOST_WRONG_CODES: i64 = 5;
/// So long after the password a code is still taken, and the first one of an authenticator after its secret was shown.
const PATIENCE_MINUTES: i64 = 10;
const RECOVERY_CODES: usize = 10;
/// 128 bits, so that a fast hash is enough to keep a code by (OWASP ASVS 5.0, 6.5.2 and 11.5.1).
const RECOVERY_BYTES: usize = 16;

impl Town {
    /// Signs in whoever gave the right password and now gives a code of their authenticator or a recovery code: a new session begins
    /// in place of the one that waited. `None` when the code is wrong; after five of them the waiting session ends.
    pub async fn give_code(&self, token: &str, code: &str, now: Moment) -> Result<Option<Started>> {
        let Some((session, account)) = self.half_signed_in(token, now).await? else { return Ok(None) };
        let write = self.store().write().await?;
        let secret = match account.totp_secret.as_deref() {
            Some(kept) => {
                let secret = sealed_secret::opened(self.keys.as_ref(), account.id, kept)?;
                if self.is_stale(kept) {
                    let sealed = sealed_secret::sealed(self.keys.as_ref(), account.id, &secret)?;
                    accounts::replace_totp_secret(&write, account.id, &sealed).await?;
                }
                Some(secret)
            }
            None => None,
        };
        let step = secret.map(|secret| step_of(&secret, code, now)).transpose()?.flatten();
        let (right, action) = match step {
            Some(step) => (accounts::take_totp_step(&write, account.id, step).await?, "sign in"),
            None => {
                let hash = hash_of(&plain(code));
                (accounts::take_recovery_code(&write, account.id, &hash).await?, "sign in with recovery code")
            }
        };
        if right {
            return Ok(Some(self.finish_half(write, (&session, &account), action, now).await?));
        }
        accounts::count_wrong_code(write.reader(), &session.token_hash).await?;
        self.note_own(write, &actor_of(&account), "give wrong code").await?;
        Ok(None)
    }

    /// The session of this token and its account, while it waits for a second factor. One that has waited too long, was given too many
    /// wrong answers or whose account was shut is ended.
    pub(super) async fn half_signed_in(
        &self,
        token: &str,
        now: Moment,
    ) -> Result<Option<(Session, Account)>> {
        let db = self.store().reader();
        let hash = hash_of(token);
        let waiting = accounts::session_by_token(db, &hash).await?.filter(|session| session.needs_code);
        let Some(session) = waiting else { return Ok(None) };
        let too_late = older(&session.created_at, PATIENCE_MINUTES.minutes(), now)
            || has_ended(&session.created_at, &session.seen_at, now);
        let account = accounts::account_by_id(db, session.account_id).await?;
        let account = account.filter(|account| account.disabled_at.is_none());
        let Some(account) = account.filter(|_| !too_late && session.wrong_codes < MOST_WRONG_CODES) else {
            accounts::end_session(self.store().note().await?.reader(), &hash).await?;
            return Ok(None);
        };
        Ok(Some((session, account)))
    }

    /// A new session in place of the one that waited.
    pub(super) async fn finish_half(
        &self,
        write: Write,
        (session, account): (&Session, &Account),
        action: &str,
        now: Moment,
    ) -> Result<Started> {
        accounts::end_session(write.reader(), &session.token_hash).await?;
        let how = Beginning { vouched: session.vouched, action, ..Beginning::default() };
        self.start(write, account, how, now).await
    }

    /// What a session that waits for a second factor can be given; `None` when it does not wait.
    pub async fn waits_for(&self, token: &str, now: Moment) -> Result<Option<Waiting>> {
        let found = self.half_signed_in(token, now).await?;
        Ok(found.map(|(_, account)| Waiting {
            email: account.email,
            code: account.totp_secret.is_some(),
            passkey: account.passkeys > 0,
        }))
    }

    /// How one's own second factor stands.
    pub async fn own_second_factor(&self, actor: &Actor) -> Result<SecondFactor> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let recovery_codes_left = accounts::recovery_codes_left(self.store().reader(), account.id).await?;
        Ok(SecondFactor {
            is_on: account.totp_secret.is_some(),
            passkeys: account.passkeys,
            recovery_codes_left,
        })
    }

    /// A new secret for one's authenticator. It is not kept: it comes back with the first code, to [`Town::turn_on_second_factor`].
    ///
    /// # Errors
    /// [`Error::Unconfirmed`] in a session that began more than ten minutes ago.
    pub async fn new_second_factor(&self, actor: &Actor, token: &str, now: Moment) -> Result<Enrolment> {
        actor.require(Permission::OwnAccount)?;
        self.require_confirmed(token, FRESH_MINUTES, now).await?;
        let bytes = hex::decode(random_token(20)?).unwrap_or_default();
        let secret = Secret::from(bytes).to_base32();
        Ok(self.enrolment(actor, &secret).await)
    }

    /// The same secret once more, when the first code was wrong.
    pub async fn enrolment(&self, actor: &Actor, secret: &str) -> Enrolment {
        let town = self.settings().await.map(|settings| settings.town_name).unwrap_or_default();
        let issuer = escaped(&format!("het {town}"));
        let address =
            format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", escaped(actor.name()));
        Enrolment { secret: secret.to_owned(), address }
    }

    /// Turns the authenticator on when the code fits the secret, and gives the recovery codes, which are shown this once; none when
    /// there are some already, of a passkey.
    ///
    /// # Errors
    /// [`Error::Refused`] when the code does not fit or there is a second factor already; [`Error::Unconfirmed`] in a session that
    /// began more than twenty minutes ago: ten to begin, ten to type.
    pub async fn turn_on_second_factor(
        &self,
        actor: &Actor,
        token: &str,
        (secret, code): (&str, &str),
        now: Moment,
    ) -> Result<Vec<String>> {
        actor.require(Permission::OwnAccount)?;
        self.require_confirmed(token, FRESH_MINUTES + PATIENCE_MINUTES, now).await?;
        let account = self.account(actor.name()).await?;
        if account.totp_secret.is_some() {
            return Err(Error::refused("code", "There is an authenticator already: turn it off first"));
        }
        let wrong = || Error::refused("code", "This is not the code that the authenticator shows now");
        let step = step_of(secret, code, now)?.ok_or_else(wrong)?;
        let write = self.store().write().await?;
        let sealed = sealed_secret::sealed(self.keys.as_ref(), account.id, secret)?;
        accounts::set_totp(&write, account.id, Some(&sealed)).await?;
        accounts::take_totp_step(&write, account.id, step).await?;
        let codes = first_recovery_codes(&write, &account).await?;
        self.note_own(write, actor, "turn on second factor").await?;
        Ok(codes)
    }

    /// Turns one's own authenticator off, after one has proved again who one is.
    ///
    /// # Errors
    /// [`Error::Refused`] when the proof is none, or the role has to have a second factor and this is the last.
    pub async fn turn_off_second_factor(&self, actor: &Actor, proof: &str, now: Moment) -> Result<()> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        self.keeps_one(&account, account.passkeys).await?;
        let is_password = self.is_password(&account, proof).await?;
        let write = self.store().write().await?;
        self.prove(&write, &account, proof, is_password, now).await?;
        accounts::set_totp(&write, account.id, None).await?;
        if account.passkeys == 0 {
            accounts::set_recovery_codes(&write, account.id, &[]).await?;
        }
        self.note_own(write, actor, "turn off second factor").await
    }
}

/// Ten recovery codes for an account that has had no second factor until now, as they are shown this once; none for any other.
pub(super) async fn first_recovery_codes(write: &Write, account: &Account) -> Result<Vec<String>> {
    if account.has_second_factor() {
        return Ok(Vec::new());
    }
    let codes = (0..RECOVERY_CODES).map(|_| random_token(RECOVERY_BYTES)).collect::<Result<Vec<_>>>()?;
    let hashes: Vec<String> = codes.iter().map(|code| hash_of(code)).collect();
    accounts::set_recovery_codes(write, account.id, &hashes).await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// The period of thirty seconds that a code is of, if it is of one now.
pub(super) fn step_of(secret: &str, code: &str, now: Moment) -> Result<Option<i64>> {
    let Some(totp) = totp(secret) else { return Ok(None) };
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    Ok(totp.check(&code, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_secret(secret)
        .build()
        .ok()
}

/// A recovery code as it is shown: four letters, a hyphen, four letters.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect()).collect::<Vec<String>>().join("-")
}

/// A recovery code as it was made, however it was typed.
pub(super) fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: SHA-1 with the secret `12345678901234567890`; of its eight digits the last six.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let check = |second: i64, code: &str, expected: Option<i64>| {
            let now = Moment::from_second(second).unwrap();
            assert_eq!(step_of(&secret, code, now).unwrap(), expected, "{code} at {second}");
        };
        check(59, "287082", Some(1));
        check(1_111_111_109, "081804", Some(37_037_036));
        check(1_111_111_111, "050471", Some(37_037_037));
        check(1_234_567_890, "005924", Some(41_152_263));
        check(2_000_000_000, "279037", Some(66_666_666));
        check(20_000_000_000, "353130", Some(666_666_666));
        // One period of grace, not two.
        check(59 + 30, "287 082", Some(1));
        check(59 + 60, "287082", None);
        check(59, "287083", None);
        check(59, "28708", None);
        check(59, "", None);
    }

    #[test]
    fn recovery_codes_are_read_however_they_are_typed() {
        assert_eq!(plain(" AB12-cd34 ef56-7890"), "ab12cd34ef567890");
        assert_eq!(grouped("ab12cd34ef567890ab"), "ab12-cd34-ef56-7890-ab");
        assert_eq!(plain(&grouped("ab12cd34ef567890ab")), "ab12cd34ef567890ab");
        assert_eq!(escaped("het Täst"), "het%20T%C3%A4st");
    }
}
