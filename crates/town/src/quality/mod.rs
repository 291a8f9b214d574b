//! Quality improvement.

mod rebase;

pub use rebase::RebaseForm;
