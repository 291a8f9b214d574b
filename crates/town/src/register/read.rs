//! Reading a record: the reason first, then as much as the role needs; and breaking the glass.

use jiff::ToSpan;
use store::register::{self, NewReading, Person};
use vocabulary::Personal;

use super::lists::{BREAK_GLASS_REASONS, Coded, READING_REASONS, has};
use super::view::{PersonView, ReadingLine};
use super::{SearchForm, subject};
use crate::error::Refusal;
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// A reason as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// A code of [`super::READING_REASONS`] or [`super::BREAK_GLASS_REASONS`].
    pub reason: String,
    /// The reason in words.
    pub words: String,
}

/// A record that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A reason was given a short while ago: this much of it may be seen.
    Shown(Box<PersonView>),
    /// A reason has to be given first.
    NeedsReason,
    /// The role may not, unless it breaks the glass.
    NeedsBrokenGlass,
    /// It is not there any more: when that was and why.
    Erased {
        /// When, as ISO 8601 in UTC.
        at: String,
        /// The kind: `erasure`, `retention` or `anonymised`.
        kind: String,
    },
}

/// For so long a reason opens a record.
const MINUTES: i64 = 15;

impl Town {
    /// A record, if a reason to see it was given in the last 15 minutes.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such record and never was.
    pub async fn record(&self, actor: &Actor, id: &str, now: Moment) -> Result<Opened> {
        actor.require(Permission::UseRegister)?;
        let (db, keys) = (self.register().reader(), self.keys()?);
        let Some(person) = register::person_by_id(db, keys, id).await? else {
            let erasure = register::erasure_of(db, id).await?;
            let erasure = erasure.ok_or(Error::NotFound { what: "record", value: id.to_owned() })?;
            return Ok(Opened::Erased { at: erasure.at, kind: erasure.kind });
        };
        let may = actor.may(Permission::ReadRegister);
        Ok(match self.open_for(actor, id, now).await? {
            Some(whole) if whole || may => {
                let children = register::people_in_care_of(db, keys, id).await?;
                let children = children.into_iter().map(|child| child.id).collect();
                Opened::Shown(Box::new(PersonView::of(actor, &person, whole, children)))
            }
            _ if may => Opened::NeedsReason,
            _ => Opened::NeedsBrokenGlass,
        })
    }

    /// Whether a record is open to somebody, and then whether all of it is.
    async fn open_for(&self, actor: &Actor, id: &str, now: Moment) -> Result<Option<bool>> {
        let last = register::last_reading(self.register().reader(), self.keys()?, id, actor.name()).await?;
        let fresh = last.filter(|reading| {
            let until =
                reading.at.parse::<Moment>().ok().and_then(|at| at.checked_add(MINUTES.minutes()).ok());
            until.is_some_and(|until| now <= until)
        });
        // A role that lost the permission since does not keep what it broke.
        Ok(fresh.map(|reading| reading.kind == "break-glass" && actor.may(Permission::BreakGlass)))
    }

    /// The record itself, for use cases on a record that is open to whoever asks.
    pub(super) async fn opened(&self, actor: &Actor, id: &str, now: Moment) -> Result<Person> {
        let found = register::person_by_id(self.register().reader(), self.keys()?, id).await?;
        let person = found.ok_or(Error::NotFound { what: "record", value: id.to_owned() })?;
        match self.open_for(actor, id, now).await? {
            Some(_) => Ok(person),
            None => Err(Error::refused(
                "reason",
                "Say why you need the record first: what you said ends after 15 minutes",
            )),
        }
    }

    /// Gives a reason to read a record, which is then open for 15 minutes.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason is none of the list, or is another one without words.
    pub async fn give_reason(&self, actor: &Actor, id: &str, given: &Given, now: Moment) -> Result<()> {
        actor.require(Permission::ReadRegister)?;
        let person = self.there(id).await?;
        let mut refusals = refused(given, READING_REASONS, 2_000);
        if given.reason == "other" && given.words.trim().is_empty() {
            refusals.push(Refusal { field: "words".into(), words: "Say which".into() });
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        self.note_reading(actor, &person, "read", given, now).await
    }

    /// Breaks the glass: opens one whole record, found by NHS number or by family name and date of birth, for 15 minutes. Gives the
    /// record's random name.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason is none of the list, has fewer than ten characters of words, or not exactly one person is
    /// found.
    pub async fn break_glass(
        &self,
        actor: &Actor,
        form: &SearchForm,
        given: &Given,
        now: Moment,
    ) -> Result<String> {
        actor.require(Permission::BreakGlass)?;
        let mut refusals = refused(given, BREAK_GLASS_REASONS, 2_000);
        if given.words.trim().chars().count() < 10 {
            refusals
                .push(Refusal { field: "words".into(), words: "Say in a sentence why you need it".into() });
        }
        if !form.postcode.trim().is_empty() {
            refusals.push(Refusal {
                field: "nhs_number".into(),
                words: "Look by NHS number, or by family name and date of birth".into(),
            });
        }
        let found = match self.people_like(form).await {
            Ok((_, found)) => found,
            Err(Error::Refused(more)) => {
                refusals.extend(more);
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let [person] = found.as_slice() else {
            let words = if found.is_empty() {
                "Nobody in the register is like that"
            } else {
                "Several people are like that: use the NHS number"
            };
            let detail = serde_json::json!({ "found": found.len() });
            let write = self.register().write().await?;
            self.commit_register(write, actor, "try to break glass", "register", detail).await?;
            return Err(Error::refused("nhs_number", words));
        };
        self.note_reading(actor, person, "break-glass", given, now).await?;
        Ok(person.id.clone())
    }

    /// Who saw what of a record, the newest first. The record has to be open to whoever asks.
    pub async fn record_readings(&self, actor: &Actor, id: &str, now: Moment) -> Result<Vec<ReadingLine>> {
        actor.require(Permission::ReadRegister)?;
        self.opened(actor, id, now).await?;
        let readings = register::readings_of(self.register().reader(), self.keys()?, id).await?;
        Ok(readings.into_iter().map(ReadingLine::of).collect())
    }

    pub(super) async fn there(&self, id: &str) -> Result<Person> {
        let found = register::person_by_id(self.register().reader(), self.keys()?, id).await?;
        found.ok_or(Error::NotFound { what: "record", value: id.to_owned() })
    }

    /// Notes a reading with its audit entry. The words may speak of the person, so they are sealed and not in the entry.
    pub(super) async fn note_reading(
        &self,
        actor: &Actor,
        person: &Person,
        kind: &str,
        given: &Given,
        now: Moment,
    ) -> Result<()> {
        let write = self.register().write().await?;
        let new = NewReading {
            person_id: &person.id,
            at: &now.to_string(),
            reader: actor.name(),
            role: actor.role().code(),
            kind,
            reason: &given.reason,
            words: &Personal::new(given.words.trim().to_owned()),
        };
        let reading = register::add_reading(&write, self.keys()?, new).await?;
        let action = match kind {
            "break-glass" => "break glass",
            other => other,
        };
        let detail =
            serde_json::json!({ "reading": reading, "reason": given.reason, "role": actor.role().code() });
        self.commit_register(write, actor, action, subject(&person.id), detail).await
    }
}

fn refused(given: &Given, list: &[Coded], longest: usize) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if !has(list, &given.reason) {
        refusals.push(Refusal { field: "reason".into(), words: "Choose why you need the record".into() });
    }
    if given.words.chars().count() > longest {
        refusals
            .push(Refusal { field: "words".into(), words: format!("Write at most {longest} characters") });
    }
    refusals
}
