//! Word, as an Office Open XML package of our own writing.
//!
//! `docx-rs` was tried and rejected: it names every picture "Figure" with no way to give alternative text, cannot mark a
//! table's heading row, sets neither title nor language, and numbers pictures from a process-wide counter, so
//! that the same document gives different bytes. What a report needs of the format is small (ISO/IEC 29500-1).

mod body;
mod parts;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Document;
use crate::Error;

/// The document as a Word file (.docx): real headings, tables with heading rows, charts as pictures with alternative
/// text. The same document gives the same bytes.
///
/// # Errors
///
/// [`Error::Picture`] when a chart cannot be drawn and [`Error::Write`] when the package cannot be put together.
pub fn word(document: &Document) -> Result<Vec<u8>, Error> {
    let body = body::write(document)?;
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), parts::CONTENT_TYPES.into()),
        ("_rels/.rels".to_owned(), parts::PACKAGE_RELATIONS.into()),
        ("docProps/core.xml".to_owned(), parts::core_properties(document).into()),
        ("word/document.xml".to_owned(), body.xml.into()),
        ("word/_rels/document.xml.rels".to_owned(), parts::relations(body.pictures.len()).into()),
        ("word/styles.xml".to_owned(), parts::styles(&document.language).into()),
        ("word/numbering.xml".to_owned(), parts::NUMBERING.into()),
        ("word/settings.xml".to_owned(), parts::SETTINGS.into()),
        ("word/header1.xml".to_owned(), parts::header(document).into()),
        ("word/footer1.xml".to_owned(), parts::footer(document).into()),
    ];
    for (index, picture) in body.pictures.into_iter().enumerate() {
        files.push((format!("word/media/chart{}.png", index + 1), picture));
    }
    package(files).map_err(|error| Error::Write {
        title: document.title.clone(),
        format: "Word",
        why: error.to_string(),
    })
}

fn package(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let picture = name.ends_with(".png");
        let packed = if picture { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(name, SimpleFileOptions::default().compression_method(packed))?;
        zip.write_all(&content)?;
    }
    Ok(zip.finish()?.into_inner())
}
