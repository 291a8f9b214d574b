//! Which tables a database has, asked of the database itself, so that a new table is in every backup by itself
//! (but what only processes tell each other).

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::sql::{self, values};
use crate::{Error, Result};

/// What processes that serve a town tell each other: how far attempts have gone, and who runs which job. It says nothing of the town, is
/// wrong as soon as it is restored, and is in no backup.
const OF_PROCESSES: [&str; 2] = ["attempt", "job"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Real,
    Text,
    Bytes,
    Boolean,
}

impl Kind {
    pub(super) const ALL: [Kind; 5] = [Kind::Integer, Kind::Real, Kind::Text, Kind::Bytes, Kind::Boolean];

    /// The kind of a column by what either database calls its type.
    fn of(declared: &str) -> Option<Kind> {
        match declared.to_ascii_lowercase().as_str() {
            "integer" | "bigint" | "smallint" => Some(Kind::Integer),
            "real" | "double precision" => Some(Kind::Real),
            "text" | "character varying" => Some(Kind::Text),
            "blob" | "bytea" => Some(Kind::Bytes),
            "boolean" => Some(Kind::Boolean),
            _ => None,
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    /// In the order of the table.
    pub(super) columns: Vec<Column>,
    /// The columns of the primary key, in its order, as places in `columns`.
    pub(super) key: Vec<usize>,
}

#[derive(FromQueryResult)]
struct ColumnRow {
    table_name: String,
    column_name: String,
    declared: String,
    key_place: i64,
}

#[derive(FromQueryResult)]
struct Reference {
    child: String,
    parent: String,
}

const SQLITE_COLUMNS: &str =
    "SELECT s.name AS table_name, c.name AS column_name, c.type AS declared, c.pk AS key_place
     FROM sqlite_schema s JOIN pragma_table_info(s.name) c
     WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND s.name <> 'seaql_migrations'
     ORDER BY s.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT t.relname::text AS table_name, a.attname::text AS column_name,
            format_type(a.atttypid, NULL) AS declared,
            COALESCE(array_position(i.indkey::smallint[], a.attnum), -1)::bigint + 1 AS key_place
     FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
     WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND t.relname <> 'seaql_migrations'
     ORDER BY t.relname COLLATE \"C\", a.attnum";

const SQLITE_REFERENCES: &str = "SELECT DISTINCT s.name AS child, f.\"table\" AS parent
     FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f WHERE s.type = 'table'";

const POSTGRES_REFERENCES: &str = "SELECT DISTINCT c.relname::text AS child, p.relname::text AS parent
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
     WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace";

/// Every table of het, each after those that its rows point to, and by name where that leaves a choice.
///
/// # Errors
/// [`Error::Foreign`] for a table without a primary key, or a column of a type that het does not use.
pub(super) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let (columns, references) = match db.get_database_backend() {
        DbBackend::Postgres => (POSTGRES_COLUMNS, POSTGRES_REFERENCES),
        _ => (SQLITE_COLUMNS, SQLITE_REFERENCES),
    };
    let mut rows: Vec<ColumnRow> = sql::all(db, "list its tables", columns, values![]).await?;
    rows.retain(|row| !OF_PROCESSES.contains(&row.table_name.as_str()));
    let references: Vec<Reference> = sql::all(db, "list its references", references, values![]).await?;
    in_order(gather(rows)?, &references)
}

fn gather(rows: Vec<ColumnRow>) -> Result<Vec<Table>> {
    let mut tables: Vec<(Table, Vec<(i64, usize)>)> = Vec::new();
    for row in rows {
        if tables.last().is_none_or(|(table, _)| table.name != row.table_name) {
            tables.push((
                Table { name: row.table_name.clone(), columns: Vec::new(), key: Vec::new() },
                Vec::new(),
            ));
        }
        let Some((table, key)) = tables.last_mut() else { continue };
        let kind = Kind::of(&row.declared).ok_or_else(|| Error::Foreign {
            what: "a column of the type",
            value: format!("{} ({}.{})", row.declared, row.table_name, row.column_name),
        })?;
        if row.key_place > 0 {
            key.push((row.key_place, table.columns.len()));
        }
        table.columns.push(Column { name: row.column_name, kind });
    }
    let keyed = tables.into_iter().map(|(table, mut key)| {
        key.sort_unstable();
        if key.is_empty() {
            return Err(Error::Foreign { what: "a table without a primary key,", value: table.name });
        }
        Ok(Table { key: key.into_iter().map(|(_, place)| place).collect(), ..table })
    });
    keyed.collect()
}

/// Puts each table after those it points to (Kahn, Topological sorting of large networks, 1962).
fn in_order(mut left: Vec<Table>, references: &[Reference]) -> Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &Table| {
            references.iter().any(|one| {
                one.child == table.name
                    && one.parent != table.name
                    && left.iter().any(|other| other.name == one.parent)
            })
        };
        let Some(next) = left.iter().position(|table| !waits(table)) else {
            return Err(Error::Foreign {
                what: "tables that point to each other, among them",
                value: left[0].name.clone(),
            });
        };
        ordered.push(left.remove(next));
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_first() {
        let table = |name: &str| Table { name: name.into(), columns: Vec::new(), key: Vec::new() };
        let points = |child: &str, parent: &str| Reference { child: child.into(), parent: parent.into() };
        let names = |tables: Vec<Table>| tables.into_iter().map(|t| t.name).collect::<Vec<_>>().join(" ");
        let three = || vec![table("a"), table("b"), table("c")];
        let check = |references: &[Reference], expected: &str| {
            assert_eq!(names(in_order(three(), references).unwrap()), expected);
        };
        check(&[], "a b c");
        check(&[points("a", "c")], "b c a");
        check(&[points("a", "b"), points("b", "c"), points("c", "c")], "c b a");
        assert!(in_order(three(), &[points("a", "b"), points("b", "a")]).is_err());
    }
}
