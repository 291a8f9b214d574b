//! The program as a user calls it.

// A test that cannot call the program stops.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod asking;
mod exports;
mod keeping;
mod kill;
mod people;
mod program;
mod quiet;
mod spc;
mod together;
mod traces;
mod trials;
mod vaccines;
