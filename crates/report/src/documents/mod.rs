//! Documents: one neutral model, written as tagged PDF, Word, Excel, HTML, Markdown and CSV.

mod csv;
mod excel;
mod html;
mod markdown;
mod model;
mod pdf;
mod table;
mod word;

pub use csv::csv;
pub use excel::excel;
pub use html::{html, html_table};
pub use markdown::markdown;
pub use model::{Block, Document, Method, Section, Tone, Vintage};
pub use pdf::pdf;
pub use table::{Cell, Column, Table};
pub use word::word;

/// What a document with invented figures says of itself.
const SYNTHETIC: &str = "Synthetic. Every person, place and figure in this document is invented. It shows what a report looks like and says nothing about a real town.";
/// The heading over the sources.
const VINTAGE_HEADING: &str = "Where the figures come from";
/// The heading over the methods.
const METHODS_HEADING: &str = "How the figures were worked out";
