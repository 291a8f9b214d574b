//! Rows of any table: read in the order of the primary key, written in bulk, and their canonical form.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use sha2::{Digest, Sha256};

use super::catalogue::{Column, Kind, Table};
use super::{BackupError, Fingerprint};
use crate::sql;
use crate::{Error, Result};

/// One value of one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
    Boolean(bool),
}

/// Rows are read this many at a time, so that a table of millions takes no memory.
const PAGE: usize = 1_000;

/// Reads every row of a table, in the order of its primary key, and gives what it read in one number and one hash.
pub(super) async fn each<F>(
    db: &impl ConnectionTrait,
    table: &Table,
    mut see: F,
) -> Result<Fingerprint, BackupError>
where
    F: AsyncFnMut(Vec<Cell>) -> Result<(), BackupError>,
{
    let backend = db.get_database_backend();
    let (first, next) = (page_sql(table, backend, false), page_sql(table, backend, true));
    let mut after: Option<Vec<Value>> = None;
    let mut printed = Printer::default();
    loop {
        let sql = if after.is_some() { &next } else { &first };
        let statement = Statement::from_sql_and_values(backend, sql, after.take().unwrap_or_default());
        let reading = |source| Error::Database { doing: "read a table", source };
        let page = db.query_all_raw(statement).await.map_err(reading)?;
        let full = page.len() == PAGE;
        for (place, row) in page.iter().enumerate() {
            let cells = cells(row, table)?;
            if full && place + 1 == PAGE {
                after =
                    Some(table.key.iter().map(|&key| bind(&cells[key], table.columns[key].kind)).collect());
            }
            printed.add(&cells);
            see(cells).await?;
        }
        if !full {
            return Ok(printed.finish(&table.name));
        }
    }
}

/// The question for one page of rows: from the start, or after the row whose key is bound.
fn page_sql(table: &Table, backend: DbBackend, after: bool) -> String {
    // Text is in the order of its bytes whatever language the server was set up in.
    let ordered = |&place: &usize| {
        let Column { name, kind } = &table.columns[place];
        let bytes = if *kind == Kind::Text && backend == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        format!("\"{name}\"{bytes}")
    };
    let key = table.key.iter().map(ordered).collect::<Vec<_>>().join(", ");
    let columns = table.columns.iter().map(|column| selected(column, backend)).collect::<Vec<_>>().join(", ");
    let bound = (1..=table.key.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
    let filter = if after { format!(" WHERE ({key}) > ({bound})") } else { String::new() };
    format!("SELECT {columns} FROM \"{}\"{filter} ORDER BY {key} LIMIT {PAGE}", table.name)
}

/// PostgreSQL has several widths of number, which are read as the widest.
fn selected(column: &Column, backend: DbBackend) -> String {
    let name = &column.name;
    match (backend, column.kind) {
        (DbBackend::Postgres, Kind::Integer) => format!("\"{name}\"::bigint AS \"{name}\""),
        (DbBackend::Postgres, Kind::Real) => format!("\"{name}\"::double precision AS \"{name}\""),
        (DbBackend::Postgres, Kind::Text) => format!("\"{name}\"::text AS \"{name}\""),
        _ => format!("\"{name}\""),
    }
}

fn cells(row: &QueryResult, table: &Table) -> Result<Vec<Cell>> {
    let cell = |(place, column): (usize, &Column)| {
        let read = match column.kind {
            Kind::Integer => row.try_get_by::<Option<i64>, _>(place).map(|v| v.map(Cell::Integer)),
            Kind::Real => row.try_get_by::<Option<f64>, _>(place).map(|v| v.map(Cell::Real)),
            Kind::Text => row.try_get_by::<Option<String>, _>(place).map(|v| v.map(Cell::Text)),
            Kind::Bytes => row.try_get_by::<Option<Vec<u8>>, _>(place).map(|v| v.map(Cell::Bytes)),
            Kind::Boolean => row.try_get_by::<Option<bool>, _>(place).map(|v| v.map(Cell::Boolean)),
        };
        read.map(|cell| cell.unwrap_or(Cell::Null))
    };
    table
        .columns
        .iter()
        .enumerate()
        .map(cell)
        .collect::<std::result::Result<_, _>>()
        .map_err(|source| Error::Database { doing: "read a row", source })
}

/// Writes rows of one table.
pub(super) async fn insert(db: &impl ConnectionTrait, table: &Table, rows: Vec<Vec<Cell>>) -> Result<()> {
    let names = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect::<Vec<_>>().join(", ");
    let into = format!("\"{}\" ({names})", table.name);
    let bind_row = |row: Vec<Cell>, values: &mut Vec<Value>| {
        values.extend(row.iter().zip(&table.columns).map(|(cell, column)| bind(cell, column.kind)));
    };
    sql::insert_many(db, "restore rows", &into, table.columns.len(), rows, bind_row, "").await.map(|_| ())
}

fn bind(cell: &Cell, kind: Kind) -> Value {
    match cell {
        Cell::Null => match kind {
            Kind::Integer => None::<i64>.into(),
            Kind::Real => None::<f64>.into(),
            Kind::Text => None::<String>.into(),
            Kind::Bytes => None::<Vec<u8>>.into(),
            Kind::Boolean => None::<bool>.into(),
        },
        Cell::Integer(value) => (*value).into(),
        Cell::Real(value) => (*value).into(),
        Cell::Text(value) => value.as_str().into(),
        Cell::Bytes(value) => value.clone().into(),
        Cell::Boolean(value) => (*value).into(),
    }
}

/// Takes the fingerprint of a table, row by row.
#[derive(Default)]
pub(super) struct Printer {
    rows: u64,
    hasher: Sha256,
    canonical: Vec<u8>,
}

impl Printer {
    pub(super) fn add(&mut self, row: &[Cell]) {
        self.canonical.clear();
        row.iter().for_each(|cell| encode(cell, &mut self.canonical));
        self.hasher.update(&self.canonical);
        self.rows += 1;
    }

    pub(super) fn finish(self, table: &str) -> Fingerprint {
        Fingerprint { table: table.to_owned(), rows: self.rows, sha256: hex::encode(self.hasher.finalize()) }
    }
}

/// The canonical form of a value: one byte for what it is, then its length where that can differ, then itself, the most
/// significant byte first. SQLite keeps no negative zero, so there is only one zero.
pub(super) fn encode(cell: &Cell, out: &mut Vec<u8>) {
    let sized = |mark: u8, bytes: &[u8], out: &mut Vec<u8>| {
        out.push(mark);
        out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        out.extend_from_slice(bytes);
    };
    match cell {
        Cell::Null => out.push(0),
        Cell::Integer(value) => {
            out.push(1);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Cell::Real(value) => {
            out.push(2);
            out.extend_from_slice(&(if *value == 0.0 { 0.0 } else { *value }).to_bits().to_be_bytes());
        }
        Cell::Text(value) => sized(3, value.as_bytes(), out),
        Cell::Bytes(value) => sized(4, value, out),
        Cell::Boolean(value) => out.extend_from_slice(&[5, u8::from(*value)]),
    }
}
