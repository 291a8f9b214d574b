//! The binary workbooks of Excel 97 to 2003.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, Xls};

use super::{Book, Cell, Sheet, text_cell};
use crate::SourceError;

const FORMAT: &str = "Excel workbook (.xls)";

pub(super) fn sheets(book: &Book<'_>, bytes: &[u8]) -> Result<Vec<Sheet>, SourceError> {
    // The reader of this format trusts the lengths in the file, and panics on some that are false.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook: Xls<_> =
            Xls::new(Cursor::new(bytes)).map_err(|error| book.damaged(FORMAT, error.to_string()))?;
        let mut cells = 0;
        let mut sheets = Vec::new();
        for (title, range) in workbook.worksheets() {
            cells += range.get_size().0.saturating_mul(range.get_size().1);
            if cells > 8 * book.limits.most_cells() {
                return Err(book.too_many_cells());
            }
            sheets.push(from_range(&title, &range));
        }
        Ok(sheets)
    }));
    read.unwrap_or_else(|_| Err(book.damaged(FORMAT, "its records contradict each other".to_owned())))
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
