//! Looking after a running town.

mod amounts;
mod check_up;
mod register_check;

pub use amounts::Amounts;
pub use check_up::{Finding, Health};
