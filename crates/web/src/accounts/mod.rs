//! Signing in and out, one's own account with its second factors, and other people's accounts for whoever looks after them.

mod choices;
mod code;
mod door;
mod invitation;
mod invite;
mod machines;
mod own;
mod passkey;
mod proof;
mod provider;
mod second_factor;
mod sign_in;
mod sign_out;
mod users;

pub(crate) use code::{code_page, give_code, give_passkey};
pub(crate) use door::{Door, knock};
pub(crate) use invitation::{choose_password, invitation_page};
pub(crate) use invite::{invite, invite_page, reset_user};
pub(crate) use machines::{add_machine, machine_page, machines, revoke_machine};
pub(crate) use own::{change_password, end_other_sessions, end_session, own_account};
pub(crate) use passkey::{add_passkey, new_passkey, remove_passkey, remove_passkey_page};
pub(crate) use proof::{confirm, confirm_page};
pub(crate) use provider::{from_provider, to_provider};
pub(crate) use second_factor::{
    second_factor_off, second_factor_off_page, second_factor_on, second_factor_page,
};
pub(crate) use sign_in::{sign_in, sign_in_page};
pub(crate) use sign_out::sign_out;
pub(crate) use users::{change_role, open_user, place_user, shut_user, user, users, users_csv};
