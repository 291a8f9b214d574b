//! What the crate promises, held from outside: one binary, a module a subject.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod charts;
mod conformance;
mod documents;
mod drawing;
mod maps;
mod sample;
