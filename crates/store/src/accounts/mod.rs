//! Who may sign in, and who is signed in.

mod account;
mod attempt;
mod identity;
mod invitation;
mod machine;
mod passkey;
mod session;

pub use account::{
    Account, NewAccount, account_by_email, account_by_id, accounts, add_account, recovery_codes_left,
    replace_totp_secret, set_disabled, set_password_hash, set_place, set_recovery_codes, set_role, set_totp,
    take_recovery_code, take_totp_step,
};
pub use attempt::{Allowed, attempt, clear_attempts, forget_attempts};
pub use identity::{
    ProviderVisit, account_by_identity, is_linked, link_identity, send_to_provider, take_provider_visit,
    unlink_identities_of,
};
pub use invitation::{Invitation, close_invitations_of, invitation_by_token, invite};
pub use machine::{Machine, add_machine, machine_by_token, machines, revoke_machine};
pub use passkey::{
    NewPasskey, Passkey, add_passkey, passkeys_of, remove_passkey, remove_passkeys_of, use_passkey,
};
pub use session::{
    HeldSession, Session, begin_ceremony, count_wrong_code, end_all_sessions, end_session, end_sessions_of,
    end_stale_sessions, held_session, session_by_token, sessions_of, start_session, take_ceremony,
    touch_session,
};
