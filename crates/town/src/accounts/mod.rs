//! Accounts: who may sign in, how they prove it, what is open in their name.

mod add;
mod common_passwords;
mod demo;
mod invitation;
mod list;
mod machine;
mod manage;
mod password;
mod sealed_secret;
mod second_factor;
mod sessions;
mod sign_in;

pub use add::NewUser;
pub use invitation::Invited;
pub use list::{UserFilter, UserPlaces, UserState};
pub use machine::{MachineView, NewMachine};
pub use manage::User;
pub(crate) use sealed_secret::key_of_secret;
pub use second_factor::{Enrolment, SecondFactor};
pub use sessions::{OwnSession, session_id};
pub use sign_in::{SignedIn, Started};
