//! A workbook's sheets as rows of cells, whatever its format.
//!
//! OpenDocument and Office Open XML are read here as streams of XML with a limit on what they unpack to: that
//! takes a third of the time of calamine, which also fills the blanks between cells. The binary `.xls` of 2013
//! is left to calamine.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Reader, Xls};
use zip::ZipArchive;

use super::{ods, xlsx};
use crate::error::{Place, SourceError};

/// What one cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(Box<str>),
    Number(f64),
}

/// One sheet: `rows[0]` is the spreadsheet's row 1, and a row ends after its last cell that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: Arc<str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// The most that one part of a workbook may unpack to, in bytes. The largest published part has 2.2 million.
pub(super) const LARGEST_PART: u64 = 64 << 20;
/// The most cells that a workbook may hold. The largest published one has 40,000.
pub(super) const MOST_CELLS: usize = 1_000_000;
/// The largest file that is looked at, in bytes. The largest published one has half a million.
const LARGEST_FILE: usize = 32 << 20;

const EMPTY: &Cell = &Cell::Empty;

impl Cell {
    /// Its text without surrounding space; empty for a number or nothing.
    pub(super) fn text(&self) -> &str {
        match self {
            Cell::Text(text) => trimmed(text),
            _ => "",
        }
    }

    /// Whether it holds nothing but space.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => trimmed(text).is_empty(),
            Cell::Number(_) => false,
        }
    }
}

impl Sheet {
    /// The cell of a row and a column, both counted from 0.
    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(EMPTY)
    }
}

/// Text without spaces, no-break spaces and zero-width marks around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}' || c == '\u{feff}')
}

/// The sheets of a workbook, told apart by its first bytes.
pub(super) fn open(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, SourceError> {
    if bytes.is_empty() {
        return Err(crate::error::unexpected(
            name,
            "the file is empty",
            "a COVER workbook (.xls, .xlsx or .ods)",
        ));
    }
    if bytes.len() > LARGEST_FILE {
        return Err(too_large(name, "32 million bytes"));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return old_excel(name, bytes);
    }
    if !bytes.starts_with(b"PK") {
        let found = "the file is not a workbook: its first bytes are of no such format";
        return Err(crate::error::unexpected(name, found, "a COVER workbook (.xls, .xlsx or .ods)"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| damaged(name, "workbook (.xlsx or .ods)", error.to_string()))?;
    if archive.index_for_name("content.xml").is_some() {
        ods::sheets(name, &mut archive)
    } else if archive.index_for_name("xl/workbook.xml").is_some() {
        xlsx::sheets(name, &mut archive)
    } else {
        let found = "the file is an archive without content.xml or xl/workbook.xml";
        Err(crate::error::unexpected(name, found, "a COVER workbook (.xls, .xlsx or .ods)"))
    }
}

/// A zip archive in memory.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// One part of a zip archive, unpacked, at most [`LARGEST_PART`] bytes of it.
pub(super) fn part(
    name: &str,
    format: &'static str,
    archive: &mut Archive<'_>,
    path: &str,
) -> Result<Vec<u8>, SourceError> {
    let part = archive.by_name(path).map_err(|error| damaged(name, format, format!("{path}: {error}")))?;
    let mut unpacked = Vec::with_capacity(part.size().min(LARGEST_PART) as usize);
    part.take(LARGEST_PART + 1)
        .read_to_end(&mut unpacked)
        .map_err(|error| damaged(name, format, format!("{path}: {error}")))?;
    if unpacked.len() as u64 > LARGEST_PART {
        return Err(too_large(name, "64 million bytes of XML"));
    }
    Ok(unpacked)
}

/// A file that is not what it claims to be.
pub(super) fn damaged(name: &str, format: &'static str, reason: String) -> SourceError {
    SourceError::Damaged { place: Place { file: name.into(), ..Place::default() }, format, reason }
}

/// A file that holds more than any genuine one.
pub(super) fn too_large(name: &str, limit: &str) -> SourceError {
    SourceError::TooLarge {
        place: Place { file: name.into(), ..Place::default() },
        format: "COVER workbook",
        limit: limit.to_owned(),
    }
}

const XLS: &str = "Excel workbook (.xls)";

fn old_excel(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, SourceError> {
    // The reader of this format trusts the lengths in the file, and panics on some that are false.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut book: Xls<_> =
            Xls::new(Cursor::new(bytes)).map_err(|error| damaged(name, XLS, error.to_string()))?;
        let mut cells = 0;
        let mut sheets = Vec::new();
        for (title, range) in book.worksheets() {
            cells += range.get_size().0.saturating_mul(range.get_size().1);
            if cells > 8 * MOST_CELLS {
                return Err(too_large(name, "8 million cells"));
            }
            sheets.push(from_range(&title, &range));
        }
        Ok(sheets)
    }));
    read.unwrap_or_else(|_| Err(damaged(name, XLS, "its records contradict each other".to_owned())))
}

fn from_range(title: &str, range: &calamine::Range<Data>) -> Sheet {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows = vec![Vec::new(); first_row as usize];
    for cells in range.rows() {
        let mut row = vec![Cell::Empty; first_column as usize];
        row.extend(cells.iter().map(from_data));
        while row.last() == Some(&Cell::Empty) {
            row.pop();
        }
        rows.push(row);
    }
    Sheet { name: title.into(), rows }
}

fn from_data(data: &Data) -> Cell {
    match data {
        Data::Float(number) => Cell::Number(*number),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::DateTime(date) => Cell::Number(date.as_f64()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_cell(text),
        Data::Bool(flag) => text_cell(if *flag { "TRUE" } else { "FALSE" }),
        Data::Error(error) => text_cell(&error.to_string()),
        _ => Cell::Empty,
    }
}

/// A cell of text; empty text is no cell.
pub(super) fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}
