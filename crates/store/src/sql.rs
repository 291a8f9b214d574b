//! The few verbs that every question is asked with.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use crate::questions::noted;
use crate::{Error, Result};

/// Builds the list of bound values of a statement, each anything that sea-orm can bind.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(sea_orm::Value::from($value)),*] };
}
pub(crate) use values;

/// Every row that the statement finds.
pub(crate) async fn all<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    doing: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = noted(doing, db.query_all_raw(statement))
        .await
        .map_err(|source| Error::Database { doing, source })?;
    rows.iter()
        .map(|row| T::from_query_result(row, ""))
        .collect::<std::result::Result<_, _>>()
        .map_err(|source| Error::Database { doing, source })
}

/// The first row that the statement finds, if any.
pub(crate) async fn one<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    doing: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = noted(doing, db.query_one_raw(statement))
        .await
        .map_err(|source| Error::Database { doing, source })?;
    row.map(|row| T::from_query_result(&row, ""))
        .transpose()
        .map_err(|source| Error::Database { doing, source })
}

/// Runs a change and tells how many rows it touched.
pub(crate) async fn run(
    db: &impl ConnectionTrait,
    doing: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let done =
        noted(doing, db.execute_raw(statement)).await.map_err(|source| Error::Database { doing, source })?;
    Ok(done.rows_affected())
}

/// Runs an `INSERT … RETURNING id` and gives the new row's number.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    doing: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<i64> {
    let row: Option<Id> = one(db, doing, sql, values).await?;
    row.map(|row| row.id)
        .ok_or(Error::NotFound { what: "new row after being asked to", value: doing.to_owned() })
}

/// The number that a `SELECT COUNT(*) AS count …` finds.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    doing: &'static str,
    sql: &str,
    values: Vec<Value>,
) -> Result<i64> {
    let row: Option<Count> = one(db, doing, sql, values).await?;
    Ok(row.map_or(0, |row| row.count))
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Inserts many rows of the same columns, as few statements as the database takes.
///
/// `into` is `table (columns)`; `columns` is how many values a row has.
pub(crate) async fn insert_many<R>(
    db: &impl ConnectionTrait,
    doing: &'static str,
    into: &str,
    columns: usize,
    rows: impl IntoIterator<Item = R>,
    bind: impl Fn(R, &mut Vec<Value>),
    after: &str,
) -> Result<u64> {
    let chunk = (MOST_BOUND_VALUES / columns).clamp(1, MOST_ROWS);
    let numbered = db.get_database_backend() == DbBackend::Postgres;
    let mut rows = rows.into_iter();
    let mut full: Option<String> = None;
    let mut inserted = 0;
    loop {
        let mut values = Vec::with_capacity(chunk * columns);
        let mut count = 0;
        for row in rows.by_ref().take(chunk) {
            bind(row, &mut values);
            count += 1;
        }
        if count == 0 {
            return Ok(inserted);
        }
        debug_assert_eq!(values.len(), count * columns);
        if count == chunk {
            let sql = full.get_or_insert_with(|| insert_sql(into, columns, chunk, after, numbered));
            inserted += run(db, doing, sql, values).await?;
        } else {
            inserted += run(db, doing, &insert_sql(into, columns, count, after, numbered), values).await?;
        }
    }
}

/// SQLite takes 32,766 bound values in a statement and PostgreSQL 65,535.
const MOST_BOUND_VALUES: usize = 32_766;
/// Past this many rows a longer statement no longer saves time.
const MOST_ROWS: usize = 500;

/// SQLite looks a numbered placeholder up by walking all of them, so thousands are bound by their place instead.
fn insert_sql(into: &str, columns: usize, rows: usize, after: &str, numbered: bool) -> String {
    use std::fmt::Write;
    let mut sql = format!("INSERT INTO {into} VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            if column > 0 {
                sql.push(',');
            }
            if numbered {
                let _ = write!(sql, "${}", row * columns + column + 1);
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(after);
    sql
}
