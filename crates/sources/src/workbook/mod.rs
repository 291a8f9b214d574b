//! A workbook's sheets as rows of cells, whatever its format: the one way in for COVER, for the partnership's workbook and
//! for a published table that somebody saved as a workbook.
//!
//! OpenDocument and Office Open XML are read here as streams of XML with a limit on what they unpack to: that
//! takes a third of the time of calamine, which also fills the blanks between cells (one cell in the far corner of a
//! sheet is then 17 thousand million of them). The binary `.xls` of 2013 is left to calamine.

mod ods;
mod xls;
mod xlsx;

use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;

use crate::error::{Place, SourceError};

/// What one cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(Box<str>),
    Number(f64),
}

/// One sheet: `rows[0]` is the spreadsheet's row 1, and a row ends after its last cell that is not empty.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) name: Arc<str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// What a kind of workbook is called, and the most that a genuine one may hold.
#[derive(Debug)]
pub(crate) struct Limits {
    /// What was expected: `a COVER workbook (.xls, .xlsx or .ods)`.
    pub(crate) what: &'static str,
    /// The largest file, in millions of bytes.
    pub(crate) file: usize,
    /// The most that one part may unpack to, in millions of bytes.
    pub(crate) part: usize,
    /// The most cells, in millions.
    pub(crate) cells: usize,
}

impl Limits {
    const fn most_cells(&self) -> usize {
        self.cells * 1_000_000
    }
}

/// A workbook that is being read.
struct Book<'b> {
    name: &'b str,
    limits: &'static Limits,
}

const EMPTY: &Cell = &Cell::Empty;

impl Cell {
    /// Its text without surrounding space; empty for a number or nothing.
    pub(crate) fn text(&self) -> &str {
        match self {
            Cell::Text(text) => trimmed(text),
            _ => "",
        }
    }

    /// Whether it holds nothing but space.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => trimmed(text).is_empty(),
            Cell::Number(_) => false,
        }
    }
}

impl Sheet {
    /// The cell of a row and a column, both counted from 0.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(EMPTY)
    }
}

/// Text without spaces, no-break spaces and zero-width marks around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}' || c == '\u{feff}')
}

/// Whether the bytes begin as a workbook does (`.xlsx` and `.ods` are zip archives, `.xls` a compound file).
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..])
}

/// The sheets of a workbook, told apart by its first bytes.
///
/// # Errors
/// A file that is no workbook, is damaged, or holds more than any genuine one.
pub(crate) fn open(name: &str, bytes: &[u8], limits: &'static Limits) -> Result<Vec<Sheet>, SourceError> {
    let book = Book { name, limits };
    let unexpected = |found: &str| crate::error::unexpected(name, found, limits.what);
    if bytes.is_empty() {
        return Err(unexpected("the file is empty"));
    }
    if bytes.len() > limits.file * 1_000_000 {
        return Err(book.too_large(format!("{} million bytes", limits.file)));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return xls::sheets(&book, bytes);
    }
    if !bytes.starts_with(b"PK") {
        return Err(unexpected("the file is not a workbook: its first bytes are of no such format"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| book.damaged("workbook (.xlsx or .ods)", error.to_string()))?;
    if archive.index_for_name("content.xml").is_some() {
        ods::sheets(&book, &mut archive)
    } else if archive.index_for_name("xl/workbook.xml").is_some() {
        xlsx::sheets(&book, &mut archive)
    } else {
        Err(unexpected("the file is an archive without content.xml or xl/workbook.xml"))
    }
}

/// A zip archive in memory.
type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

impl Book<'_> {
    /// One part of a zip archive, unpacked, at most as much of it as the limit allows.
    fn part(
        &self,
        format: &'static str,
        archive: &mut Archive<'_>,
        path: &str,
    ) -> Result<Vec<u8>, SourceError> {
        let damaged = |error: String| self.damaged(format, format!("{path}: {error}"));
        let part = archive.by_name(path).map_err(|error| damaged(error.to_string()))?;
        let most = self.limits.part as u64 * 1_000_000;
        let mut unpacked = Vec::with_capacity(part.size().min(most) as usize);
        part.take(most + 1).read_to_end(&mut unpacked).map_err(|error| damaged(error.to_string()))?;
        if unpacked.len() as u64 > most {
            return Err(self.too_large(format!("{} million bytes of XML", self.limits.part)));
        }
        Ok(unpacked)
    }

    /// A file that is not what it claims to be.
    fn damaged(&self, format: &'static str, reason: String) -> SourceError {
        SourceError::Damaged { place: self.place(), format, reason }
    }

    /// A file that holds more than any genuine one.
    fn too_large(&self, limit: String) -> SourceError {
        SourceError::TooLarge { place: self.place(), format: "workbook", limit }
    }

    fn too_many_cells(&self) -> SourceError {
        self.too_large(format!("{} million cells", self.limits.cells))
    }

    fn place(&self) -> Place {
        Place { file: self.name.into(), ..Place::default() }
    }
}

/// A cell of text; empty text is no cell.
fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}
