//! The partnership's programme: what it has agreed, how it stands, and what is missing.

mod edit;
mod export_workbook;
mod import_workbook;
mod principles;
mod programme;
mod status;

pub use edit::{ActionForm, MilestoneForm, RecommendationForm};
pub use principles::{PRINCIPLES, principle};
pub use programme::Programme;
pub use status::{ActionStatus, MilestoneStatus, action_status, milestone_status};
