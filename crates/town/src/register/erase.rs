//! Erasing somebody (UK GDPR Article 17).

use store::register::{self, Erasure};

use super::lists::{ERASURE_REASONS, has};
use super::subject;
use crate::{Actor, Error, Moment, Permission, Result, Town};

impl Town {
    /// Erases a record with its corrections, consents and the words of its readings. What stays is that a record of this random name
    /// was erased, why, and who had read it.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason is none of the list, or the record is held.
    pub async fn erase_person(&self, actor: &Actor, id: &str, reason: &str, now: Moment) -> Result<()> {
        actor.require(Permission::RegisterRights)?;
        self.there(id).await?;
        if !has(ERASURE_REASONS, reason) {
            return Err(Error::refused("erasure", "Choose why the record is erased"));
        }
        let write = self.register().write().await?;
        let holds = register::holds_of(write.reader(), self.keys()?, id).await?;
        if holds.iter().any(|hold| hold.lifted_at.is_none()) {
            let detail = serde_json::json!({ "reason": reason, "why": "held" });
            self.commit_register(write, actor, "refuse to erase", subject(id), detail).await?;
            return Err(Error::refused(
                "erasure",
                "The record is held: it cannot be erased until the hold is lifted",
            ));
        }
        let erasure = Erasure {
            id: id.to_owned(),
            at: now.to_string(),
            erased_by: actor.name().to_owned(),
            kind: "erasure".to_owned(),
            reason: reason.to_owned(),
        };
        register::delete_person(&write, &erasure).await?;
        self.commit_register(write, actor, "erase", subject(id), serde_json::json!({ "reason": reason }))
            .await
    }
}
