//! A table: what stands in a document, behind a chart, in a spreadsheet and in a CSV file.

use serde::{Deserialize, Serialize};
use vocabulary::{Figure, Withheld};

use crate::figures::Unit;

/// A table with one row of headings. The first column names the row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What the table shows; its name in every format.
    pub caption: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// Remarks under the table.
    pub notes: Vec<String>,
}

/// A column's heading, and how its numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// The unit of its numbers; `None` for a column of words.
    pub unit: Option<Unit>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, in the column's unit and unrounded.
    Number(f64),
    /// A day, as ISO 8601 writes it.
    Date(String),
    /// No number, because it could identify someone.
    Suppressed,
    /// No number, because it has no meaning here.
    NotApplicable,
    /// No number, because none was sent.
    Missing,
    /// Nothing belongs here.
    Blank,
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), unit: None }
    }

    /// A column of numbers in `unit`.
    pub fn number(heading: impl Into<String>, unit: Unit) -> Column {
        Column { heading: heading.into(), unit: Some(unit) }
    }
}

impl Table {
    /// A table with these columns and no rows yet.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table { caption: caption.into(), columns, ..Table::default() }
    }

    /// Adds a row, made as wide as the columns: short rows are filled with blanks, long ones cut.
    pub fn push(&mut self, mut row: Vec<Cell>) {
        row.resize(self.columns.len(), Cell::Blank);
        self.rows.push(row);
    }

    /// What stands in a cell on a page: `83.4`, `suppressed`, `23 November 2026`. A percentage has its sign;
    /// other units are in the heading.
    pub fn shown(&self, cell: &Cell, column: usize) -> String {
        let unit = self.columns.get(column).and_then(|column| column.unit).unwrap_or(Unit::Plain);
        match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => match unit {
                Unit::Percent | Unit::Pounds => unit.write(*number),
                _ => unit.bare(*number),
            },
            Cell::Date(iso) => iso.parse().map_or_else(|_| iso.clone(), crate::figures::long_date),
            Cell::Blank => String::new(),
            withheld => withheld.withheld().map(|reason| reason.to_string()).unwrap_or_default(),
        }
    }

    /// How wide each column wants to be, from the longest and the usual length of its words; for documents whose
    /// columns have to be given their widths.
    pub(crate) fn weights(&self) -> Vec<f64> {
        let weight = |(index, column): (usize, &Column)| {
            let lengths = self.rows.iter().filter_map(|row| row.get(index));
            let lengths = lengths.map(|cell| self.shown(cell, index).chars().count());
            let (longest, all) = lengths.fold((0, 0), |(most, all), length| (most.max(length), all + length));
            let usual = all as f64 / self.rows.len().max(1) as f64;
            let heading = self.heading(column);
            let word = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            (usual + 0.3 * longest as f64).max(word as f64 * 1.15).clamp(7.0, 60.0)
        };
        self.columns.iter().enumerate().map(weight).collect()
    }

    /// A column's heading with the unit of its numbers: `Rate (per 1,000)`.
    pub fn heading(&self, column: &Column) -> String {
        match column.unit {
            Some(unit @ (Unit::Per(_) | Unit::Years | Unit::Days | Unit::PercentagePoints)) => {
                format!("{} ({})", column.heading, unit.words())
            }
            _ => column.heading.clone(),
        }
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A number that may be absent, absence meaning that nothing belongs there.
    pub fn number(number: Option<f64>) -> Cell {
        number.filter(|number| number.is_finite()).map_or(Cell::Blank, Cell::Number)
    }

    /// Why there is no number, where that is what the cell says.
    pub fn withheld(&self) -> Option<Withheld> {
        match self {
            Cell::Suppressed => Some(Withheld::Suppressed),
            Cell::NotApplicable => Some(Withheld::NotApplicable),
            Cell::Missing => Some(Withheld::Missing),
            _ => None,
        }
    }
}

impl From<Figure> for Cell {
    fn from(figure: Figure) -> Cell {
        match figure {
            Figure::Value(number) if number.is_finite() => Cell::Number(number),
            Figure::Value(_) | Figure::Withheld(Withheld::Missing) => Cell::Missing,
            Figure::Withheld(Withheld::Suppressed) => Cell::Suppressed,
            Figure::Withheld(Withheld::NotApplicable) => Cell::NotApplicable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_cell_is_a_word_and_never_a_number() {
        let mut table =
            Table::new("t", vec![Column::text("Area"), Column::number("Coverage", Unit::Percent)]);
        table.push(vec![Cell::text("A"), Figure::Withheld(Withheld::Suppressed).into(), Cell::Blank]);
        table.push(vec![Cell::text("B"), Figure::Value(0.0).into()]);
        table.push(vec![Cell::text("C")]);
        let shown: Vec<String> = table.rows.iter().map(|row| table.shown(&row[1], 1)).collect();
        assert_eq!(shown, ["suppressed", "0.0%", ""]);
        assert!(table.rows.iter().all(|row| row.len() == 2));
    }

    #[test]
    fn dates_are_written_in_full() {
        let table = Table::new("t", vec![Column::text("Due")]);
        assert_eq!(table.shown(&Cell::Date("2026-11-23".into()), 0), "23 November 2026");
    }
}
