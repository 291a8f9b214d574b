//! Documents: one neutral model, written as tagged PDF, Word, Excel, HTML and CSV.

mod model;
mod table;

pub use model::{Block, Document, Method, Section, Tone, Vintage};
pub use table::{Cell, Column, Table};
