//! The partnership's programme: subgroups, recommendations, actions, members, and what is missing.

pub(crate) mod actions;
mod chosen;
mod edit_action;
mod edit_member;
mod edit_organisation;
mod edit_recommendation;
mod edit_sharing;
mod edit_subgroup;
pub(crate) mod gaps;
pub(crate) mod guest;
pub(crate) mod members;
pub(crate) mod organisations;
pub(crate) mod recommendations;
pub(crate) mod shown;
pub(crate) mod subgroups;
