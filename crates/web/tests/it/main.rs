//! The pages, walked as every role, and seen in a browser.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod browser;
mod doors;
mod edges;
mod editors;
mod fixtures;
mod forgeries;
mod fuzzed;
mod own_town;
mod pages;
mod passkeys;
mod provider;
mod records;
mod second_factors;
mod seen;
mod serving;
mod tls;
