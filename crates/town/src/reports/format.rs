//! The formats of a report.

use report::documents::{self, Document};

use crate::{Error, Result};

/// A format that a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// Tagged PDF (PDF/UA-1).
    Pdf,
    /// Word.
    Word,
    /// Excel.
    Excel,
    /// A fragment of a web page, with a heading of level 1.
    Html,
}

impl ReportFormat {
    /// Every format.
    pub const ALL: [ReportFormat; 4] =
        [ReportFormat::Pdf, ReportFormat::Word, ReportFormat::Excel, ReportFormat::Html];

    /// The ending of a file of this format, which is also its code.
    pub fn extension(self) -> &'static str {
        match self {
            ReportFormat::Pdf => "pdf",
            ReportFormat::Word => "docx",
            ReportFormat::Excel => "xlsx",
            ReportFormat::Html => "html",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ReportFormat::Pdf => "PDF",
            ReportFormat::Word => "Word",
            ReportFormat::Excel => "Excel",
            ReportFormat::Html => "web page",
        }
    }

    /// The media type of a file of this format.
    pub fn media_type(self) -> &'static str {
        match self {
            ReportFormat::Pdf => "application/pdf",
            ReportFormat::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ReportFormat::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ReportFormat::Html => "text/html; charset=utf-8",
        }
    }

    /// The format with this ending.
    pub fn from_extension(extension: &str) -> Option<ReportFormat> {
        ReportFormat::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// Writes a document in this format.
    pub(crate) fn write(self, document: &Document) -> Result<Vec<u8>> {
        let written = match self {
            ReportFormat::Pdf => documents::pdf(document),
            ReportFormat::Word => documents::word(document),
            ReportFormat::Excel => documents::excel(document),
            ReportFormat::Html => Ok(documents::html(document, 1).into_bytes()),
        };
        written.map_err(|error| Error::Failed { doing: "writing a report", reason: error.to_string() })
    }
}
