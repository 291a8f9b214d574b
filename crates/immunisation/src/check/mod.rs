//! Holds the engine against CDC's published test cases.
//!
//! CDC publishes its cases as workbooks, one case a row: a child, up to seven doses with the status and reason
//! that each should have, the status of the series and the dates of the forecast. The workbook's cells are
//! passed in as [`Cell`]s by whoever can read the file; here they become [`Case`]s ([`cases`]), are run
//! ([`compare`]) and are reported ([`Report`]).

mod case;
mod compare;
mod notes;
mod report;

pub use case::{Case, Cell, ExpectedDose, cases};
pub use compare::{Comparison, DoseComparison, FieldComparison, compare};
pub use notes::{Note, notes};
pub use report::{Agreement, Report};
