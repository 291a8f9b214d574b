//! Recalculating a chart's limits, because a person said so and why.

use store::quality::{Rebase, remove_rebase, set_rebase};
use vocabulary::Date;

use crate::{Actor, Error, Permission, Result, Town, now};

/// What the form of a rebasing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebaseForm {
    /// What the indicator is called.
    pub name: String,
    /// The first days of the periods that limits may begin at, with their words, newest first.
    pub periods: Vec<(Date, String)>,
    /// Where limits begin again already: the day, the reason, who decided.
    pub rebases: Vec<(Date, String, String)>,
}

impl Town {
    /// What the form of a rebasing of an indicator shows.
    pub async fn rebase_form(&self, actor: &Actor, code: &str, as_of: Date) -> Result<RebaseForm> {
        actor.require(Permission::EditIndicators)?;
        let analysis = self.analysis_of(code, as_of).await?;
        actor.require_of(Permission::EditIndicators, &analysis.indicator)?;
        let (programme, settings) = (self.programme().await?, self.settings().await?);
        let own = |r: &&Rebase| r.indicator_id == analysis.indicator.id && r.area == settings.area;
        Ok(RebaseForm {
            name: analysis.indicator.name.clone(),
            periods: analysis
                .points
                .iter()
                .skip(1)
                .rev()
                .map(|point| (point.period.start(), point.period.to_string()))
                .collect(),
            rebases: programme
                .rebases
                .iter()
                .filter(own)
                .map(|r| (r.period_start, r.reason.clone(), r.decided_by.clone()))
                .collect(),
        })
    }

    /// Lets the limits of an indicator's chart begin again at a period.
    ///
    /// # Errors
    /// [`Error::Refused`] naming `period` or `reason`: limits are never moved without one.
    pub async fn rebase(
        &self,
        actor: &Actor,
        code: &str,
        period: &str,
        reason: &str,
        as_of: Date,
    ) -> Result<()> {
        let form = self.rebase_form(actor, code, as_of).await?;
        let chosen = form.periods.iter().find(|(day, _)| day.to_string() == period.trim());
        let mut refusals = Vec::new();
        let mut refuse = |field: &str, words: &str| {
            refusals.push(crate::Refusal { field: field.into(), words: words.into() });
        };
        if chosen.is_none() {
            refuse("period", "Choose the period from which the limits begin again");
        }
        if let Some((_, reason, by)) =
            form.rebases.iter().find(|(day, ..)| chosen.is_some_and(|(chosen, _)| chosen == day))
        {
            let words = format!("{by} let limits begin again there already ({reason}): take that back first");
            refuse("period", &words);
        }
        if reason.trim().chars().count() < 10 {
            refuse("reason", "Enter what changed in how things are done, so that a reader can judge it");
        }
        let Some((day, _)) = chosen.filter(|_| refusals.is_empty()) else {
            return Err(Error::Refused(refusals));
        };
        let analysis = self.analysis_of(code, as_of).await?;
        let settings = self.settings().await?;
        let rebase = Rebase {
            indicator_id: analysis.indicator.id,
            area: settings.area,
            period_start: *day,
            reason: reason.trim().to_owned(),
            decided_by: actor.name().to_owned(),
            decided_at: now().to_string(),
        };
        let write = self.store().write().await?;
        set_rebase(&write, &rebase).await?;
        let detail = serde_json::json!({ "from": day.to_string(), "reason": rebase.reason });
        self.commit(write, actor, "rebase", format!("indicator {code}"), detail).await
    }

    /// Takes a rebasing back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when limits do not begin again there.
    pub async fn take_back_rebase(&self, actor: &Actor, code: &str, day: &str, as_of: Date) -> Result<()> {
        let form = self.rebase_form(actor, code, as_of).await?;
        let found = form.rebases.iter().find(|(at, _, _)| at.to_string() == day);
        let (day, _, _) = found.ok_or_else(|| Error::NotFound { what: "rebasing", value: day.to_owned() })?;
        let analysis = self.analysis_of(code, as_of).await?;
        let settings = self.settings().await?;
        let write = self.store().write().await?;
        remove_rebase(&write, analysis.indicator.id, settings.area, *day).await?;
        let detail = serde_json::json!({ "from": day.to_string() });
        self.commit(write, actor, "take back a rebasing", format!("indicator {code}"), detail).await
    }
}
