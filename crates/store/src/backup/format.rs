//! The stream of records of a backup, before it is compressed and sealed.
//!
//! A record is one byte that says what it is and what belongs to it: `H` the head (JSON), `T` a table (its name and columns),
//! `R` a row (its values in canonical form), `E` the end of a table (how many rows, their hash), `P` that the tables from here on are
//! the register's (its changes of tables, JSON), `Z` the end of it all. A stream that stops before `Z` is not a backup.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::catalogue::{Column, Kind, Table};
use super::rows::{Cell, encode};
use super::{BackupError, Fingerprint};

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The moment it shows, as ISO 8601 in UTC.
    pub(super) made_at: String,
    /// The version of het that made it.
    pub(super) version: String,
    /// The changes of tables that the database had been through, oldest first.
    pub(super) migrations: Vec<String>,
}

/// One record.
pub(super) enum Record {
    Head(Head),
    Table(Table),
    Row(Vec<Cell>),
    End { rows: u64, sha256: String },
    Register { migrations: Vec<String> },
    Done,
}

/// No text or file in a row is longer than this; a longer one is damage.
const LONGEST: u64 = 1 << 30;

pub(super) struct Writer<W: Write> {
    to: W,
    row: Vec<u8>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(to: W) -> Writer<W> {
        Writer { to, row: Vec::new() }
    }

    pub(super) fn head(&mut self, head: &Head) -> io::Result<()> {
        let text = serde_json::to_string(head).map_err(io::Error::other)?;
        self.to.write_all(b"H")?;
        self.text(&text)
    }

    pub(super) fn table(&mut self, table: &Table) -> io::Result<()> {
        self.to.write_all(b"T")?;
        self.text(&table.name)?;
        self.to.write_all(&(table.columns.len() as u64).to_be_bytes())?;
        for column in &table.columns {
            self.text(&column.name)?;
            let kind = Kind::ALL.iter().position(|kind| *kind == column.kind).unwrap_or_default();
            self.to.write_all(&[kind as u8])?;
        }
        Ok(())
    }

    pub(super) fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.row.clear();
        self.row.push(b'R');
        row.iter().for_each(|cell| encode(cell, &mut self.row));
        self.to.write_all(&self.row)
    }

    pub(super) fn end(&mut self, found: &Fingerprint) -> io::Result<()> {
        self.to.write_all(b"E")?;
        self.to.write_all(&found.rows.to_be_bytes())?;
        self.text(&found.sha256)
    }

    pub(super) fn register(&mut self, migrations: &[String]) -> io::Result<()> {
        let text = serde_json::to_string(migrations).map_err(io::Error::other)?;
        self.to.write_all(b"P")?;
        self.text(&text)
    }

    pub(super) fn done(mut self) -> io::Result<W> {
        self.to.write_all(b"Z")?;
        Ok(self.to)
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(&(text.len() as u64).to_be_bytes())?;
        self.to.write_all(text.as_bytes())
    }
}

pub(super) struct Reader<R: Read> {
    from: R,
    /// How many values a row has, by the table it is in.
    columns: usize,
}

impl<R: Read> Reader<R> {
    pub(super) fn new(from: R) -> Reader<R> {
        Reader { from, columns: 0 }
    }

    /// What the records were read from.
    pub(super) fn into_inner(self) -> R {
        self.from
    }

    /// The next record.
    pub(super) fn next(&mut self) -> Result<Record, BackupError> {
        match self.byte()? {
            b'H' => {
                let head = serde_json::from_str(&self.text()?);
                head.map(Record::Head).map_err(|_| BackupError::Damaged("its head cannot be read"))
            }
            b'T' => self.table().map(Record::Table),
            b'R' => (0..self.columns).map(|_| self.cell()).collect::<Result<_, _>>().map(Record::Row),
            b'E' => Ok(Record::End { rows: self.number()?, sha256: self.text()? }),
            b'P' => {
                let migrations = serde_json::from_str(&self.text()?);
                let unread = |_| BackupError::Damaged("the head of the register cannot be read");
                migrations.map(|migrations| Record::Register { migrations }).map_err(unread)
            }
            b'Z' => Ok(Record::Done),
            _ => Err(BackupError::Damaged("a record is of no known kind")),
        }
    }

    fn table(&mut self) -> Result<Table, BackupError> {
        let name = self.text()?;
        let count = self.number()?;
        if count > 2_000 {
            return Err(BackupError::Damaged("a table has too many columns"));
        }
        let mut columns = Vec::new();
        for _ in 0..count {
            let name = self.text()?;
            let kind = Kind::ALL.get(usize::from(self.byte()?));
            let kind = *kind.ok_or(BackupError::Damaged("a column is of no known kind"))?;
            columns.push(Column { name, kind });
        }
        self.columns = columns.len();
        Ok(Table { name, columns, key: Vec::new() })
    }

    fn cell(&mut self) -> Result<Cell, BackupError> {
        Ok(match self.byte()? {
            0 => Cell::Null,
            1 => Cell::Integer(self.number()?.cast_signed()),
            2 => Cell::Real(f64::from_bits(self.number()?)),
            3 => Cell::Text(self.text()?),
            4 => Cell::Bytes(self.bytes()?),
            5 => Cell::Boolean(self.byte()? != 0),
            _ => return Err(BackupError::Damaged("a value is of no known kind")),
        })
    }

    fn byte(&mut self) -> Result<u8, BackupError> {
        let mut byte = [0];
        self.fill(&mut byte)?;
        Ok(byte[0])
    }

    fn number(&mut self) -> Result<u64, BackupError> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn bytes(&mut self) -> Result<Vec<u8>, BackupError> {
        let length = self.number()?;
        if length > LONGEST {
            return Err(BackupError::Damaged("a value is too long"));
        }
        let mut bytes = Vec::new();
        let read = (&mut self.from).take(length).read_to_end(&mut bytes)?;
        if read as u64 == length { Ok(bytes) } else { Err(BackupError::Damaged("it stops too early")) }
    }

    fn text(&mut self) -> Result<String, BackupError> {
        String::from_utf8(self.bytes()?).map_err(|_| BackupError::Damaged("a text is not text"))
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), BackupError> {
        self.from.read_exact(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => BackupError::Damaged("it stops too early"),
            _ => error.into(),
        })
    }
}
