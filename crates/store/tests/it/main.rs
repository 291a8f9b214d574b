//! The store, asked the same questions on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod audit;
mod backup;
mod databases;
mod processes;
mod register;
