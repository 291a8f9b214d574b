//! One row of a table, and what its cells can be read as.

use std::borrow::Cow;

use vocabulary::AreaCode;

use super::headings::Headings;
use super::records::Record;
use crate::{Finding, Place, Severity, SourceError};

/// One row of a table. Columns are counted from 0.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    pub(super) record: &'t Record,
    pub(super) place: &'t Place,
    pub(super) headings: &'t Headings,
}

impl<'t> Row<'t> {
    /// The row's number as a spreadsheet counts it.
    pub(crate) fn number(self) -> u32 {
        self.record.number
    }

    /// The words of a cell: without spaces at its ends, and never two together.
    pub(crate) fn text(self, column: usize) -> Cow<'t, str> {
        self.record.text(column)
    }

    /// The words of a cell of a column that may not be there.
    pub(crate) fn text_in(self, column: Option<usize>) -> Cow<'t, str> {
        column.map_or(Cow::Borrowed(""), |column| self.text(column))
    }

    /// The row, or one cell of it.
    pub(crate) fn place(self, column: Option<usize>) -> Place {
        let column = column.map_or(0, |column| column as u32 + 1);
        Place { row: self.number(), column, ..self.place.clone() }
    }

    /// A refusal of the value of a cell.
    pub(crate) fn refuse(self, column: usize, expected: &str) -> SourceError {
        let heading = self.headings.text(column);
        SourceError::Value {
            place: self.place(Some(column)),
            value: self.text(column).chars().take(80).collect(),
            expected: format!("{expected} (column '{heading}')"),
        }
    }

    /// Something to say about the row.
    pub(crate) fn finding(self, severity: Severity, message: impl Into<String>) -> Finding {
        Finding { severity, place: self.place(None), message: message.into() }
    }

    /// A number, with thousands separated or not and a percent sign or not; `None` when the cell is empty.
    pub(crate) fn number_in(self, column: usize, expected: &str) -> Result<Option<f64>, SourceError> {
        let field = self.record.field(column);
        if let Ok(text) = std::str::from_utf8(field)
            && let Some(number) = plain_number(text)
        {
            return Ok(Some(number));
        }
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        read_number(&text).map(Some).ok_or_else(|| self.refuse(column, expected))
    }

    /// A number of a column that may not be there.
    pub(crate) fn number_of(self, column: Option<usize>, expected: &str) -> Result<Option<f64>, SourceError> {
        column.map_or(Ok(None), |column| self.number_in(column, expected))
    }

    /// A code of the Office for National Statistics; `None` when the cell is empty.
    pub(crate) fn ons_code(self, column: usize) -> Result<Option<AreaCode>, SourceError> {
        if let Ok(text) = std::str::from_utf8(self.record.field(column))
            && let Some(code) = ons_code(text)
        {
            return Ok(Some(code));
        }
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        ons_code(&text).map(Some).ok_or_else(|| self.refuse(column, "a code of an area, such as E01015693"))
    }

    /// Whether the row is no area's but a total or a remark under the table: its code is empty, or a word such as Total.
    pub(crate) fn is_total(self, code: usize) -> bool {
        let text = self.text(code);
        let lower = text.to_ascii_lowercase();
        text.is_empty()
            || ["total", "grand total", "all areas", "source", "note"].iter().any(|word| {
                lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
    }
}

/// A number as a program writes it. Words such as `inf` and `nan`, which Rust would read, are none.
fn plain_number(text: &str) -> Option<f64> {
    let digits = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    if !text.bytes().all(digits) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A number as a person writes it: `1,234.5`, `95.1%`, `−3`, `+2`.
pub(crate) fn read_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace('\u{2212}', "-");
    let whole = text.split('.').next().unwrap_or_default();
    if !whole.contains(',') {
        return plain_number(&text);
    }
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let right = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if right { plain_number(&text.replace(',', "")) } else { None }
}

/// A nine-character code of the Register of Geographic Codes, or one of Northern Ireland's eight-character ones.
pub(crate) fn ons_code(text: &str) -> Option<AreaCode> {
    let bytes = text.as_bytes();
    let right = match bytes {
        [letter, digits @ ..] if digits.len() == 8 => {
            letter.is_ascii_uppercase() && digits.iter().all(u8::is_ascii_digit)
        }
        [b'9', b'5', a, b, c, d, e, f] => {
            a.is_ascii_uppercase()
                && b.is_ascii_uppercase()
                && c.is_ascii_digit()
                && d.is_ascii_digit()
                && matches!(e, b'S' | b'W')
                && f.is_ascii_digit()
        }
        _ => false,
    };
    if right { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let check = |text: &str, number: Option<f64>| assert_eq!(read_number(text), number, "{text}");
        check("1,234.5", Some(1234.5));
        check("12,345,678", Some(12_345_678.0));
        check("-1,234", Some(-1234.0));
        check("95.1%", Some(95.1));
        check("95.1 %", Some(95.1));
        check("\u{2212}3", Some(-3.0));
        check("1e3", Some(1000.0));
        check("1,23", None);
        check("1,2345", None);
        check(",123", None);
        check("inf", None);
        check("nan", None);
        check("1e999", None);
        check("twelve", None);
        check("%", None);
    }

    #[test]
    fn codes_have_the_shape_of_the_register() {
        for text in ["E01015693", "S12000036", "95GG01S1", "N21000001"] {
            assert!(ons_code(text).is_some(), "{text}");
        }
        for text in ["E0101569", "e01015693", "E0101569O", "731", "", "E010156933"] {
            assert!(ons_code(text).is_none(), "{text}");
        }
    }
}
