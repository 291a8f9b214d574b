//! The use cases on both databases: the embedded one in a folder thrown away afterwards, and PostgreSQL where
//! `HET_TEST_POSTGRES` has the address of a server (`scripts/with-postgres` starts one).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod cover;
mod database;
mod editing;
mod files;
mod ghosts;
mod imports;
mod partnership;
mod passkeys;
mod register;
mod revisions;
mod rights;
mod sessions;
mod soft_key;
