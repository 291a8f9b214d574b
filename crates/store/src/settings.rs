//! What a town sets once: its name, its area, its colour.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Reader, Result, Write};

#[derive(FromQueryResult)]
struct Setting {
    name: String,
    value: String,
}

/// Every setting, by name.
pub async fn settings(db: &impl Reader) -> Result<BTreeMap<String, String>> {
    let rows: Vec<Setting> =
        sql::all(db, "read the settings", "SELECT name, value FROM setting", values![]).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// One setting; `None` when the town has not set it.
pub async fn setting(db: &impl Reader, name: &str) -> Result<Option<String>> {
    Ok(settings(db).await?.remove(name))
}

/// Sets one setting.
pub async fn set_setting(write: &Write, name: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO setting (name, value) VALUES ($1, $2)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sql::run(write.reader(), "keep a setting", sql, values![name, value]).await.map(|_| ())
}
