//! Accounts: who may sign in, how they prove it, what is open in their name.

mod add;
mod attempts;
mod common_passwords;
mod demo;
mod invitation;
mod lifetime;
mod list;
mod machine;
mod manage;
mod passkey;
mod password;
mod proof;
mod provider;
mod sealed_secret;
mod second_factor;
mod sessions;
mod sign_in;
mod site;
mod token;

pub use add::NewUser;
pub use attempts::Attempt;
pub use invitation::{Invited, Reset};
pub(crate) use lifetime::session_limits;
pub use list::{UserFilter, UserPlaces, UserState};
pub use machine::{MachineView, NewMachine};
pub use manage::User;
pub use passkey::OwnPasskey;
pub use provider::{Arrived, Leaving, Provider, Providers, Returned, Turned};
pub(crate) use sealed_secret::key_of_secret;
pub use second_factor::{Enrolment, SecondFactor, Waiting};
pub use sessions::OwnSession;
pub use sign_in::{SignedIn, Started};
pub use site::Site;
pub(crate) use token::random_token;
pub use token::session_id;
