//! Readers of published files into the vocabulary's types.
//!
//! Every reader is a pure function from a file's name and its bytes to records and [`Findings`], or to a
//! [`SourceError`] that names the file, sheet, row, column, value and what was expected. Nothing here opens a
//! file except [`read_file`]. [`KINDS`] is the one table of what can be imported.

pub mod areas;
pub mod boundaries;
pub mod cover;
pub mod deprivation;
mod error;
mod findings;
pub mod fingertips;
mod kinds;
pub mod people;
mod places;
pub mod postcodes;
pub mod programme;
mod table;
mod workbook;

pub use error::{Place, SourceError, read_file};
pub use findings::{Finding, Findings, Severity};
pub use kinds::{ImportKind, KINDS, Kind};
