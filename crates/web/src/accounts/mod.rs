//! Signing in and out, one's own account, and invitations.

mod code;
mod door;
mod invitation;
mod own;
mod second_factor;
mod sign_in;
mod sign_out;

pub(crate) use code::{code_page, give_code};
pub(crate) use door::Door;
pub(crate) use invitation::{choose_password, invitation_page};
pub(crate) use own::{change_password, end_other_sessions, end_session, own_account};
pub(crate) use second_factor::{second_factor_off, second_factor_on, second_factor_page};
pub(crate) use sign_in::{sign_in, sign_in_page};
pub(crate) use sign_out::sign_out;
