//! The sheets of a workbook as rows of text.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};

use super::Rows;
use super::records::Record;
use crate::{Place, SourceError};

/// Whether the bytes begin as a workbook does (`.xlsx` and `.ods` are zip archives, `.xls` a compound file).
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..])
}

/// Every sheet of a workbook with its name.
pub(super) fn sheets(file: &Arc<str>, bytes: &[u8]) -> Result<Vec<(Arc<str>, SheetRows)>, SourceError> {
    let damaged = |reason: String| SourceError::Damaged {
        place: Place { file: file.clone(), ..Place::default() },
        format: "workbook",
        reason,
    };
    // A workbook that contradicts itself makes calamine panic in places.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook =
            open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let mut sheets = Vec::new();
        for name in workbook.sheet_names() {
            let used = workbook.worksheet_range(&name).map_err(|error| error.to_string())?;
            sheets.push((Arc::from(name), SheetRows { range: used, next: 0 }));
        }
        Ok(sheets)
    }));
    match read {
        Ok(read) => read.map_err(damaged),
        Err(_) => Err(damaged("its contents contradict themselves".to_owned())),
    }
}

pub(super) struct SheetRows {
    range: Range<Data>,
    next: usize,
}

impl Rows for SheetRows {
    fn next(&mut self, record: &mut Record) -> Result<bool, SourceError> {
        let Some((top, left)) = self.range.start() else { return Ok(false) };
        let Some(row) = self.range.rows().nth(self.next) else { return Ok(false) };
        record.begin(top + self.next as u32 + 1);
        self.next += 1;
        for _ in 0..left {
            record.push("");
        }
        for cell in row {
            match cell {
                Data::Empty => record.push(""),
                Data::String(text) => record.push(text),
                other => record.push(&other.to_string()),
            }
        }
        Ok(true)
    }
}
