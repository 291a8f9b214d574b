//! The pages, walked as every role, and seen in a browser.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod browser;
mod doors;
mod edges;
mod editors;
mod fixtures;
mod forgeries;
mod fuzzed;
mod pages;
mod records;
mod seen;
mod serving;
