//! The binary workbooks of Excel 97 to 2003 (BIFF8), as [MS-XLS] has them: a stream of records in a compound file.
//!
//! What a genuine workbook has is read: cells, the strings that they share, and the results of formulas. Formulas, formats and pictures are
//! passed over.

mod cells;
mod record;
mod strings;

use std::io::{Cursor, Read};

use super::{Book, Held, Sheet};
use crate::SourceError;
use record::{Record, Records, kind};

const FORMAT: &str = "Excel workbook (.xls)";

/// Every worksheet, in the order of the workbook.
pub(super) fn sheets(book: &Book<'_>, bytes: &[u8]) -> Result<Vec<Sheet>, SourceError> {
    let stream = stream(book, bytes)?;
    let damaged = |reason: String| book.damaged(FORMAT, reason);
    let (mut listed, mut shared) = (Vec::new(), Vec::new());
    for record in Records::of(&stream) {
        let record = record.map_err(|reason| damaged(reason.to_owned()))?;
        match record.kind {
            kind::BEGIN if record.u16(0) != Some(BIFF8) => {
                return Err(damaged("it is of an Excel from before 1997: save it anew as .xlsx".to_owned()));
            }
            kind::ENCRYPTED => {
                return Err(damaged("it is locked by a password: save it without one".to_owned()));
            }
            kind::SHEET => {
                let of = listed_sheet(&record).ok_or_else(|| damaged("a sheet has no name".to_owned()))?;
                listed.extend(of);
            }
            kind::SHARED_STRINGS => {
                shared = strings::shared(&record)
                    .ok_or_else(|| damaged("its shared strings end too early".to_owned()))?;
            }
            kind::END => break,
            _ => {}
        }
    }
    let mut held = Held::default();
    let mut sheets = Vec::new();
    for (begins, title) in listed {
        let part =
            stream.get(begins..).ok_or_else(|| damaged(format!("the sheet '{title}' is not in the file")))?;
        let rows = cells::rows(book, part, &shared, &mut held)?;
        sheets.push(Sheet { name: title.into(), rows });
    }
    Ok(sheets)
}

/// The version that the record at the beginning gives.
const BIFF8: u16 = 0x0600;

/// The stream of records.
fn stream(book: &Book<'_>, bytes: &[u8]) -> Result<Vec<u8>, SourceError> {
    let damaged = |error: std::io::Error| book.damaged(FORMAT, error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.is_stream("/Book") && !file.is_stream("/Workbook") {
        let reason = "it is of an Excel from before 1997: save it anew as .xlsx";
        return Err(book.damaged(FORMAT, reason.to_owned()));
    }
    let stream = file.open_stream("/Workbook").map_err(damaged)?;
    let mut records = Vec::new();
    // No more than the file has, whatever it says of its length.
    stream.take(bytes.len() as u64).read_to_end(&mut records).map_err(damaged)?;
    Ok(records)
}

/// Where a sheet begins and what it is called; nothing for one that is no table.
fn listed_sheet(record: &Record<'_>) -> Option<Option<(usize, String)>> {
    /// The kind of sheet that has cells, beside charts and modules.
    const WORKSHEET: u8 = 0;
    let (begins, of) = (record.u32(0)?, *record.data.get(5)?);
    let title = strings::short(record.data.get(6..)?)?;
    Some((of == WORKSHEET).then_some((begins as usize, title)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use calamine::{Data, Reader, Xls};

    use super::super::{Cell, Limits, open, text_cell};
    use super::*;

    const LIMITS: Limits = Limits { what: "a workbook", file: 32, part: 64, cells: 1 };

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let head = [kind.to_le_bytes(), (data.len() as u16).to_le_bytes()].concat();
        [head.as_slice(), data].concat()
    }

    /// A workbook of so many sheets, all of them these records.
    fn workbook(sheets: usize, shared: &[u8], records: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let begin = record(kind::BEGIN, &[&BIFF8.to_le_bytes()[..], &[0; 14]].concat());
        let end = record(kind::END, &[]);
        let strings = record(kind::SHARED_STRINGS, shared);
        let one = record(kind::SHEET, &[0, 0, 0, 0, 0, 0, 1, 0, b'S']).len();
        let at = (begin.len() + strings.len() + sheets * one + end.len()) as u32;
        let listed = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
        let mut stream = [begin.clone(), strings].concat();
        (0..sheets).for_each(|_| stream.extend(record(kind::SHEET, &listed)));
        stream.extend([end.clone(), begin].concat());
        records.iter().for_each(|(kind, data)| stream.extend(record(*kind, data)));
        stream.extend(end);
        compound("/Workbook", &stream)
    }

    fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap().write_all(stream).unwrap();
        file.into_inner().into_inner()
    }

    fn cell(row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
        [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], rest].concat()
    }

    fn refused(bytes: &[u8]) -> String {
        open("hostile.xls", bytes, &LIMITS).unwrap_err().to_string()
    }

    #[test]
    fn every_kind_of_cell_is_read() {
        let number = |row, column, value: f64| (kind::NUMBER, cell(row, column, &value.to_le_bytes()));
        let result = |row, value: [u8; 8]| (kind::FORMULA, cell(row, 0, &[&value[..], &[0; 8]].concat()));
        let records = [
            number(0, 1, 1.5),
            (kind::SMALL_NUMBER, cell(0, 2, &(7_u32 << 2 | 0b10).to_le_bytes())),
            // Two whole numbers, each after how it looks; then the last column.
            (
                kind::SMALL_NUMBERS,
                [&[1, 0, 0, 0][..], &[0, 0, 6, 0, 0, 0, 0, 0, 10, 0, 0, 0], &[1, 0]].concat(),
            ),
            (kind::SHARED_TEXT, cell(2, 0, &[1, 0, 0, 0])),
            (kind::TEXT, cell(2, 1, b"\x02\0\0hi")),
            (kind::TRUTH_OR_ERROR, cell(2, 2, &[1, 0])),
            (kind::TRUTH_OR_ERROR, cell(2, 3, &[0x2a, 1])),
            result(3, 0.25_f64.to_le_bytes()),
            result(4, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
            (kind::TEXT_OF_FORMULA, b"\x03\0\0sum".to_vec()),
            result(5, [2, 0, 7, 0, 0, 0, 0xff, 0xff]),
            // A chart in the sheet.
            (kind::BEGIN, vec![0, 6]),
            number(9, 9, 9.0),
            (kind::END, vec![]),
        ];
        let shared = b"\x02\0\0\0\x02\0\0\0\x01\0\0a\x02\0\0bc";
        let sheets = open("cells.xls", &workbook(1, shared, &records), &LIMITS).unwrap();
        let text = |text: &str| text_cell(text);
        let n = Cell::Number;
        assert_eq!(
            sheets[0].rows,
            [
                vec![Cell::Empty, n(1.5), n(7.0)],
                vec![n(1.0), n(2.0)],
                vec![text("bc"), text("hi"), text("TRUE"), text("#N/A")],
                vec![n(0.25)],
                vec![text("sum")],
                vec![text("#DIV/0!")],
            ]
        );
    }

    #[test]
    fn what_no_genuine_workbook_holds_is_refused() {
        let none = b"\0\0\0\0\0\0\0\0";
        // One cell in the far corner of each of twelve sheets.
        let corner = [(kind::NUMBER, cell(65_535, 255, &1.0_f64.to_le_bytes()))];
        assert!(open("corners.xls", &workbook(12, none, &corner), &LIMITS).is_ok(), "blanks are not kept");
        let wide: Vec<_> =
            (0..8_000).map(|row| (kind::NUMBER, cell(row, 255, &1.0_f64.to_le_bytes()))).collect();
        assert!(refused(&workbook(1, none, &wide)).contains("1 million cells"));
        // One long text in many cells: 8,000 times 30,000 bytes.
        let long = [&none[..], &30_000_u16.to_le_bytes(), &[0], &[b'x'; 8_000]].concat();
        let mut text = workbook(1, &long, &[]);
        assert!(refused(&text).contains("shared strings end too early"));
        let long = [&none[..], &8_000_u16.to_le_bytes(), &[0], &[b'x'; 8_000]].concat();
        let many: Vec<_> = (0..9_000).map(|row| (kind::SHARED_TEXT, cell(row, 0, &[0; 4]))).collect();
        text = workbook(1, &long, &many);
        assert!(refused(&text).contains("64 million bytes of text"));
        // Many sheets that are all the same part of the file.
        let blank = vec![(0x0201, vec![0; 8_000]); 100];
        assert!(refused(&workbook(1_000, none, &blank)).contains("64 million bytes"));
        assert!(refused(&compound("/Book", &[])).contains("before 1997"));
        assert!(refused(&compound("/Other", &[])).contains("/Workbook"));
        assert!(refused(&compound("/Workbook", b"\x09\x08\xff\xff")).contains("ends too early"));
        let locked = [record(kind::BEGIN, &BIFF8.to_le_bytes()), record(kind::ENCRYPTED, &[1, 0])].concat();
        assert!(refused(&compound("/Workbook", &locked)).contains("password"));
    }

    /// calamine, the peer, finds the same cells in the published releases.
    #[test]
    fn published_workbooks_are_read_as_calamine_reads_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cover");
        let Ok(files) = std::fs::read_dir(&folder) else {
            println!("skipped: {} is not here", folder.display());
            return;
        };
        let files = files.map(|file| file.unwrap().path());
        let mut read = 0;
        for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "xls")) {
            let bytes = std::fs::read(&file).unwrap();
            read += agrees(&file.display().to_string(), &bytes);
        }
        println!("{read} cells agree");
        assert!(read > 10_000);
    }

    fn agrees(name: &str, bytes: &[u8]) -> usize {
        let ours = open(name, bytes, &LIMITS).unwrap();
        let mut theirs: Xls<_> = Xls::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = theirs.worksheets().into_iter().map(|(name, _)| name).collect();
        let mut own: Vec<&str> = ours.iter().map(|sheet| &*sheet.name).collect();
        own.sort_unstable();
        assert_eq!(own, names, "{name}");
        let mut cells = 0;
        for sheet in &ours {
            let range = theirs.worksheet_range(&sheet.name).unwrap();
            let mut found = 0;
            for (row, column, value) in range.used_cells() {
                let (first_row, first_column) = range.start().unwrap();
                let expected = match value {
                    Data::Float(number) => Cell::Number(*number),
                    Data::Int(number) => Cell::Number(*number as f64),
                    Data::DateTime(date) => Cell::Number(date.as_f64()),
                    Data::String(text) => text_cell(text),
                    Data::Bool(truth) => text_cell(if *truth { "TRUE" } else { "FALSE" }),
                    other => text_cell(&other.to_string()),
                };
                let at = (first_row as usize + row, first_column as usize + column);
                assert_eq!(sheet.cell(at.0, at.1), &expected, "{name} {} {at:?}", sheet.name);
                found += usize::from(expected != Cell::Empty);
            }
            let held = sheet.rows.iter().flatten().filter(|cell| **cell != Cell::Empty).count();
            assert_eq!(held, found, "{name} {}", sheet.name);
            cells += held;
        }
        cells
    }
}
