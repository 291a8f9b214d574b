//! Tables of published files, read by their headings: the one way in for CSV, and for a sheet of a workbook that is laid
//! out like one.
//!
//! A reader says which headings it knows ([`Headings::column`]); the table finds the row that has them, however many
//! title rows stand above it and in whatever order the columns are, and hands over one row at a time, so that a file of
//! any size is read in little memory. Text arrives as UTF-8 with or without its mark, as UTF-16 and as Windows-1252, with
//! commas, tabs or semicolons between. The `csv` crate was not taken: it does not tell when a quotation mark is never
//! closed, and it counts lines where a person counts rows.

mod encoding;
mod headings;
mod records;
mod row;
mod sheet;

use std::io::Read;
use std::sync::Arc;

pub(crate) use encoding::decoded;
pub(crate) use headings::{Headings, Missing};
pub(crate) use row::{Row, ons_code, read_number};

use crate::{Finding, Findings, Place, Severity, SourceError};
use records::{Record, Records};

/// Rows above the headings that may hold a title or a note.
const MOST_ROWS_ABOVE: usize = 20;

/// Where records come from: the text of a CSV file, or a sheet.
trait Rows {
    /// Reads the next record that is not an empty line; `false` at the end.
    fn next(&mut self, record: &mut Record) -> Result<bool, SourceError>;

    /// Whether the last line was ended, as every line of a whole file is.
    fn ended(&self) -> bool {
        true
    }
}

/// A table whose headings were found.
pub(crate) struct Table<'a> {
    place: Place,
    rows: Box<dyn Rows + 'a>,
    record: Record,
    headings: Headings,
    encoding: Seen,
    findings: Findings,
}

/// Whether text beyond ASCII was met that is UTF-8, and that is not.
#[derive(Default)]
struct Seen {
    utf8: bool,
    other: bool,
}

impl<'a> Table<'a> {
    /// Opens a CSV file. `layout` finds the columns among the headings of a row, or says what is missing there.
    pub(crate) fn csv<L>(
        name: &str,
        from: impl Read + 'a,
        layout: impl Fn(&Headings) -> Result<L, Missing>,
    ) -> Result<(Table<'a>, L), SourceError> {
        let place = Place { file: name.into(), ..Place::default() };
        let records = Records::open(&place, from)?;
        Table::open(place, Box::new(records), layout)
    }

    /// Opens a CSV file or a workbook, told apart by the bytes. Of a workbook the first sheet that has the headings is read.
    pub(crate) fn any<L>(
        name: &str,
        bytes: &'a [u8],
        layout: impl Fn(&Headings) -> Result<L, Missing>,
    ) -> Result<(Table<'a>, L), SourceError> {
        if !crate::workbook::is_workbook(bytes) {
            return Table::csv(name, bytes, layout);
        }
        let file: Arc<str> = name.into();
        let mut refused = None;
        for (sheet, rows) in sheet::sheets(name, bytes)? {
            let place = Place { file: file.clone(), sheet, ..Place::default() };
            match Table::open(place, Box::new(rows), &layout) {
                Ok(opened) => return Ok(opened),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused
            .unwrap_or_else(|| crate::error::unexpected(name, "it has no sheets", "a sheet of figures")))
    }

    fn open<L>(
        place: Place,
        mut rows: Box<dyn Rows + 'a>,
        layout: impl Fn(&Headings) -> Result<L, Missing>,
    ) -> Result<(Table<'a>, L), SourceError> {
        let mut record = Record::default();
        let mut nearest: Option<(u32, Missing)> = None;
        for _ in 0..MOST_ROWS_ABOVE {
            if !rows.next(&mut record)? {
                break;
            }
            let headings = Headings::of(&record);
            match layout(&headings) {
                Ok(layout) => {
                    let (encoding, findings) = (Seen::default(), Findings::new());
                    return Ok((Table { place, rows, record, headings, encoding, findings }, layout));
                }
                Err(missing) if nearest.as_ref().is_none_or(|(_, n)| missing.found > n.found) => {
                    nearest = Some((record.number, missing));
                }
                Err(_) => {}
            }
        }
        let Some((row, missing)) = nearest else {
            let expected = "a row of headings, and rows under it";
            return Err(SourceError::Unexpected {
                place,
                found: "it is empty".into(),
                expected: expected.into(),
            });
        };
        // A row that has none of the headings is not the row of headings.
        let row = if missing.found == 0 { 0 } else { row };
        Err(SourceError::Unexpected {
            place: Place { row, ..place },
            found: missing.lacks,
            expected: missing.expected,
        })
    }

    /// The next row that holds anything.
    ///
    /// # Errors
    /// A row that is shorter or longer than the headings, or holds what no text does.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, SourceError> {
        loop {
            if !self.rows.next(&mut self.record)? {
                if !self.rows.ended() {
                    let place = Place { row: self.record.number, ..self.place.clone() };
                    let message = "the last line does not end: the file may have been cut off".to_owned();
                    self.findings.push(Finding { severity: Severity::Warning, place, message });
                }
                return Ok(None);
            }
            if !self.record.is_blank() {
                break;
            }
        }
        self.check_width()?;
        if !self.record.is_ascii() {
            self.check_encoding()?;
        }
        Ok(Some(Row { record: &self.record, place: &self.place, headings: &self.headings }))
    }

    /// What the table noticed of itself; to be asked when its rows are through.
    pub(crate) fn into_findings(self) -> Findings {
        self.findings
    }

    /// The file and the sheet.
    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    /// The headings as they stand in the file.
    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    fn check_width(&self) -> Result<(), SourceError> {
        let (wide, expected) = (self.record.len(), self.headings.len());
        let extra_is_empty = (expected..wide).all(|column| self.record.field(column).trim_ascii().is_empty());
        if wide >= expected && extra_is_empty {
            return Ok(());
        }
        let columns = |n: usize| if n == 1 { "1 column".to_owned() } else { format!("{n} columns") };
        Err(SourceError::Unexpected {
            place: Place { row: self.record.number, ..self.place.clone() },
            found: format!(
                "the row has {}: it was cut off, or a comma stands where none should",
                columns(wide)
            ),
            expected: format!("{}, as the headings have", columns(expected)),
        })
    }

    /// A file in one encoding is read; one in two is damaged.
    fn check_encoding(&mut self) -> Result<(), SourceError> {
        for column in 0..self.record.len() {
            let field = self.record.field(column);
            if field.is_ascii() {
                continue;
            }
            let place = || Place { row: self.record.number, column: column as u32 + 1, ..self.place.clone() };
            let first = !self.encoding.other;
            match std::str::from_utf8(field) {
                Ok(_) => self.encoding.utf8 = true,
                Err(_) => self.encoding.other = true,
            }
            let undefined = |b: &u8| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
            if self.encoding.other
                && (self.encoding.utf8 || field.iter().any(undefined) && std::str::from_utf8(field).is_err())
            {
                return Err(SourceError::Damaged {
                    place: place(),
                    format: "CSV file",
                    reason: "it holds bytes that are neither UTF-8 nor Windows-1252".to_owned(),
                });
            }
            if self.encoding.other && first {
                let message = "the file is not UTF-8: it was read as Windows-1252".to_owned();
                let place = Place { row: 0, column: 0, ..place() };
                self.findings.push(Finding { severity: Severity::Note, place, message });
            }
        }
        Ok(())
    }
}
