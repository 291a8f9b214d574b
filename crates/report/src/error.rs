//! What can go wrong when results are written.

/// What can go wrong when results are written. Each says what was being written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A chart could not be turned into a picture.
    #[error("the chart '{title}' cannot be drawn as a picture: {why}")]
    Picture {
        /// The chart's title.
        title: String,
        /// What was wrong.
        why: String,
    },
    /// A document could not be typeset as PDF.
    #[error("the document '{title}' cannot be written as PDF: {why}")]
    Pdf {
        /// The document's title.
        title: String,
        /// What was wrong, one line each.
        why: String,
    },
    /// A document or table could not be written in an office format or as CSV.
    #[error("'{title}' cannot be written as {format}: {why}")]
    Write {
        /// The document's or table's title.
        title: String,
        /// The format's name.
        format: &'static str,
        /// What was wrong.
        why: String,
    },
    /// A stored document could not be read back.
    #[error("a stored document cannot be read back: {0}")]
    Snapshot(String),
}
