//! What an edit writes, once a form was found to be in order.

use store::indicators::{self, Indicator, Target};
use store::partnership::{self, Action, Member, Milestone, Organisation, Recommendation, Subgroup};
use store::{Result, Write};

use crate::actor::{Belonging, Belongs};
use crate::partnership::Programme;

/// A thing as it will be. One whose number in the database is 0 is new.
pub(crate) enum Change {
    /// A subgroup.
    Subgroup(Subgroup),
    /// An organisation.
    Organisation(Organisation),
    /// A member.
    Member(Member),
    /// A recommendation.
    Recommendation(Recommendation),
    /// An action, its milestones, and the recommendations that it serves.
    Action(Action, Vec<Milestone>, Vec<i64>),
    /// An indicator, the recommendations that it measures and the actions that it follows.
    Indicator(Box<Indicator>, Vec<i64>, Vec<i64>),
    /// All targets of the indicator with this code and number.
    Targets(String, i64, Vec<Target>),
    /// The organisations that the action with this code and number is shared with.
    Sharing(String, i64, Vec<i64>),
}

impl Change {
    /// The code that the thing's page is found by.
    pub(crate) fn code(&self) -> &str {
        match self {
            Change::Subgroup(subgroup) => &subgroup.code,
            Change::Organisation(organisation) => &organisation.name,
            Change::Member(member) => &member.code,
            Change::Recommendation(recommendation) => &recommendation.number,
            Change::Action(action, ..) => &action.code,
            Change::Indicator(indicator, ..) => &indicator.code,
            Change::Targets(code, ..) | Change::Sharing(code, ..) => code,
        }
    }

    /// Whose the thing will be.
    pub(crate) fn belongs(&self, programme: &Programme) -> Belonging {
        match self {
            Change::Subgroup(subgroup) => subgroup.belongs(),
            Change::Recommendation(recommendation) => recommendation.belongs(),
            Change::Action(action, ..) => action.belongs(),
            Change::Indicator(indicator, ..) => indicator.belongs(),
            Change::Targets(_, id, _) => {
                programme.indicators.iter().find(|i| i.id == *id).map(Belongs::belongs).unwrap_or_default()
            }
            Change::Sharing(_, id, _) => {
                programme.actions.iter().find(|a| a.id == *id).map(Belongs::belongs).unwrap_or_default()
            }
            Change::Organisation(_) | Change::Member(_) => Belonging::default(),
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`store::Error::Taken`] when something else has its code.
    pub(crate) async fn write(&self, write: &Write) -> Result<()> {
        match self {
            Change::Subgroup(new) if new.id == 0 => {
                partnership::add_subgroup(write, new).await?;
            }
            Change::Subgroup(new) => partnership::edit_subgroup(write, new.id, new).await?,
            Change::Organisation(new) if new.id == 0 => {
                partnership::add_organisation(write, &new.name, &new.kind).await?;
            }
            Change::Organisation(new) => partnership::edit_organisation(write, new).await?,
            Change::Member(new) if new.id == 0 => {
                partnership::add_member(write, new).await?;
            }
            Change::Member(new) => partnership::edit_member(write, new.id, new).await?,
            Change::Recommendation(new) if new.id == 0 => {
                partnership::add_recommendation(write, new).await?;
            }
            Change::Recommendation(new) => partnership::edit_recommendation(write, new.id, new).await?,
            Change::Action(new, milestones, serves) => action(write, new, milestones, serves).await?,
            Change::Indicator(new, measures, follows) => indicator(write, new, measures, follows).await?,
            Change::Sharing(_, action, organisations) => {
                partnership::share_action(write, *action, organisations).await?;
            }
            Change::Targets(_, indicator, targets) => {
                indicators::remove_targets_of(write, *indicator).await?;
                for target in targets {
                    indicators::add_target(write, target).await?;
                }
            }
        }
        Ok(())
    }
}

async fn action(write: &Write, new: &Action, milestones: &[Milestone], serves: &[i64]) -> Result<()> {
    let id = if new.id == 0 {
        partnership::add_action(write, new).await?
    } else {
        partnership::edit_action(write, new.id, new).await?;
        new.id
    };
    partnership::remove_milestones_of(write, id).await?;
    for milestone in milestones {
        partnership::add_milestone(write, &Milestone { action_id: id, ..milestone.clone() }).await?;
    }
    partnership::unlink_action(write, id).await?;
    for recommendation in serves {
        partnership::link_action(write, id, *recommendation).await?;
    }
    Ok(())
}

async fn indicator(write: &Write, new: &Indicator, measures: &[i64], follows: &[i64]) -> Result<()> {
    let id = if new.id == 0 {
        indicators::add_indicator(write, new).await?
    } else {
        indicators::edit_indicator(write, new.id, new).await?;
        new.id
    };
    indicators::unlink_indicator(write, id).await?;
    for recommendation in measures {
        indicators::link_indicator_to_recommendation(write, id, *recommendation).await?;
    }
    for action in follows {
        indicators::link_indicator_to_action(write, id, *action).await?;
    }
    Ok(())
}
