//! Signing in and out.

mod door;
mod sign_in;
mod sign_out;

pub(crate) use door::Door;
pub(crate) use sign_in::{sign_in, sign_in_page};
pub(crate) use sign_out::sign_out;
