//! What is sealed by which key, and sealing it anew with the newest.

use sea_orm::FromQueryResult;

use super::{Cell, Keys, open, person_by_id, save_person, seal};
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// How many rows a key seals.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Sealed {
    /// The public name of the key.
    pub key: String,
    /// How many rows.
    pub rows: i64,
}

/// Tables with one sealed column beside `person`: the table, its key, the column.
const OTHERS: [(&str, &str, &str); 4] = [
    ("correction", "id", "old"),
    ("reading", "id", "words"),
    ("review", "reading_id", "words"),
    ("hold", "id", "words"),
];

/// How many rows each key seals, over all tables.
pub async fn sealed_by_key(db: &impl Reader) -> Result<Vec<Sealed>> {
    let others = OTHERS.iter().map(|(table, _, column)| {
        format!("UNION ALL SELECT sealed_by FROM {table} WHERE {column} IS NOT NULL")
    });
    let sql = format!(
        "SELECT sealed_by AS key, COUNT(*) AS rows FROM (SELECT sealed_by FROM person {}) AS all_rows
         GROUP BY sealed_by ORDER BY sealed_by",
        others.collect::<Vec<_>>().join(" ")
    );
    sql::all(db, "count what is sealed", &sql, values![]).await
}

#[derive(FromQueryResult)]
struct Found {
    id: String,
    sealed: Option<Vec<u8>>,
}

/// Seals at most `most` rows anew that an older key sealed, and gives how many they were: 0 when nothing is left to do.
///
/// # Errors
/// [`Error::Sealed`] when the older key is not there.
pub async fn seal_anew(write: &Write, keys: &Keys, most: u32) -> Result<u64> {
    let (db, newest) = (write.reader(), keys.newest());
    let sql = format!("SELECT id, NULL AS sealed FROM person WHERE sealed_by <> $1 ORDER BY id LIMIT {most}");
    // PostgreSQL has to be told what kind of nothing it is.
    let sql = sql.replace("NULL AS", "notes AS");
    let people: Vec<Found> =
        sql::all(db, "find what an older key seals", &sql, values![newest.as_str()]).await?;
    let mut done = 0;
    for row in people {
        let person = person_by_id(db, keys, &row.id).await?;
        let person = person.ok_or(Error::NotFound { what: "record", value: row.id })?;
        save_person(write, keys, &person).await?;
        done += 1;
    }
    for (table, key, column) in OTHERS {
        let left = u64::from(most).saturating_sub(done);
        let sql = format!(
            "SELECT {key} AS id, {column} AS sealed FROM {table} WHERE sealed_by <> $1 ORDER BY {key} LIMIT {left}"
        );
        let rows: Vec<Found> =
            sql::all(db, "find what an older key seals", &sql, values![newest.as_str()]).await?;
        for row in rows {
            let cell = Cell { table, column, row: &row.id };
            let sealed =
                row.sealed.map(|sealed| seal(keys, cell, &open(keys, cell, &sealed)?)).transpose()?;
            let sql = format!("UPDATE {table} SET sealed_by = $2, {column} = $3 WHERE {key} = $1");
            sql::run(db, "seal anew", &sql, values![row.id.as_str(), newest.as_str(), sealed]).await?;
            done += 1;
        }
    }
    Ok(done)
}
