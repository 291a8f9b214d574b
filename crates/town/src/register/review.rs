//! The second look at those who broke the glass, by somebody else.

use store::register::{self, Reading, Review};
use vocabulary::Personal;

use super::lists::{BREAK_GLASS_REASONS, DECISIONS, has, words_of};
use super::subject;
use crate::error::Refusal;
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// A breaking of the glass, as whoever looks at it sees it. It shows nothing of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenGlass {
    /// The random name of the reading.
    pub id: String,
    /// The random name of the record.
    pub person_id: String,
    /// When.
    pub at: String,
    /// Who.
    pub reader: String,
    /// The code of their role.
    pub role: String,
    /// Why, in the words of the list.
    pub reason: String,
    /// Why, in their words.
    pub words: Personal<String>,
    /// Who looked at it, when, what was decided in words, and why, if somebody did.
    pub review: Option<(String, String, String, Personal<String>)>,
    /// Whether whoever asks may decide: nobody looks at their own.
    pub may_decide: bool,
}

/// A decision as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewForm {
    /// A code of [`super::DECISIONS`].
    pub decision: String,
    /// Why, in words.
    pub words: String,
}

impl Town {
    /// Every breaking of the glass, those that nobody has looked at first.
    pub async fn broken_glass(&self, actor: &Actor) -> Result<Vec<BrokenGlass>> {
        actor.require(Permission::ReviewReadings)?;
        let readings = register::break_glass_readings(self.register().reader(), self.keys()?).await?;
        let mut found = Vec::with_capacity(readings.len());
        for reading in readings {
            found.push(self.broken(actor, reading).await?);
        }
        Ok(found)
    }

    /// One breaking of the glass.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none of this name.
    pub async fn broken_glass_of(&self, actor: &Actor, id: &str) -> Result<BrokenGlass> {
        actor.require(Permission::ReviewReadings)?;
        let reading = self.glass_reading(id).await?;
        self.broken(actor, reading).await
    }

    /// Looks at a breaking of the glass and decides.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is one's own, was decided already, or the decision lacks its words.
    pub async fn review_broken_glass(
        &self,
        actor: &Actor,
        id: &str,
        form: &ReviewForm,
        now: Moment,
    ) -> Result<()> {
        actor.require(Permission::ReviewReadings)?;
        let reading = self.glass_reading(id).await?;
        let mut refusals = Vec::new();
        let mut refuse =
            |field: &str, words: &str| refusals.push(Refusal { field: field.into(), words: words.into() });
        if reading.reader == actor.name() {
            refuse("decision", "You broke the glass yourself: somebody else has to look at it");
        }
        if !has(DECISIONS, &form.decision) {
            refuse("decision", "Choose what you decide");
        }
        if form.words.trim().is_empty() || form.words.chars().count() > 2_000 {
            refuse("words", "Say why, in at most 2,000 characters");
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let write = self.register().write().await?;
        if register::review_of(write.reader(), self.keys()?, id).await?.is_some() {
            return Err(Error::refused("decision", "Somebody has decided already"));
        }
        let review = Review {
            at: now.to_string(),
            reviewer: actor.name().to_owned(),
            decision: form.decision.clone(),
            words: Personal::new(form.words.trim().to_owned()),
        };
        register::add_review(&write, self.keys()?, id, &review).await?;
        let detail = serde_json::json!({ "reading": id, "decision": form.decision });
        self.commit_register(write, actor, "review", subject(&reading.person_id), detail).await
    }

    async fn glass_reading(&self, id: &str) -> Result<Reading> {
        let found = register::reading_by_id(self.register().reader(), self.keys()?, id).await?;
        let glass = found.filter(|reading| reading.kind == "break-glass");
        glass.ok_or(Error::NotFound { what: "reading", value: id.to_owned() })
    }

    async fn broken(&self, actor: &Actor, reading: Reading) -> Result<BrokenGlass> {
        let review = register::review_of(self.register().reader(), self.keys()?, &reading.id).await?;
        Ok(BrokenGlass {
            may_decide: review.is_none() && reading.reader != actor.name(),
            review: review.map(|review| {
                let decision = words_of(DECISIONS, &review.decision).to_owned();
                (review.reviewer, review.at, decision, review.words)
            }),
            reason: words_of(BREAK_GLASS_REASONS, &reading.reason).to_owned(),
            id: reading.id,
            person_id: reading.person_id,
            at: reading.at,
            reader: reading.reader,
            role: reading.role,
            words: reading.words,
        })
    }
}
