//! Who may sign in, and who is signed in.

mod account;
mod session;

pub use account::{
    Account, NewAccount, account_by_email, account_by_id, accounts, add_account, set_password_hash,
};
pub use session::{
    Session, end_all_sessions, end_session, end_sessions_of, end_stale_sessions, session_by_token,
    start_session, touch_session,
};
