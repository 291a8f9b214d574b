//! Quality improvement.

mod ghost;
mod rebase;

pub use ghost::{GhostForm, LeftOut};
pub use rebase::RebaseForm;
