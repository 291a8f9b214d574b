//! Figures: importing what is published, exporting what is known, and what an indicator shows.

mod export;
mod import;
mod kept;
mod reading;

pub use export::ExportFilter;
pub use import::{FileOutcome, ImportFile, Imported, Progress};
pub use kept::Kept;
