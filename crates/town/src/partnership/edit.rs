//! Creating and editing recommendations and actions by form.

use store::partnership::{self as tables, Action, Milestone, Recommendation};
use vocabulary::Date;

use crate::error::Refusal;
use crate::{Actor, Error, Permission, Result, Town};

/// A recommendation as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecommendationForm {
    /// Its number in the report.
    pub number: String,
    /// Its words.
    pub words: String,
    /// The Marmot principle, 1 to 8.
    pub principle: i64,
    /// `short`, `medium` or `long`.
    pub horizon: String,
    /// The code of its subgroup.
    pub subgroup: String,
    /// The code of the member who owns it; empty for nobody.
    pub owner: String,
}

/// An action as a form sends it. Dates are ISO text, empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionForm {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What will be done.
    pub description: String,
    /// The code of its subgroup.
    pub subgroup: String,
    /// The code of the member who does it; empty for nobody.
    pub owner: String,
    /// The code of the member who answers for it; empty for nobody.
    pub sponsor: String,
    /// When it starts.
    pub starts: String,
    /// When it should be finished.
    pub due: String,
    /// When it was finished.
    pub finished: String,
    /// When it was stopped unfinished.
    pub stopped: String,
    /// How much is done, 0 to 100.
    pub percent: String,
    /// The numbers of the recommendations it serves.
    pub recommendations: Vec<String>,
    /// Its milestones; those without a title are left out.
    pub milestones: Vec<MilestoneForm>,
}

/// A milestone as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MilestoneForm {
    /// What will have been done.
    pub title: String,
    /// By when, as ISO text.
    pub due: String,
    /// When it was done, as ISO text; empty while it is not.
    pub done: String,
}

/// Collects what is wrong with a form, so that everything is said at once.
#[derive(Default)]
pub(super) struct Checks(Vec<Refusal>);

impl Checks {
    pub(super) fn refuse(&mut self, field: &str, words: &str) {
        self.0.push(Refusal { field: field.to_owned(), words: words.to_owned() });
    }

    pub(super) fn filled(&mut self, field: &str, text: &str, words: &str) -> String {
        if text.trim().is_empty() {
            self.refuse(field, words);
        }
        text.trim().to_owned()
    }

    pub(super) fn code(&mut self, field: &str, text: &str, words: &str) -> String {
        let text = self.filled(field, text, words);
        if text.len() > 60 || !text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
            self.refuse(field, "Use only letters, digits, hyphens, underscores and full stops");
        }
        if text == "new" {
            self.refuse(field, "The code “new” is taken by the page that makes new ones: choose another");
        }
        text
    }

    fn date(&mut self, field: &str, text: &str) -> Option<Date> {
        if text.trim().is_empty() {
            return None;
        }
        let date = text.trim().parse().ok().filter(|date: &Date| (1900..=2200).contains(&date.year()));
        if date.is_none() {
            self.refuse(field, "Enter a real date, such as 31 3 2026");
        }
        date
    }

    pub(super) fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Refused(self.0)) }
    }
}

impl Town {
    /// Creates a recommendation (`number` is `None`) or edits the one with this number.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_recommendation(
        &self,
        actor: &Actor,
        number: Option<&str>,
        form: &RecommendationForm,
    ) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let mut checks = Checks::default();
        let new_number =
            checks.code("number", &form.number, "Enter the recommendation's number in the report");
        let words = checks.filled("words", &form.words, "Enter the recommendation's words");
        if !(1..=8).contains(&form.principle) {
            checks.refuse("principle", "Choose the Marmot principle it belongs to");
        }
        if !["short", "medium", "long"].contains(&form.horizon.as_str()) {
            checks.refuse("horizon", "Choose short, medium or long");
        }
        let subgroup = programme.subgroups.iter().find(|s| s.code == form.subgroup);
        if subgroup.is_none() {
            checks.refuse("subgroup", "Choose the subgroup that drives it");
        }
        let owner = programme.members.iter().find(|m| m.code == form.owner);
        if owner.is_none() && !form.owner.is_empty() {
            checks.refuse("owner", "Choose a member of the partnership, or nobody");
        }
        let taken = programme
            .recommendations
            .iter()
            .any(|r| r.number == new_number && Some(r.number.as_str()) != number);
        if taken {
            checks.refuse("number", "Another recommendation has this number: choose another");
        }
        checks.done()?;
        let existing = match number {
            Some(number) => Some(tables::recommendation_by_number(self.store().reader(), number).await?),
            None => None,
        };
        let new = Recommendation {
            id: existing.as_ref().map_or(0, |r| r.id),
            number: new_number,
            words,
            principle: form.principle,
            horizon: form.horizon.clone(),
            subgroup_id: subgroup.map_or(0, |s| s.id),
            owner_id: owner.map(|m| m.id),
        };
        let write = self.store().write().await?;
        let (verb, before) = match existing {
            Some(existing) => {
                tables::edit_recommendation(&write, existing.id, &new).await?;
                ("edit", serde_json::json!(format!("{existing:?}")))
            }
            None => {
                tables::add_recommendation(&write, &new).await?;
                ("create", serde_json::Value::Null)
            }
        };
        let detail = serde_json::json!({ "from": before, "to": format!("{new:?}") });
        self.commit(write, actor, verb, format!("recommendation {}", new.number), detail).await
    }

    /// Creates an action (`code` is `None`) or edits the one with this code; its milestones and the recommendations it serves
    /// become those of the form.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_action(&self, actor: &Actor, code: Option<&str>, form: &ActionForm) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let mut checks = Checks::default();
        let new_code = checks.code("code", &form.code, "Enter a short code, such as CYP-07");
        let title = checks.filled("title", &form.title, "Enter what the action is called");
        let subgroup = programme.subgroups.iter().find(|s| s.code == form.subgroup);
        if subgroup.is_none() {
            checks.refuse("subgroup", "Choose the subgroup that drives it");
        }
        let mut member = |field: &str, code: &str| {
            let found = programme.members.iter().find(|m| m.code == code);
            if found.is_none() && !code.is_empty() {
                checks.refuse(field, "Choose a member of the partnership, or nobody");
            }
            found.map(|m| m.id)
        };
        let (owner_id, sponsor_id) = (member("owner", &form.owner), member("sponsor", &form.sponsor));
        let (starts_on, due_on) = (checks.date("starts", &form.starts), checks.date("due", &form.due));
        let (finished_on, stopped_on) =
            (checks.date("finished", &form.finished), checks.date("stopped", &form.stopped));
        if starts_on.zip(due_on).is_some_and(|(starts, due)| due < starts) {
            checks.refuse("due", "The date it is due must be on or after the date it starts");
        }
        let percent: Option<i64> =
            if form.percent.trim().is_empty() { Some(0) } else { form.percent.trim().parse().ok() };
        let percent = percent.filter(|percent| (0..=100).contains(percent));
        if percent.is_none() {
            checks.refuse("percent", "Enter a whole number from 0 to 100");
        }
        let mut milestones = Vec::new();
        for (index, milestone) in
            form.milestones.iter().enumerate().filter(|(_, m)| !m.title.trim().is_empty())
        {
            let due = checks.date(&format!("milestone-{index}-due"), &milestone.due);
            let done_on = checks.date(&format!("milestone-{index}-done"), &milestone.done);
            match due {
                Some(due_on) => {
                    milestones.push(Milestone {
                        action_id: 0,
                        title: milestone.title.trim().to_owned(),
                        due_on,
                        done_on,
                    });
                }
                None if milestone.due.trim().is_empty() => {
                    checks.refuse(&format!("milestone-{index}-due"), "Enter the date this milestone is due");
                }
                None => {}
            }
        }
        let mut serves = Vec::new();
        for number in &form.recommendations {
            match programme.recommendations.iter().find(|r| r.number == *number) {
                Some(recommendation) => serves.push(recommendation.id),
                None => checks.refuse("recommendations", "Choose from the partnership's recommendations"),
            }
        }
        if programme.actions.iter().any(|a| a.code == new_code && Some(a.code.as_str()) != code) {
            checks.refuse("code", "Another action has this code: choose another");
        }
        checks.done()?;
        let existing = match code {
            Some(code) => Some(tables::action_by_code(self.store().reader(), code).await?),
            None => None,
        };
        let new = Action {
            id: existing.as_ref().map_or(0, |action| action.id),
            code: new_code,
            title,
            description: form.description.trim().to_owned(),
            subgroup_id: subgroup.map_or(0, |s| s.id),
            owner_id,
            sponsor_id,
            starts_on,
            due_on,
            finished_on,
            stopped_on,
            percent_complete: percent.unwrap_or(0),
        };
        self.keep_action(actor, existing, new, milestones, serves).await
    }

    async fn keep_action(
        &self,
        actor: &Actor,
        existing: Option<Action>,
        new: Action,
        milestones: Vec<Milestone>,
        serves: Vec<i64>,
    ) -> Result<()> {
        let write = self.store().write().await?;
        let (verb, id) = match &existing {
            Some(existing) => {
                tables::edit_action(&write, existing.id, &new).await?;
                ("edit", existing.id)
            }
            None => ("create", tables::add_action(&write, &new).await?),
        };
        tables::remove_milestones_of(&write, id).await?;
        for milestone in milestones {
            tables::add_milestone(&write, &Milestone { action_id: id, ..milestone }).await?;
        }
        tables::unlink_action(&write, id).await?;
        for recommendation in serves {
            tables::link_action(&write, id, recommendation).await?;
        }
        let before = existing.map(|action| format!("{action:?}"));
        let detail = serde_json::json!({ "from": before, "to": format!("{new:?}") });
        self.commit(write, actor, verb, format!("action {}", new.code), detail).await
    }
}
