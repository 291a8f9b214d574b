//! The row of headings.

use super::records::Record;

/// The headings of a table: each as it stands, and as letters and digits alone, by which it is found.
#[derive(Debug, Clone)]
pub(crate) struct Headings {
    texts: Vec<String>,
    keys: Vec<String>,
}

/// Why a row is not the row of headings.
#[derive(Debug, Clone)]
pub(crate) struct Missing {
    /// How many of the columns that were looked for it has.
    pub found: usize,
    /// What it lacks: `there is no column 'LSOA21CD'`.
    pub lacks: String,
    /// What was expected.
    pub expected: String,
}

impl Headings {
    pub(super) fn of(record: &Record) -> Headings {
        let mut texts: Vec<String> =
            (0..record.len()).map(|column| record.text(column).into_owned()).collect();
        while texts.last().is_some_and(String::is_empty) {
            texts.pop();
        }
        let keys = texts.iter().map(|text| key(text)).collect();
        Headings { texts, keys }
    }

    /// How many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// A heading as it stands in the file.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.texts.get(column).map_or("", String::as_str)
    }

    /// Each column's key: the lower-case letters and the digits of its heading.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (usize, &str)> {
        self.keys.iter().map(String::as_str).enumerate()
    }

    /// The first column with one of these keys.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.keys.iter().position(|key| key == name))
    }
}

/// The lower-case letters and the digits of a heading, so that spaces, line breaks and brackets do not matter.
fn key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
