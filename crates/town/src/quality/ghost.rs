//! Leaving a point out of a chart's limits, because a person said so and why.

use store::quality::{Ghost, remove_ghost, set_ghost};
use vocabulary::{Date, Period};

use crate::{Actor, Error, Permission, Refusal, Result, Town, now};

/// What the form of leaving a point out shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GhostForm {
    /// What the indicator is called.
    pub name: String,
    /// The points that may be left out: what names them in the form, and their words, newest first.
    pub points: Vec<(String, String)>,
    /// The points that are left out already.
    pub ghosts: Vec<LeftOut>,
}

/// A point that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What names it in the form.
    pub key: String,
    /// The days it is about, in words.
    pub period: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
}

/// What names a period in a form: its first and its last day.
fn key(period: Period) -> String {
    format!("{}/{}", period.start(), period.end())
}

impl From<&Ghost> for LeftOut {
    fn from(ghost: &Ghost) -> LeftOut {
        LeftOut {
            key: key(ghost.period),
            period: ghost.period.to_string(),
            reason: ghost.reason.clone(),
            by: ghost.decided_by.clone(),
        }
    }
}

impl Town {
    /// What the form of leaving a point of an indicator's chart out shows.
    pub async fn ghost_form(&self, actor: &Actor, code: &str, as_of: Date) -> Result<GhostForm> {
        actor.require(Permission::EditIndicators)?;
        let analysis = self.analysis_of(code, as_of).await?;
        actor.require_of(Permission::EditIndicators, &analysis.indicator)?;
        let (programme, settings) = (self.programme().await?, self.settings().await?);
        let ghosts: Vec<LeftOut> =
            programme.ghosts_of(analysis.indicator.id, settings.area).map(LeftOut::from).collect();
        let there = |key: &String| ghosts.iter().any(|ghost| ghost.key == *key);
        let shown = analysis.points.iter().rev().filter(|point| point.figure.value().is_some());
        Ok(GhostForm {
            name: analysis.indicator.name.clone(),
            points: shown
                .map(|point| (key(point.period), point.period.to_string()))
                .filter(|(key, _)| !there(key))
                .collect(),
            ghosts,
        })
    }

    /// Leaves a point out of an indicator's limits and rules. It is still shown, hollow.
    ///
    /// # Errors
    /// [`Error::Refused`] naming `point` or `reason`: no point is left out without one.
    pub async fn leave_out(
        &self,
        actor: &Actor,
        code: &str,
        point: &str,
        reason: &str,
        as_of: Date,
    ) -> Result<()> {
        let form = self.ghost_form(actor, code, as_of).await?;
        let analysis = self.analysis_of(code, as_of).await?;
        let offered = form.points.iter().any(|(key, _)| key == point.trim());
        let chosen = analysis.points.iter().map(|point| point.period).find(|&p| key(p) == point.trim());
        let mut refusals = Vec::new();
        let mut refuse = |field: &str, words: &str| {
            refusals.push(Refusal { field: field.into(), words: words.into() });
        };
        if !offered {
            refuse("point", "Choose the point to leave out");
        }
        if reason.trim().chars().count() < 10 {
            refuse(
                "reason",
                "Enter what happened then that will not happen again, so that a reader can judge it",
            );
        }
        let Some(period) = chosen.filter(|_| refusals.is_empty()) else {
            return Err(Error::Refused(refusals));
        };
        let ghost = Ghost {
            indicator_id: analysis.indicator.id,
            area: self.settings().await?.area,
            period,
            reason: reason.trim().to_owned(),
            decided_by: actor.name().to_owned(),
            decided_at: now().to_string(),
        };
        let write = self.store().write().await?;
        set_ghost(&write, &ghost).await?;
        let detail = serde_json::json!({ "point": key(period), "reason": ghost.reason });
        self.commit(write, actor, "leave a point out", format!("indicator {code}"), detail).await
    }

    /// Takes a point into limits and rules again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not left out.
    pub async fn take_in(&self, actor: &Actor, code: &str, point: &str, as_of: Date) -> Result<()> {
        actor.require(Permission::EditIndicators)?;
        let analysis = self.analysis_of(code, as_of).await?;
        actor.require_of(Permission::EditIndicators, &analysis.indicator)?;
        let (programme, area) = (self.programme().await?, self.settings().await?.area);
        let mut ghosts = programme.ghosts_of(analysis.indicator.id, area);
        let found = ghosts.find(|ghost| key(ghost.period) == point);
        let ghost =
            found.ok_or_else(|| Error::NotFound { what: "point left out", value: point.to_owned() })?;
        let write = self.store().write().await?;
        remove_ghost(&write, ghost.indicator_id, ghost.area, ghost.period).await?;
        let detail = serde_json::json!({ "point": key(ghost.period), "reason": ghost.reason });
        self.commit(write, actor, "take a point in again", format!("indicator {code}"), detail).await
    }
}
