//! The partnership's programme: what it has agreed, how it stands, and what is missing.

mod actions;
mod board;
mod edit;
mod export_workbook;
mod gaps;
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
pub use board::{Board, BoardMeasure, Unowned};
pub use edit::{ActionForm, MilestoneForm, RecommendationForm};
pub use gaps::{Answer, Aspect, GapAnalysis, GapCell, GapRow};
pub use members::{MemberForm, MemberLine, OrganisationForm, OrganisationLine};
pub use named::{Choices, Named};
pub use principles::{PRINCIPLES, principle};
pub use programme::Programme;
pub use recommendations::{
    Measure, RecommendationFilter, RecommendationLine, RecommendationList, RecommendationPage,
};
pub use standing::Standing;
pub use status::{ActionStatus, MilestoneStatus, action_status, milestone_status};
pub use subgroups::{SubgroupForm, SubgroupLine, SubgroupPage};
