//! Results as PDF, Word, Excel, CSV, charts and maps.

pub mod charts;
pub mod documents;
mod error;
pub mod figures;
mod fonts;
pub mod maps;
pub mod progress;
pub mod sentences;
mod svg;

pub use error::Error;
pub use svg::{CHART_CSS, Frame, Width};
