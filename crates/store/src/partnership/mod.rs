//! Subgroups, members, recommendations, actions and their milestones.

mod actions;
mod members;
mod recommendations;
mod subgroups;

pub use actions::{
    Action, Milestone, action_by_code, actions, actions_of_recommendations, actions_shared, add_action,
    add_milestone, edit_action, link_action, milestones_of, remove_milestones_of, share_action,
    unlink_action,
};
pub use members::{
    Member, NewMember, Organisation, add_member, add_organisation, edit_member, edit_organisation, members,
    organisations,
};
pub use recommendations::{
    Recommendation, add_recommendation, edit_recommendation, recommendation_by_number, recommendations,
};
pub use subgroups::{Subgroup, add_subgroup, edit_subgroup, subgroup_by_code, subgroups};

use crate::{Error, Result};
use vocabulary::Date;

/// Reads a date back.
fn read_date(text: Option<String>) -> Result<Option<Date>> {
    text.map(|text| text.parse().map_err(|_| Error::Foreign { what: "date", value: text.clone() }))
        .transpose()
}

/// Writes a date.
fn date_text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}
