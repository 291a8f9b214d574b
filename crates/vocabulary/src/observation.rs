//! One value of an indicator, with where it came from.

use std::sync::Arc;

use crate::{AreaCode, AreaKind, Figure, Period, Sex};

/// One value of one indicator for an area, a group and a period, as a source published it.
///
/// Text that repeats from one observation to the next is shared, so that a release of ten thousand figures
/// holds each name once.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The indicator's stable code within its source, such as `mmr1` or `fingertips-20601`.
    pub indicator: Arc<str>,
    /// The age or band of ages it is about, as [`crate::Age`] or [`crate::AgeBand`] writes it.
    pub age: Arc<str>,
    /// The sex it is about.
    pub sex: Sex,
    /// The group within the area, such as `deprivation: 1 (most deprived)`; empty for everyone.
    pub group: Arc<str>,
    /// The place.
    pub area: AreaCode,
    /// The place's name as the file gives it.
    pub area_name: Arc<str>,
    /// The kind of place.
    pub area_kind: AreaKind,
    /// The days it is about.
    pub period: Period,
    /// How many had the event.
    pub numerator: Option<f64>,
    /// How many could have had it.
    pub denominator: Option<f64>,
    /// The figure itself, or why it is withheld.
    pub figure: Figure,
    /// The cell it was read from.
    pub origin: Origin,
    /// What the publisher says of this figure; empty when nothing.
    pub note: Arc<str>,
}

/// The cell of a file that a figure was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// The sheet; empty in a file that has none.
    pub sheet: Arc<str>,
    /// The row, counted from 1 as a spreadsheet counts it.
    pub row: u32,
    /// The column, counted from 1.
    pub column: u32,
}

impl Origin {
    /// The cell as a spreadsheet names it: `H12`.
    pub fn cell(&self) -> String {
        let mut letters = Vec::new();
        let mut column = self.column;
        while column > 0 {
            column -= 1;
            letters.push(char::from(b'A' + (column % 26) as u8));
            column /= 26;
        }
        letters.iter().rev().collect::<String>() + &self.row.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_does() {
        for (column, row, cell) in
            [(1, 1, "A1"), (8, 12, "H12"), (26, 2, "Z2"), (27, 3, "AA3"), (703, 4, "AAA4")]
        {
            let origin = Origin { file: "f".into(), sheet: "s".into(), row, column };
            assert_eq!(origin.cell(), cell);
        }
    }
}
