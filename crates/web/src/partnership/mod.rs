//! The partnership's programme: subgroups, recommendations, actions, members, and what is missing.

pub(crate) mod actions;
mod chosen;
pub(crate) mod edit_action;
pub(crate) mod edit_member;
pub(crate) mod edit_recommendation;
pub(crate) mod edit_subgroup;
pub(crate) mod gaps;
pub(crate) mod members;
pub(crate) mod recommendations;
pub(crate) mod shown;
pub(crate) mod subgroups;
