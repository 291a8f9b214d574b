//! The partnership's progress report.
//!
//! [`ProgressReport`] is what it is made from; [`ProgressReport::document`] turns it into a
//! [`crate::documents::Document`], which is then written as PDF, Word, Excel or HTML.

mod document;
mod input;

pub use input::{
    ActionProgress, ActionState, Gap, IndicatorProgress, ProgressReport, RecommendationProgress, Scope,
};
