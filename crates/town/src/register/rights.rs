//! Consents and legal holds.

use store::register::{self, Consent, Hold};
use vocabulary::Personal;

use super::lists::{HOLD_REASONS, has, words_of};
use super::purposes::{Purpose, purpose, purposes};
use super::retention::{RetentionRule, due_on, retention_rules};
use super::subject;
use crate::error::Refusal;
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// What stands about somebody's rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// Every purpose, with the consent to it where it needs one.
    pub purposes: Vec<Consented>,
    /// The holds that are not lifted.
    pub holds: Vec<Held>,
    /// Until when the record is kept, and by which rule.
    pub kept_until: Option<(vocabulary::Date, &'static RetentionRule)>,
}

/// A purpose, and whether somebody consents to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consented {
    /// The purpose.
    pub purpose: &'static Purpose,
    /// Since when there is a consent, and who gave it.
    pub since: Option<(String, String)>,
}

/// A legal hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Since when.
    pub since: String,
    /// By whom.
    pub set_by: String,
    /// Why, in the words of the list.
    pub reason: String,
    /// Why, in their words.
    pub words: Personal<String>,
}

impl Town {
    /// What stands about somebody's rights.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such record.
    pub async fn rights(&self, actor: &Actor, id: &str) -> Result<Rights> {
        actor.require(Permission::RegisterRights)?;
        let person = self.there(id).await?;
        let (db, keys) = (self.register().reader(), self.keys()?);
        let consents = register::consents_of(db, id).await?;
        let since = |code: &str| {
            let given = consents.iter().find(|one| one.purpose == code && one.withdrawn_at.is_none());
            given.map(|one| (one.given_at.clone(), one.given_by.clone()))
        };
        let holds = register::holds_of(db, keys, id).await?;
        let held = |hold: Hold| Held {
            since: hold.since,
            set_by: hold.set_by,
            reason: words_of(HOLD_REASONS, &hold.reason).to_owned(),
            words: hold.words,
        };
        Ok(Rights {
            purposes: purposes()
                .iter()
                .map(|purpose| Consented { purpose, since: since(&purpose.code).filter(|_| purpose.consent) })
                .collect(),
            holds: holds.into_iter().filter(|hold| hold.lifted_at.is_none()).map(held).collect(),
            kept_until: due_on(retention_rules(), person.date_of_birth, person.last_contact),
        })
    }

    /// Notes that somebody consents to a purpose, or takes the consent back.
    ///
    /// # Errors
    /// [`Error::Refused`] for a purpose that asks no consent, or when it is not said who gives it.
    pub async fn note_consent(
        &self,
        actor: &Actor,
        id: &str,
        (code, given_by): (&str, &str),
        withdrawn: bool,
        now: Moment,
    ) -> Result<()> {
        actor.require(Permission::RegisterRights)?;
        self.there(id).await?;
        let mut refusals = Vec::new();
        let mut refuse =
            |field: &str, words: &str| refusals.push(Refusal { field: field.into(), words: words.into() });
        if !purpose(code).is_some_and(|purpose| purpose.consent) {
            refuse("purpose", "Choose a purpose that needs a consent");
        }
        if !withdrawn && !["self", "guardian"].contains(&given_by) {
            refuse("given_by", "Say who consents");
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let (at, write) = (now.to_string(), self.register().write().await?);
        // A consent that is given again begins anew.
        let ended = register::withdraw_consent(&write, id, code, &at).await?;
        if withdrawn && ended == 0 {
            write.abandon().await?;
            return Err(Error::refused("purpose", "There is no consent to take back"));
        }
        if !withdrawn {
            let new = Consent {
                id: String::new(),
                purpose: code.to_owned(),
                given_by: given_by.to_owned(),
                given_at: at,
                noted_by: actor.name().to_owned(),
                withdrawn_at: None,
            };
            register::add_consent(&write, id, &new).await?;
        }
        let action = if withdrawn { "withdraw consent" } else { "consent" };
        let detail = serde_json::json!({ "purpose": code });
        self.commit_register(write, actor, action, subject(id), detail).await
    }

    /// Sets a legal hold, which forbids to erase the record or throw it away.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason is none of the list or lacks its words.
    pub async fn hold(&self, actor: &Actor, id: &str, given: &super::Given, now: Moment) -> Result<()> {
        actor.require(Permission::RegisterRights)?;
        self.there(id).await?;
        let mut refusals = Vec::new();
        if !has(HOLD_REASONS, &given.reason) {
            refusals.push(Refusal { field: "hold".into(), words: "Choose why the record is held".into() });
        }
        if given.words.trim().is_empty() || given.words.chars().count() > 2_000 {
            refusals.push(Refusal {
                field: "hold-words".into(),
                words: "Say for what, in at most 2,000 characters".into(),
            });
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let write = self.register().write().await?;
        let new = Hold {
            id: String::new(),
            since: now.to_string(),
            set_by: actor.name().to_owned(),
            reason: given.reason.clone(),
            words: Personal::new(given.words.trim().to_owned()),
            lifted_at: None,
            lifted_by: None,
        };
        register::set_hold(&write, self.keys()?, id, &new).await?;
        let detail = serde_json::json!({ "reason": given.reason });
        self.commit_register(write, actor, "hold", subject(id), detail).await
    }

    /// Lifts every hold of a record.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is none.
    pub async fn lift_holds(&self, actor: &Actor, id: &str, now: Moment) -> Result<()> {
        actor.require(Permission::RegisterRights)?;
        self.there(id).await?;
        let write = self.register().write().await?;
        if register::lift_hold(&write, id, &now.to_string(), actor.name()).await? == 0 {
            write.abandon().await?;
            return Err(Error::refused("hold", "The record is not held"));
        }
        self.commit_register(write, actor, "lift hold", subject(id), serde_json::json!({})).await
    }
}
