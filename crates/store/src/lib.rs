//! Tables, migrations, and the questions asked of them.
//!
//! A function here is named for the question it answers, and takes whatever it asks: the [`Store`] for a reader,
//! a [`Write`] inside a change. There is no rule of the programme here and no statistics: a status, a gap or a
//! limit is computed above from what these functions return.
//!
//! The same SQL runs on SQLite (the embedded database, in WAL mode) and on PostgreSQL (the shared one). It is written
//! out as SQL, with `$1` placeholders that both understand, and run through sea-orm, which also keeps the migrations. The
//! rejected alternative is an entity and an active model for each table: three times the lines, and the questions that
//! matter (the latest version of each figure, by area, by deprivation) would still be SQL.

pub mod accounts;
mod audit;
pub mod backup;
mod connection;
mod error;
pub mod indicators;
mod migrations;
pub mod operations;
pub mod partnership;
pub mod quality;
mod questions;
pub mod register;
pub mod reports;
mod settings;
mod sql;

pub use audit::{
    AuditEntry, AuditFilter, AuditHead, AuditLine, audit_head, audit_lines, audit_lines_after,
    audit_lines_like, verify_audit,
};
pub use connection::{Note, Store, Write, register_beside};
pub use error::{Error, Passing};
pub use questions::{Question, with_questions};
pub use sea_orm::ConnectionTrait as Reader;
pub use settings::{set_setting, setting, settings};

/// What every question returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;
