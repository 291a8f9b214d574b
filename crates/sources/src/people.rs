//! People for the register, as a table of texts with the place of each.
//!
//! Only the table is judged here: its headings, its width, its encoding, whether it was cut off. What a value has to be is the
//! register's to say, which refuses with the place that it is given.

use std::collections::BTreeMap;

use crate::error::unexpected;
use crate::table::{Headings, Missing, Table};
use crate::{Place, Severity, SourceError};

/// The columns that a file of people may have, each under the name that a form gives the field. The first four have to be there.
pub const COLUMNS: [&str; 14] = [
    "family_name",
    "given_name",
    "date_of_birth",
    "sex",
    "nhs_number",
    "address",
    "postcode",
    "lsoa",
    "telephone",
    "language",
    "guardian_nhs_number",
    "guardian_is",
    "notes",
    "sharing",
];
const NEEDED: usize = 4;

/// One row: its values by column, and where they stand.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The row.
    pub place: Place,
    values: BTreeMap<&'static str, (u32, String)>,
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonRow({})", self.place)
    }
}

impl PersonRow {
    /// The text of a column, empty when the file has none of it.
    pub fn text(&self, column: &str) -> &str {
        self.values.get(column).map_or("", |(_, text)| text)
    }

    /// Where the value of a column stands: file, row and cell.
    pub fn place_of(&self, column: &str) -> Place {
        let number = self.values.get(column).map_or(0, |(number, _)| *number);
        Place { column: number, ..self.place.clone() }
    }

    /// The shape of a value, which tells what is wrong with it and not whose it is: digits become 9 and letters x.
    pub fn shape(&self, column: &str) -> String {
        let mask = |c: char| match c {
            c if c.is_numeric() => '9',
            c if c.is_alphabetic() => 'x',
            c if c.is_control() => '?',
            other => other,
        };
        self.text(column).chars().take(40).map(mask).collect()
    }
}

/// Reads a CSV file of people.
///
/// # Errors
/// A file without the headings, with a column that is not known, with a row of another width, in two encodings, cut off, or without a
/// row.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<PersonRow>, SourceError> {
    let (mut table, columns) = Table::csv(name, bytes, layout)?;
    if let Some((place, heading)) = stranger(&table, &columns) {
        return Err(SourceError::Unexpected {
            place,
            found: format!("there is a column '{heading}'"),
            expected: format!("only columns of these: {}", COLUMNS.join(", ")),
        });
    }
    let mut rows = Vec::new();
    while let Some(row) = table.next()? {
        let values = columns.iter().map(|&(column, index)| {
            let text = row.text(index).into_owned();
            (column, (index as u32 + 1, text))
        });
        rows.push(PersonRow { place: row.place(None), values: values.collect() });
    }
    if rows.is_empty() {
        return Err(unexpected(name, "there is no row under the headings", "a row for each person"));
    }
    // What is worth a warning in a file of figures is a reason to refuse a file of people.
    match table.into_findings().into_iter().find(|finding| finding.severity == Severity::Warning) {
        Some(finding) => Err(SourceError::Damaged {
            place: finding.place,
            format: "CSV file of people",
            reason: finding.message,
        }),
        None => Ok(rows),
    }
}

type Layout = Vec<(&'static str, usize)>;

fn layout(headings: &Headings) -> Result<Layout, Missing> {
    let key = |column: &str| column.replace('_', "");
    let find = |column: &'static str| headings.column(&[&key(column)]).map(|index| (column, index));
    let found: Layout = COLUMNS.into_iter().filter_map(find).collect();
    let has = |column: &str| found.iter().any(|(known, _)| *known == column);
    match COLUMNS[..NEEDED].iter().find(|column| !has(column)) {
        None => Ok(found),
        Some(lacking) => Err(Missing {
            found: found.len(),
            lacks: format!("there is no column '{lacking}'"),
            expected: format!("the headings {}", COLUMNS.join(", ")),
        }),
    }
}

/// A column that would be left out without a word, or stands there twice.
fn stranger(table: &Table<'_>, known: &Layout) -> Option<(Place, String)> {
    let headings = table.headings();
    let index = (0..headings.len()).find(|index| !known.iter().any(|(_, column)| column == index))?;
    let place = Place { column: index as u32 + 1, ..table.place() };
    Some((place, headings.text(index).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: &str = "Family name,given_name,Date of birth,sex,NHS number\n";

    #[test]
    fn rows_are_read_with_their_places() {
        let text = format!("{HEADINGS}Thistlemere,Aude,2019-03-31,female,999 000 001x\n");
        let rows = read("people.csv", text.as_bytes()).unwrap();
        assert_eq!(rows[0].text("family_name"), "Thistlemere");
        assert_eq!(rows[0].text("postcode"), "");
        assert_eq!(rows[0].place_of("nhs_number").to_string(), "people.csv, cell E2");
        assert_eq!(rows[0].shape("nhs_number"), "999 999 999x");
        assert!(!format!("{rows:?}").contains("Thistlemere"));
    }

    #[test]
    fn a_damaged_file_is_refused_whole() {
        let check = |text: &str, words: &str| {
            let error = read("people.csv", text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        check("", "empty");
        check("family_name,given_name,sex\na,b,male\n", "date_of_birth");
        check(HEADINGS, "no row");
        check(&format!("{HEADINGS}a,b,2019-03-31\n"), "3 columns");
        check(&format!("{HEADINGS}a,b,2019-03-31,male,1,2\n"), "6 columns");
        check(&format!("{HEADINGS}a,b,2019-03-31,male,999"), "cut off");
        check(&format!("{}a,b,2019-03-31,male,1,x\n", HEADINGS.replace('\n', ",shoe size\n")), "shoe size");
    }
}
