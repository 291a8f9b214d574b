//! Accounts and sessions.

mod add;
mod password;
mod sign_in;

pub use add::NewUser;
pub use sign_in::{SignedIn, Started};
