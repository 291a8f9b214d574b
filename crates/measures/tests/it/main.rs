//! Measures from outside the crate: against a peer, and what must always hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod agreement;
mod disclosure;
mod properties;
