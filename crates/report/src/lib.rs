//! Results as PDF, Word, Excel, CSV, charts and maps.

pub mod charts;
pub mod documents;
pub mod figures;
pub mod progress;
mod svg;

pub use svg::{Frame, Width};
