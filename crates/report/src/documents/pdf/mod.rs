//! Tagged PDF, to PDF/UA-1, set by typst.
//!
//! The document goes in as data (a virtual JSON file and a virtual SVG file for each chart) and never as typst
//! markup, so that nothing in it can be read as an instruction. typst itself refuses a figure without alternative
//! text, a document without a title and a skipped heading when it is asked for PDF/UA-1.
//!
//! Alternatives weighed: a headless browser prints tagged PDF of lesser quality and is a hundred times the size;
//! writing PDF operators ourselves would mean writing line breaking and tagging as well.

mod data;
mod world;

use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::Document;
use crate::Error;

/// The document as a tagged PDF that conforms to PDF/UA-1. The same document gives the same bytes. A character
/// that the embedded family lacks is shown as an empty square.
///
/// # Errors
///
/// [`Error::Pdf`] when it cannot be typeset, with typst's reasons.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Error> {
    let wrong = |why: Vec<String>| Error::Pdf { title: document.title.clone(), why: why.join("\n") };
    let world = world::ReportWorld::new(data::files(document));
    let said = |errors: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>| {
        wrong(errors.iter().map(|error| error.message.to_string()).collect())
    };
    let pages = typst::compile::<PagedDocument>(&world).output.map_err(said)?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|why| wrong(vec![why.message().to_string()]))?;
    let options = PdfOptions {
        standards,
        creator: typst::foundations::Smart::Custom(Some("het".to_owned())),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(said);
    // What the last few documents had in common is worth keeping; a server must not keep every report it ever made.
    comemo::evict(4);
    bytes
}
