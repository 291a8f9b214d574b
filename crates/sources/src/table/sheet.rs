//! The sheets of a workbook as rows of text.

use std::sync::Arc;

use super::Rows;
use super::records::Record;
use crate::SourceError;
use crate::workbook::{self, Cell, Limits, Sheet};

/// The largest of these, File 7 of the Indices of Deprivation with all of England's areas, has 2 million cells.
const LIMITS: Limits =
    Limits { what: "a CSV file or a workbook (.xls, .xlsx or .ods)", file: 128, part: 512, cells: 8 };

/// Every sheet of a workbook with its name.
pub(super) fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<(Arc<str>, SheetRows)>, SourceError> {
    let sheets = workbook::open(file, bytes, &LIMITS)?;
    Ok(sheets.into_iter().map(|sheet| (sheet.name.clone(), SheetRows::of(sheet))).collect())
}

pub(super) struct SheetRows {
    sheet: Sheet,
    /// The cells of the widest row: a row of a sheet ends after its last cell that holds anything.
    wide: usize,
    next: usize,
}

impl SheetRows {
    fn of(sheet: Sheet) -> SheetRows {
        SheetRows { wide: sheet.rows.iter().map(Vec::len).max().unwrap_or(0), sheet, next: 0 }
    }
}

impl Rows for SheetRows {
    fn next(&mut self, record: &mut Record) -> Result<bool, SourceError> {
        let Some(row) = self.sheet.rows.get(self.next) else { return Ok(false) };
        self.next += 1;
        record.begin(self.next as u32);
        for column in 0..self.wide {
            match row.get(column) {
                None | Some(Cell::Empty) => record.push(""),
                Some(Cell::Text(text)) => record.push(text),
                Some(Cell::Number(number)) => record.push(&number.to_string()),
            }
        }
        Ok(true)
    }
}
