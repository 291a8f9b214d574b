//! The partnership's programme: what it has agreed, how it stands, and what is missing.

mod actions;
mod board;
mod edit_action;
mod edit_member;
mod edit_organisation;
mod edit_recommendation;
mod edit_sharing;
mod edit_subgroup;
mod export_workbook;
mod gaps;
mod guest;
mod import_workbook;
mod members;
mod named;
mod order;
mod principles;
mod programme;
mod recommendations;
mod standing;
mod status;
mod subgroups;

pub use actions::{ActionFilter, ActionLine, ActionList, ActionPage, MilestoneLine};
pub(crate) use actions::{csv_of, line_of};
pub use board::{Board, BoardMeasure, Unowned};
pub use edit_action::{ActionForm, MilestoneForm};
pub use edit_member::MemberForm;
pub use edit_organisation::OrganisationForm;
pub use edit_recommendation::RecommendationForm;
pub use edit_sharing::SharingForm;
pub use edit_subgroup::SubgroupForm;
pub use gaps::{Answer, Aspect, GapAnalysis, GapCell, GapFilter, GapRow};
pub use guest::SharedActions;
pub use members::{MemberFilter, MemberLine, MemberList, OrganisationLine};
pub use named::{Choices, Named};
pub(crate) use order::in_order;
pub use principles::{PRINCIPLES, principle};
pub use programme::Programme;
pub use recommendations::{
    Measure, RecommendationFilter, RecommendationLine, RecommendationList, RecommendationPage,
};
pub use standing::Standing;
pub use status::{ActionStatus, MilestoneStatus, action_status, milestone_status};
pub use subgroups::{SubgroupFilter, SubgroupLine, SubgroupPage};
