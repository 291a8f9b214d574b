//! Why a file is refused, and where in it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use vocabulary::Origin;

/// A place in a file: the file, and as far as known its sheet, row and column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// The sheet; empty when it is about the whole file or the file has none.
    pub sheet: Arc<str>,
    /// The row, counted from 1; 0 when it is about no one row.
    pub row: u32,
    /// The column, counted from 1; 0 when it is about no one column.
    pub column: u32,
}

/// `file`, `file, sheet Data`, `file, row 7`, `file, sheet Data, cell H12`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(f, ", sheet {}", self.sheet)?;
        }
        match (self.row, self.column) {
            (0, 0) => Ok(()),
            (row, 0) => write!(f, ", row {row}"),
            (0, column) => write!(f, ", column {column}"),
            (row, column) => {
                let origin = Origin { file: self.file.clone(), sheet: self.sheet.clone(), row, column };
                write!(f, ", cell {}", origin.cell())
            }
        }
    }
}

/// A file that was refused. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It could not be opened or read from the disk.
    #[error("{place}: could not be read: {reason}")]
    Unreadable {
        /// The file.
        place: Place,
        /// What the operating system said.
        reason: String,
    },
    /// It is not the kind of file that its bytes or its name claim, or it is damaged.
    #[error("{place}: is not a readable {format}: {reason}")]
    Damaged {
        /// The file.
        place: Place,
        /// The format that was tried: `Excel workbook (.xlsx)`, `CSV file`.
        format: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// It is larger than any genuine file of its kind.
    #[error("{place}: holds more than {limit}: refused, since no genuine {format} does")]
    TooLarge {
        /// The file.
        place: Place,
        /// The format.
        format: &'static str,
        /// The limit, with its unit.
        limit: String,
    },
    /// It can be read and something that must be there is not: a heading, a sheet, a period, any figure at all.
    #[error("{place}: {found}; expected {expected}")]
    Unexpected {
        /// Where.
        place: Place,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A value that cannot be what its column says.
    #[error("{place}: '{value}' is not {expected}")]
    Value {
        /// The cell.
        place: Place,
        /// The value as it stands in the file.
        value: String,
        /// What was expected, with its article: `a percentage from 0 to 100`.
        expected: String,
    },
}

impl SourceError {
    /// Where in the file.
    pub fn place(&self) -> &Place {
        match self {
            SourceError::Unreadable { place, .. }
            | SourceError::Damaged { place, .. }
            | SourceError::TooLarge { place, .. }
            | SourceError::Unexpected { place, .. }
            | SourceError::Value { place, .. } => place,
        }
    }
}

/// Reads a file from the disk: its name without the folder, and its bytes.
///
/// # Errors
/// [`SourceError::Unreadable`] with what the operating system said.
#[allow(clippy::disallowed_methods)]
pub fn read_file(path: &Path) -> Result<(Arc<str>, Vec<u8>), SourceError> {
    let name: Arc<str> = match path.file_name() {
        Some(name) => name.to_string_lossy().into(),
        None => path.to_string_lossy().into(),
    };
    match std::fs::read(path) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(SourceError::Unreadable {
            place: Place { file: name, ..Place::default() },
            reason: error.to_string(),
        }),
    }
}

/// A whole file in which something is not as expected.
pub(crate) fn unexpected(file: &str, found: impl Into<String>, expected: impl Into<String>) -> SourceError {
    SourceError::Unexpected {
        place: Place { file: file.into(), ..Place::default() },
        found: found.into(),
        expected: expected.into(),
    }
}
