//! A drawn chart and everything that has to travel with it.

use serde::{Deserialize, Serialize};

use crate::documents::Table;

/// A chart, map or icon: the drawing, and what stands for it where it cannot be seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The drawing: a whole `<svg>` element with `role="img"`, a `<title>` and a `<desc>`, no style attributes
    /// and no scripts. Its ids begin with the identifier that the caller gave.
    pub svg: String,
    /// Its natural width in CSS pixels.
    pub width: u32,
    /// Its natural height in CSS pixels.
    pub height: u32,
    /// What it shows.
    pub title: String,
    /// What is to be seen in it, in words: the alternative text.
    pub description: String,
    /// The data behind it. Empty (no columns) for an icon.
    pub table: Table,
}
