//! Looking after a running town.

mod amounts;
mod check_up;
mod jobs;
mod register_check;
mod shared_check;

pub use amounts::Amounts;
pub use check_up::{Finding, Health};
pub use jobs::{Job, Jobs, LEASE, Ran, Work};
pub use store::{Question, with_questions};
