//! Integration tests of the engine against published data.

// Helpers outside #[test] functions may fail a test too, and a skipped test says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod agreement;
mod edges;
mod example;
mod properties;
mod published;
mod uk_cases;
mod uk_edges;
mod uk_properties;
mod uk_stream;
mod uk_uptake;
