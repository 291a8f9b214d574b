//! A workbook's sheets as rows of cells, whatever its format: the one way in for COVER, for the partnership's workbook and
//! for a published table that somebody saved as a workbook.
//!
//! OpenDocument and Office Open XML are read here as streams of XML with a limit on what they unpack to: that
//! takes a third of the time of calamine, which also fills the blanks between cells (one cell in the far corner of a
//! sheet is then 17 thousand million of them). So is the binary `.xls` of 2013, out of the compound file that the crate cfb opens: calamine
//! panics on lengths that are false, and a file of ten kilobytes with a cell in each far corner took 13 GB. What a workbook may hold is
//! counted as its reader sees it: cells with the blanks before them, and text as often as it stands in a cell, however often the file
//! itself has it.

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
    /// The most that all its parts may unpack to, and the most text in its cells, in millions of bytes.
    pub(crate) part: usize,
    /// The most cells, in millions.
    pub(crate) cells: usize,
}

impl Limits {
    fn allow(&self, held: &Held) -> bool {
        held.cells <= self.cells * 1_000_000 && held.text <= self.part * 1_000_000
    }
}

/// A workbook that is being read.
struct Book<'b> {
    name: &'b str,
    limits: &'static Limits,
    /// What its parts unpacked to so far, in bytes.
    unpacked: std::cell::Cell<u64>,
}

/// How much a workbook holds so far.
#[derive(Default)]
struct Held {
    /// Cells, with the blanks before them, and rows without any.
    cells: usize,
    /// Bytes of text.
    text: usize,
}

impl Held {
    /// Counts more of both.
    fn add(&mut self, cells: usize, text: usize) {
        self.cells = self.cells.saturating_add(cells);
        self.text = self.text.saturating_add(text);
    }
}

const EMPTY: &Cell = &Cell::Empty;

impl Cell {
    /// How many bytes of text it holds.
    fn size(&self) -> usize {
        match self {
            Cell::Text(text) => text.len(),
            _ => 0,
        }
    }

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
    let book = Book { name, limits, unpacked: std::cell::Cell::default() };
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
    /// One part of a zip archive, unpacked, at most as much of it as the limit still allows.
    fn part(
        &self,
        format: &'static str,
        archive: &mut Archive<'_>,
        path: &str,
    ) -> Result<Vec<u8>, SourceError> {
        let damaged = |error: String| self.damaged(format, format!("{path}: {error}"));
        let part = archive.by_name(path).map_err(|error| damaged(error.to_string()))?;
        let most = (self.limits.part as u64 * 1_000_000).saturating_sub(self.unpacked.get());
        let mut unpacked = Vec::with_capacity(part.size().min(most) as usize);
        part.take(most + 1).read_to_end(&mut unpacked).map_err(|error| damaged(error.to_string()))?;
        if unpacked.len() as u64 > most {
            return Err(self.too_large(format!("{} million bytes of XML", self.limits.part)));
        }
        self.unpacked.set(self.unpacked.get() + unpacked.len() as u64);
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

    /// Refuses a workbook that holds more than its limits allow.
    fn hold(&self, held: &Held) -> Result<(), SourceError> {
        if self.limits.allow(held) {
            return Ok(());
        }
        let (cells, text) = (self.limits.cells, self.limits.part);
        Err(self.too_large(format!("{cells} million cells or {text} million bytes of text")))
    }

    fn place(&self) -> Place {
        Place { file: self.name.into(), ..Place::default() }
    }
}

/// A cell of text; empty text is no cell.
fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

/// Puts a cell in its place, counted from 0, and counts it.
///
/// # Errors
/// The workbook becomes too large: nothing is put then.
fn place(
    book: &Book<'_>,
    held: &mut Held,
    rows: &mut Vec<Vec<Cell>>,
    (row, column): (usize, usize),
    cell: Cell,
) -> Result<(), SourceError> {
    let new_rows = (row + 1).saturating_sub(rows.len());
    let new_cells = (column + 1).saturating_sub(rows.get(row).map_or(0, Vec::len));
    held.add(new_rows + new_cells, cell.size());
    book.hold(held)?;
    if new_rows > 0 {
        rows.resize(row + 1, Vec::new());
    }
    let cells = &mut rows[row];
    if new_cells > 0 {
        cells.resize(column + 1, Cell::Empty);
    }
    cells[column] = cell;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const LIMITS: Limits = Limits { what: "a workbook", file: 32, part: 8, cells: 1 };

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A workbook of Excel whose sheets are all one part, with one string to share.
    fn xlsx_of(shared: &str, rows: &str, sheets: usize) -> Vec<u8> {
        let listed: String = (0..sheets).map(|n| format!("<sheet name=\"S{n}\" r:id=\"r1\"/>")).collect();
        archive(&[
            ("xl/workbook.xml", &format!("<workbook>{listed}</workbook>")),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
            ("xl/sharedStrings.xml", &format!("<sst><si><t>{shared}</t></si></sst>")),
            ("xl/worksheets/sheet1.xml", &format!("<worksheet>{rows}</worksheet>")),
        ])
    }

    fn check(bytes: &[u8], expected: &str) {
        let found = match open("hostile", bytes, &LIMITS) {
            Ok(sheets) => format!("{} sheets", sheets.len()),
            Err(error) => error.to_string(),
        };
        assert!(found.contains(expected), "{expected}: {found}");
    }

    /// A text that stands once in the file and in many cells is held as often as there are cells.
    #[test]
    fn text_is_counted_as_often_as_it_is_held() {
        const MUCH: &str = "8 million bytes of text";
        let text = "x".repeat(1_000);
        let ods = |columns: usize, rows: usize| {
            let row = format!("<table:table-row table:number-rows-repeated=\"{rows}\">");
            let cell = format!("<table:table-cell table:number-columns-repeated=\"{columns}\">");
            archive(&[(
                "content.xml",
                &format!(
                    "<table:table table:name=\"S\">{row}{cell}<text:p>{text}</text:p></table:table-cell>\
                     </table:table-row></table:table>"
                ),
            )])
        };
        check(&ods(7, 1_000), "1 sheets");
        check(&ods(9_000, 1), MUCH);
        check(&ods(9, 1_000), MUCH);
        let xlsx = |cells: usize, sheets: usize| {
            let cells: String =
                (1..=cells).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>")).collect();
            xlsx_of(&text, &cells, sheets)
        };
        check(&xlsx(7_000, 1), "1 sheets");
        check(&xlsx(9_000, 1), MUCH);
        // The same part as many sheets.
        check(&xlsx(100, 1_000), MUCH);
        check(&xlsx(0, 1_000), "1000 sheets");
        let large = " ".repeat(1_000_000);
        check(&xlsx_of("", &large, 10), "8 million bytes of XML");
    }
}
