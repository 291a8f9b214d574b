//! The whole programme as it stands: a few hundred rows, read once for each version of the data.

use std::sync::Arc;

use store::indicators::{self, Indicator, Target};
use store::partnership::{self, Action, Member, Milestone, Organisation, Recommendation, Subgroup};
use store::quality::{Ghost, Rebase, ghosts, rebases_of};
use vocabulary::AreaCode;

use crate::{Result, Town};

/// Everything that the partnership has agreed, and what is tied to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Subgroups in their order.
    pub subgroups: Vec<Subgroup>,
    /// Organisations by name.
    pub organisations: Vec<Organisation>,
    /// Members by code.
    pub members: Vec<Member>,
    /// Recommendations by number.
    pub recommendations: Vec<Recommendation>,
    /// Actions by code.
    pub actions: Vec<Action>,
    /// Milestones by date.
    pub milestones: Vec<Milestone>,
    /// Indicators by name.
    pub indicators: Vec<Indicator>,
    /// Targets by date.
    pub targets: Vec<Target>,
    /// Rebasings by period.
    pub rebases: Vec<Rebase>,
    /// Points left out of limits, by period.
    pub ghosts: Vec<Ghost>,
    /// (action, recommendation).
    pub action_serves: Vec<(i64, i64)>,
    /// (indicator, recommendation).
    pub indicator_measures: Vec<(i64, i64)>,
    /// (indicator, action).
    pub indicator_follows: Vec<(i64, i64)>,
    /// (action, organisation that it is shared with).
    pub actions_shared: Vec<(i64, i64)>,
}

impl Town {
    /// The programme as it stands.
    pub(crate) async fn programme(&self) -> Result<Arc<Programme>> {
        let version = self.data_version().await?;
        if let Some(kept) = self.kept.get(version, "programme") {
            return Ok(kept);
        }
        let db = self.store().reader();
        let programme = Arc::new(Programme {
            subgroups: partnership::subgroups(db).await?,
            organisations: partnership::organisations(db).await?,
            members: partnership::members(db).await?,
            recommendations: partnership::recommendations(db).await?,
            actions: partnership::actions(db).await?,
            milestones: partnership::milestones_of(db, None).await?,
            indicators: indicators::indicators(db).await?,
            targets: indicators::targets_of(db, None).await?,
            rebases: rebases_of(db, None).await?,
            ghosts: ghosts(db).await?,
            action_serves: partnership::actions_of_recommendations(db).await?,
            indicator_measures: indicators::recommendations_of_indicator(db).await?,
            indicator_follows: indicators::actions_of_indicator(db).await?,
            actions_shared: partnership::actions_shared(db).await?,
        });
        self.kept.put(version, "programme", programme.clone());
        Ok(programme)
    }
}

impl Programme {
    /// The subgroup with this number.
    pub fn subgroup(&self, id: i64) -> Option<&Subgroup> {
        self.subgroups.iter().find(|subgroup| subgroup.id == id)
    }

    /// The member with this number.
    pub fn member(&self, id: Option<i64>) -> Option<&Member> {
        self.members.iter().find(|member| Some(member.id) == id)
    }

    /// The name of the member's organisation.
    pub fn organisation_of(&self, member: &Member) -> Option<&str> {
        self.organisations.iter().find(|o| Some(o.id) == member.organisation_id).map(|o| o.name.as_str())
    }

    /// The actions that serve a recommendation.
    pub fn actions_serving(&self, recommendation: i64) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| self.action_serves.contains(&(action.id, recommendation)))
    }

    /// The recommendations that an action serves.
    pub fn served_by(&self, action: i64) -> impl Iterator<Item = &Recommendation> {
        self.recommendations.iter().filter(move |r| self.action_serves.contains(&(action, r.id)))
    }

    /// The indicators that measure a recommendation, its own and those of its actions, each once.
    pub fn indicators_measuring(&self, recommendation: i64) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            self.indicator_measures.contains(&(indicator.id, recommendation))
                || self.indicator_follows.iter().any(|&(of, action)| {
                    of == indicator.id && self.action_serves.contains(&(action, recommendation))
                })
        })
    }

    /// The indicators that follow an action.
    pub fn indicators_following(&self, action: i64) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |i| self.indicator_follows.contains(&(i.id, action)))
    }

    /// The recommendations that an indicator measures directly.
    pub fn measured_by(&self, indicator: i64) -> impl Iterator<Item = &Recommendation> {
        self.recommendations.iter().filter(move |r| self.indicator_measures.contains(&(indicator, r.id)))
    }

    /// The actions that an indicator follows.
    pub fn followed_by(&self, indicator: i64) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |a| self.indicator_follows.contains(&(indicator, a.id)))
    }

    /// The organisations that an action is shared with, by name.
    pub fn shared_with(&self, action: i64) -> impl Iterator<Item = &Organisation> {
        self.organisations.iter().filter(move |o| self.actions_shared.contains(&(action, o.id)))
    }

    /// The milestones of an action, by date.
    pub fn milestones_of(&self, action: i64) -> impl Iterator<Item = &Milestone> {
        self.milestones.iter().filter(move |milestone| milestone.action_id == action)
    }

    /// The points left out of an indicator's chart for an area, by period.
    pub fn ghosts_of(&self, indicator: i64, area: AreaCode) -> impl Iterator<Item = &Ghost> {
        self.ghosts.iter().filter(move |ghost| ghost.indicator_id == indicator && ghost.area == area)
    }

    /// The targets of an indicator, by date.
    pub fn targets_of(&self, indicator: i64) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(move |target| target.indicator_id == indicator)
    }
}
