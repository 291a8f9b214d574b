//! Passkeys as second factors (W3C Web Authentication): several for each account, each named by its owner.
//!
//! What a passkey is asked is kept in the row of the session that asks, is answered once within five minutes, and is answered in that
//! session alone.

mod ceremony;

use jiff::ToSpan;
use store::accounts::{self, Passkey};
use webauthn_rs::prelude::SecurityKey;

use self::ceremony::{Owner, Wrong};
use super::lifetime::{FRESH_MINUTES, older};
use super::second_factor::first_recovery_codes;
use super::sign_in::actor_of;
use super::token::hash_of;
use super::{Site, Started};
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Its number, for the address of its page.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added: Moment,
    /// When it last signed in.
    pub last_used: Option<Moment>,
}

/// So long after it was asked a passkey's answer is still taken.
const PATIENCE_MINUTES: i64 = 5;
/// More passkeys than this an account cannot have.
const MOST: i64 = 20;

impl Town {
    /// One's own passkeys, the oldest first.
    pub async fn own_passkeys(&self, actor: &Actor, now: Moment) -> Result<Vec<OwnPasskey>> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let found = accounts::passkeys_of(self.store().reader(), account.id).await?;
        let own = |passkey: Passkey| OwnPasskey {
            id: passkey.id,
            added: passkey.created_at.parse().unwrap_or(now),
            last_used: passkey.used_at.and_then(|at| at.parse().ok()),
            name: passkey.name,
        };
        Ok(found.into_iter().map(own).collect())
    }

    /// What a browser is to ask a new passkey, as the JSON of its options. `token` is that of the session, in which alone the answer is
    /// taken.
    ///
    /// # Errors
    /// [`Error::Failed`] where het is reached by a number: see [`Site::name`]; [`Error::Unconfirmed`] in a session that began more than
    /// ten minutes ago.
    pub async fn new_passkey(&self, actor: &Actor, token: &str, site: &Site, now: Moment) -> Result<String> {
        actor.require(Permission::OwnAccount)?;
        self.require_confirmed(token, FRESH_MINUTES, now).await?;
        let account = self.account(actor.name()).await?;
        let kept = self.keys_of(account.id).await?.1;
        let owner = Owner { account: account.id, email: &account.email, name: &account.name };
        let question = ceremony::ask_to_add(site, owner, &kept, now.to_string())?;
        accounts::begin_ceremony(self.store().note().await?.reader(), &hash_of(token), &question.kept)
            .await?;
        Ok(question.options)
    }

    /// Keeps the passkey that a browser made, and gives recovery codes, which are shown this once, when it is the first second factor.
    ///
    /// # Errors
    /// [`Error::Refused`] when the name is none, there are twenty already, or the answer is not one to what this session asked in the
    /// last five minutes.
    pub async fn add_passkey(
        &self,
        actor: &Actor,
        (token, site): (&str, &Site),
        (name, answer): (&str, &str),
        now: Moment,
    ) -> Result<Vec<String>> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(Error::refused("name", "Write what to call it, in at most 60 letters"));
        }
        if account.passkeys >= MOST {
            return Err(Error::refused("name", "You have twenty passkeys: remove one first"));
        }
        let made = match self.take_asked(token, now).await? {
            Some(asked) => ceremony::added(site, &asked, answer)?,
            None => Err(Wrong::Answer),
        };
        let made = made.map_err(|_| {
            Error::refused("name", "Nothing was added: the passkey did not answer as it should. Try again")
        })?;
        let write = self.store().write().await?;
        let new = accounts::NewPasskey {
            account_id: account.id,
            credential_id: &made.id,
            name,
            credential: &made.credential,
            created_at: &now.to_string(),
        };
        accounts::add_passkey(&write, new).await?;
        let codes = first_recovery_codes(&write, &account).await?;
        self.note_own(write, actor, "add passkey").await?;
        Ok(codes)
    }

    /// Removes one of one's own passkeys, after one has proved again who one is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when one has none of this number; [`Error::Refused`] when the proof is none, or the role has to have a second
    /// factor and this is the last.
    pub async fn remove_passkey(&self, actor: &Actor, id: i64, proof: &str, now: Moment) -> Result<()> {
        actor.require(Permission::OwnAccount)?;
        let account = self.account(actor.name()).await?;
        let left = account.passkeys - 1 + i64::from(account.totp_secret.is_some());
        self.keeps_one(&account, left).await?;
        let is_password = self.is_password(&account, proof).await?;
        let write = self.store().write().await?;
        self.prove(&write, &account, proof, is_password, now).await?;
        if !accounts::remove_passkey(&write, account.id, id).await? {
            return Err(Error::NotFound { what: "passkey", value: id.to_string() });
        }
        if left == 0 {
            accounts::set_recovery_codes(&write, account.id, &[]).await?;
        }
        self.note_own(write, actor, "remove passkey").await
    }

    /// What a browser is to ask the passkeys of whoever gave the right password, as the JSON of its options; `None` when the session
    /// does not wait or its account has none.
    ///
    /// # Errors
    /// [`Error::Failed`] where het is reached by a number.
    pub async fn ask_passkey(&self, token: &str, site: &Site, now: Moment) -> Result<Option<String>> {
        let Some((session, account)) = self.half_signed_in(token, now).await? else { return Ok(None) };
        let kept = self.keys_of(account.id).await?.1;
        if kept.is_empty() {
            return Ok(None);
        }
        let question = ceremony::ask_to_sign(site, &kept, now.to_string())?;
        let note = self.store().note().await?;
        accounts::begin_ceremony(note.reader(), &session.token_hash, &question.kept).await?;
        Ok(Some(question.options))
    }

    /// Signs in whoever gave the right password and whose passkey signed what this session asked: a new session begins in place of the
    /// one that waited. `None` when the answer is none; after five of them the waiting session ends.
    pub async fn give_passkey(
        &self,
        token: &str,
        site: &Site,
        answer: &str,
        now: Moment,
    ) -> Result<Option<Started>> {
        let Some((session, account)) = self.half_signed_in(token, now).await? else { return Ok(None) };
        let (rows, kept) = self.keys_of(account.id).await?;
        let signed = match self.take_asked(token, now).await? {
            Some(asked) => ceremony::signed(site, &asked, answer, &kept)?,
            None => Err(Wrong::Answer),
        };
        let write = self.store().write().await?;
        let wrong = match signed {
            Ok((place, credential)) => {
                let used = accounts::use_passkey(&write, &rows[place], &credential, &now.to_string()).await?;
                if used {
                    let how = "sign in with passkey";
                    return Ok(Some(self.finish_half(write, (&session, &account), how, now).await?));
                }
                Wrong::Counter
            }
            Err(wrong) => wrong,
        };
        accounts::count_wrong_code(write.reader(), &session.token_hash).await?;
        let action = match wrong {
            Wrong::Counter => "give passkey whose counter did not grow",
            Wrong::Answer => "give wrong passkey",
        };
        self.note_own(write, &actor_of(&account), action).await?;
        Ok(None)
    }

    /// What this session asked, which it is not asked again for; `None` when that was too long ago.
    async fn take_asked(&self, token: &str, now: Moment) -> Result<Option<String>> {
        let asked = accounts::take_ceremony(self.store().note().await?.reader(), &hash_of(token)).await?;
        let in_time = |asked: &String| {
            ceremony::asked_at(asked).is_some_and(|at| !older(&at, PATIENCE_MINUTES.minutes(), now))
        };
        Ok(asked.filter(in_time))
    }

    /// The passkeys of an account, as rows and as keys, in the same order.
    async fn keys_of(&self, account: i64) -> Result<(Vec<Passkey>, Vec<SecurityKey>)> {
        let rows = accounts::passkeys_of(self.store().reader(), account).await?;
        let read = rows.into_iter().filter_map(|row| {
            let key = ceremony::read_kept(&row.credential)?;
            Some((row, key))
        });
        Ok(read.unzip())
    }
}
