//! Creating and editing recommendations.

use store::partnership::Recommendation;

use super::Programme;
use super::recommendations::find;
use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::{Actor, Permission, Result, Town};

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

form!(RecommendationForm, "recommendation", {
    number: "Number",
    words: "Words",
    principle: "Marmot principle",
    horizon: "Horizon",
    subgroup: "Subgroup",
    owner: "Owner",
});

impl Town {
    /// The recommendation with this number as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is none.
    pub async fn recommendation_form(&self, actor: &Actor, number: &str) -> Result<RecommendationForm> {
        self.form(actor, number).await
    }

    /// Creates a recommendation, or edits the one with this number, and gives its number now.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) with every field that will not do, [`Error::Changed`](crate::Error::Changed)
    /// when it is another than was seen.
    pub async fn save_recommendation(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &RecommendationForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for RecommendationForm {
    const EDITING: Permission = Permission::EditSubgroup;
    const RENAMED: Option<(&'static str, &'static str)> = Some(("recommendation", "number"));

    fn of(programme: &Programme, number: &str) -> Result<RecommendationForm> {
        let recommendation = find(programme, number)?;
        Ok(RecommendationForm {
            number: recommendation.number.clone(),
            words: recommendation.words.clone(),
            principle: recommendation.principle,
            horizon: recommendation.horizon.clone(),
            subgroup: programme.named_subgroup(recommendation.subgroup_id).code,
            owner: programme.named_member(recommendation.owner_id).map(|m| m.code).unwrap_or_default(),
        })
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, number: Option<&str>) -> Result<Change> {
        let existing = number.map(|number| find(programme, number)).transpose()?;
        let mut checks = Checks::default();
        let number = checks.code("number", &self.number, "Enter the recommendation's number in the report");
        let words = checks.filled("words", &self.words, "Enter the recommendation's words");
        if !(1..=8).contains(&self.principle) {
            checks.refuse("principle", "Choose the Marmot principle it belongs to");
        }
        if !["short", "medium", "long"].contains(&self.horizon.as_str()) {
            checks.refuse("horizon", "Choose short, medium or long");
        }
        let subgroup = programme.subgroups.iter().find(|s| s.code == self.subgroup);
        if subgroup.is_none() {
            checks.refuse("subgroup", "Choose the subgroup that drives it");
        }
        let owner = programme.checked_member(&mut checks, "owner", &self.owner);
        let id = existing.map_or(0, |r| r.id);
        if programme.recommendations.iter().any(|r| r.number == number && r.id != id) {
            checks.refuse("number", "Another recommendation has this number: choose another");
        }
        checks.done()?;
        Ok(Change::Recommendation(Recommendation {
            id,
            number,
            words,
            principle: self.principle,
            horizon: self.horizon.clone(),
            subgroup_id: subgroup.map_or(0, |s| s.id),
            owner_id: owner,
        }))
    }
}
