//! The cells of one sheet.

use super::super::{Book, Cell, Held, place, text_cell};
use super::record::{Record, Records, kind};
use super::{FORMAT, strings};
use crate::SourceError;

/// The rows of the sheet that begins with the stream.
pub(super) fn rows(
    book: &Book<'_>,
    stream: &[u8],
    shared: &[Box<str>],
    held: &mut Held,
) -> Result<Vec<Vec<Cell>>, SourceError> {
    let damaged = |reason: &str| book.damaged(FORMAT, reason.to_owned());
    let mut rows = Vec::new();
    let (mut depth, mut formula) = (0_usize, None);
    for record in Records::of(stream) {
        let record = record.map_err(damaged)?;
        // However often the workbook says that a sheet begins here.
        held.add(0, record.data.len() + record.continued.len());
        book.hold(held)?;
        match record.kind {
            kind::BEGIN => depth += 1,
            kind::END if depth <= 1 => return Ok(rows),
            kind::END => depth -= 1,
            // A chart in the sheet has cells of its own.
            _ if depth > 1 => {}
            kind::TEXT_OF_FORMULA => {
                let text = strings::long(&record, 0).ok_or_else(|| damaged("a text ends too early"))?;
                if let Some(at) = formula.take() {
                    put(book, held, &mut rows, at, text_cell(&text))?;
                }
            }
            _ => {
                let too_early = || damaged("a cell ends too early");
                let Some(first) = first_cell(&record, shared).ok_or_else(too_early)? else { continue };
                let at = position(&record).ok_or_else(too_early)?;
                match first {
                    Found::Cell(cell) => put(book, held, &mut rows, at, cell)?,
                    Found::TextFollows => formula = Some(at),
                    Found::Row => {
                        for (column, number) in (at.1..).zip(small_numbers(&record)) {
                            put(book, held, &mut rows, (at.0, column), Cell::Number(number))?;
                        }
                    }
                }
            }
        }
    }
    Err(damaged("a sheet ends too early"))
}

fn put(
    book: &Book<'_>,
    held: &mut Held,
    rows: &mut Vec<Vec<Cell>>,
    at: (usize, usize),
    cell: Cell,
) -> Result<(), SourceError> {
    if cell == Cell::Empty { Ok(()) } else { place(book, held, rows, at, cell) }
}

/// What a record has.
enum Found {
    Cell(Cell),
    /// A formula whose result is the text of the next record.
    TextFollows,
    /// Several numbers beside each other.
    Row,
}

/// What a record has, if it has a cell; `None` when it is too short.
fn first_cell(record: &Record<'_>, shared: &[Box<str>]) -> Option<Option<Found>> {
    let cell = match record.kind {
        kind::NUMBER => number(record.f64(6)?),
        kind::SMALL_NUMBER => number(small(record.u32(6)?)),
        kind::SMALL_NUMBERS => return Some(Some(Found::Row)),
        kind::TEXT | kind::RICH_TEXT => text_cell(&strings::long(record, 6)?),
        kind::SHARED_TEXT => match shared.get(record.u32(6)? as usize) {
            Some(text) => text_cell(text),
            None => text_cell("(text that is not in the file)"),
        },
        kind::TRUTH_OR_ERROR => truth_or_error(*record.data.get(6)?, *record.data.get(7)? != 0),
        kind::FORMULA => return result(record).map(Some),
        _ => return Some(None),
    };
    Some(Some(Found::Cell(cell)))
}

fn position(record: &Record<'_>) -> Option<(usize, usize)> {
    Some((usize::from(record.u16(0)?), usize::from(record.u16(2)?)))
}

fn number(value: f64) -> Cell {
    if value.is_finite() { Cell::Number(value) } else { Cell::Empty }
}

/// The result of a formula ([MS-XLS] 2.5.133): a number, unless its last two bytes say that the first says what it is.
fn result(record: &Record<'_>) -> Option<Found> {
    let value = record.data.get(6..14)?;
    if value[6..] != [0xff, 0xff] {
        return Some(Found::Cell(number(record.f64(6)?)));
    }
    Some(match value[0] {
        0 => Found::TextFollows,
        1 => Found::Cell(truth_or_error(value[2], false)),
        2 => Found::Cell(truth_or_error(value[2], true)),
        _ => Found::Cell(Cell::Empty),
    })
}

/// As a sheet shows it ([MS-XLS] 2.5.10).
fn truth_or_error(value: u8, is_error: bool) -> Cell {
    text_cell(match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, 0x2a) => "#N/A",
        (true, _) => "#ERROR!",
    })
}

/// A number of 30 bits ([MS-XLS] 2.5.217): whole or the upper part of a longer one, and perhaps in hundredths.
fn small(bits: u32) -> f64 {
    let value = match bits & 0b10 {
        0 => f64::from_bits(u64::from(bits & !0b11) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    if bits & 0b01 == 0 { value } else { value / 100.0 }
}

/// The numbers of cells beside each other: each after 16 bits that say how it looks; the last 16 bits are the last column.
fn small_numbers<'b>(record: &Record<'b>) -> impl Iterator<Item = f64> + use<'b> {
    let (of, _) = record.data.get(4..).unwrap_or_default().as_chunks::<6>();
    of.iter().map(|one| small(u32::from_le_bytes([one[2], one[3], one[4], one[5]])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_whole_or_long_and_in_hundredths() {
        // [MS-XLS] 2.5.217: whole numbers and numbers whose lower half is zero, by a hundred or not.
        let check = |bits: u32, expected: f64| assert_eq!(small(bits), expected, "{bits:#x}");
        check(0b10, 0.0);
        check(1 << 2 | 0b10, 1.0);
        check(12345 << 2 | 0b11, 123.45);
        check((-7_i32 << 2) as u32 | 0b10, -7.0);
        check((1.5_f64.to_bits() >> 32) as u32, 1.5);
        check((150.0_f64.to_bits() >> 32) as u32 | 0b01, 1.5);
    }
}
