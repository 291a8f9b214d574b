//! Reading the cells of one sheet by the headings of its first row.

use std::sync::Arc;

use jiff::civil::date;
use vocabulary::Date;

use super::layout::Sheet;
use crate::workbook::{Cell, Sheet as Cells};
use crate::{Place, SourceError};

/// The rows of one sheet that hold anything.
pub(super) struct Rows {
    place: Place,
    sheet: &'static Sheet,
    cells: Vec<Vec<Cell>>,
    /// For each column of the layout, where it stands in the sheet, from 0.
    at: Vec<Option<usize>>,
}

/// One row of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    rows: &'r Rows,
    index: usize,
}

impl Rows {
    /// Finds a sheet and its headings. A workbook without the sheet has no rows of its kind.
    pub(super) fn find(
        workbook: &mut [Cells],
        file: &Arc<str>,
        sheet: &'static Sheet,
    ) -> Result<Rows, SourceError> {
        let same = |cells: &&mut Cells| cells.name.trim().eq_ignore_ascii_case(sheet.name);
        let place = Place { file: file.clone(), sheet: sheet.name.into(), row: 0, column: 0 };
        let Some(found) = workbook.iter_mut().find(same) else {
            return Ok(Rows { place, sheet, cells: Vec::new(), at: vec![None; sheet.columns.len()] });
        };
        let cells = std::mem::take(&mut found.rows);
        let headings: Vec<String> =
            cells.first().map(|row| row.iter().map(words).collect()).unwrap_or_default();
        let mut at = Vec::with_capacity(sheet.columns.len());
        for column in sheet.columns {
            let found = headings.iter().position(|heading| heading.eq_ignore_ascii_case(column.heading));
            if found.is_none() && column.required {
                return Err(SourceError::Unexpected {
                    place: Place { row: 1, ..place },
                    found: format!("there is no column '{}'", column.heading),
                    expected: format!("the headings {}", listed(sheet)),
                });
            }
            at.push(found);
        }
        Ok(Rows { place, sheet, cells, at })
    }

    /// Every row under the headings that holds anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let filled = |row: &Row<'_>| row.cells().iter().any(|cell| !cell.is_blank());
        (1..self.cells.len()).map(|index| Row { rows: self, index }).filter(filled)
    }
}

fn listed(sheet: &Sheet) -> String {
    sheet.columns.iter().map(|column| column.heading).collect::<Vec<_>>().join(", ")
}

impl<'r> Row<'r> {
    fn cells(self) -> &'r [Cell] {
        self.rows.cells.get(self.index).map_or(&[], Vec::as_slice)
    }

    /// The row's number as a spreadsheet counts it.
    pub(super) fn number(self) -> u32 {
        self.index as u32 + 1
    }

    fn column(self, heading: &str) -> Option<usize> {
        let position = self.rows.sheet.columns.iter().position(|column| column.heading == heading)?;
        self.rows.at[position]
    }

    fn cell(self, heading: &str) -> &'r Cell {
        self.column(heading).and_then(|column| self.cells().get(column)).unwrap_or(&Cell::Empty)
    }

    /// A refusal of the value in one cell.
    pub(super) fn refuse(self, heading: &str, expected: &str) -> SourceError {
        let column = self.column(heading).map_or(0, |column| column as u32 + 1);
        SourceError::Value {
            place: Place { row: self.number(), column, ..self.rows.place.clone() },
            value: words(self.cell(heading)),
            expected: expected.to_owned(),
        }
    }

    /// The words of a cell; `None` when it is empty.
    pub(super) fn text(self, heading: &str) -> Option<String> {
        let text = words(self.cell(heading));
        (!text.is_empty()).then_some(text)
    }

    /// The words of a cell that must not be empty.
    pub(super) fn required(self, heading: &str) -> Result<String, SourceError> {
        self.text(heading).ok_or_else(|| self.refuse(heading, "filled in, which every row needs"))
    }

    /// One of a list of words; `otherwise` when the cell is empty.
    pub(super) fn choice(
        self,
        heading: &str,
        choices: &[&str],
        otherwise: Option<&str>,
    ) -> Result<String, SourceError> {
        let text = match (self.text(heading), otherwise) {
            (Some(text), _) => text.to_lowercase(),
            (None, Some(otherwise)) => otherwise.to_owned(),
            (None, None) => return Err(self.refuse(heading, &format!("one of: {}", choices.join(", ")))),
        };
        let found = choices.iter().find(|choice| **choice == text);
        found
            .map(|choice| (*choice).to_owned())
            .ok_or_else(|| self.refuse(heading, &format!("one of: {}", choices.join(", "))))
    }

    /// A number; thousands may be separated and a percent sign may follow.
    pub(super) fn number_in(self, heading: &str) -> Result<Option<f64>, SourceError> {
        let number = match self.cell(heading) {
            Cell::Empty => return Ok(None),
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => {
                let text = tidy(text).replace(',', "");
                if text.is_empty() {
                    return Ok(None);
                }
                text.trim_end_matches('%').trim().parse().ok()
            }
        };
        number.filter(|n| n.is_finite()).map(Some).ok_or_else(|| self.refuse(heading, "a number"))
    }

    /// A date, as Excel keeps it or as people type it: 2026-03-31, 31/03/2026, 31 March 2026.
    pub(super) fn date(self, heading: &str) -> Result<Option<Date>, SourceError> {
        let refused = || self.refuse(heading, "a date, such as 2026-03-31 or 31/03/2026");
        match self.cell(heading) {
            Cell::Empty => Ok(None),
            Cell::Number(number) => serial(*number).map(Some).ok_or_else(refused),
            Cell::Text(text) => {
                let text = tidy(text);
                if text.is_empty() {
                    return Ok(None);
                }
                typed_date(&text).map(Some).ok_or_else(refused)
            }
        }
    }

    /// A list with semicolons between.
    pub(super) fn list(self, heading: &str) -> Vec<String> {
        let text = self.text(heading).unwrap_or_default();
        text.split([';', '\n']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }
}

/// The words of a cell. A number typed into a column of codes is 12, not 12.0.
fn words(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => tidy(text),
    }
}

/// Without spaces at the ends, non-breaking ones included, and never two together.
fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{a0}')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The date of an Excel serial number in the 1900 system. Only dates from 1900-03-01 are read: before it, Excel counts a
/// day that never was.
fn serial(number: f64) -> Option<Date> {
    if !(61.0..=2_958_465.0).contains(&number) {
        return None;
    }
    date(1899, 12, 30).checked_add(jiff::Span::new().try_days(number.floor() as i64).ok()?).ok()
}

fn typed_date(text: &str) -> Option<Date> {
    if let Ok(iso) = text.get(..10).unwrap_or(text).parse::<Date>() {
        return Some(iso);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = match month.parse::<i8>() {
        Ok(number) => number,
        Err(_) => format!("{month} {year}").parse::<vocabulary::Period>().ok()?.start().month(),
    };
    (year.len() == 4).then(|| Date::new(year.parse().ok()?, month, day.parse().ok()?).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let check = |text: &str, iso: &str| {
            assert_eq!(typed_date(text).map(|d| d.to_string()).unwrap_or_default(), iso, "{text}")
        };
        check("2026-03-31", "2026-03-31");
        check("31/03/2026", "2026-03-31");
        check("31.3.2026", "2026-03-31");
        check("31 March 2026", "2026-03-31");
        check("31 Mar 2026", "2026-03-31");
        check("31/02/2026", "");
        check("31/03/26", "");
        check("soon", "");
    }

    #[test]
    fn serial_dates_count_from_1900() {
        assert_eq!(serial(46_112.0), Some(date(2026, 3, 31)));
        assert_eq!(serial(61.0), Some(date(1900, 3, 1)));
        assert_eq!(serial(60.0), None);
        assert_eq!(serial(-1.0), None);
    }
}
