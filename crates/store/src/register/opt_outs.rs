//! The last answer of the national data opt-out service: who may be used, by the hash of their NHS number. It is kept beside the
//! records and not in them.

use sea_orm::FromQueryResult;
use vocabulary::NhsNumber;

use super::{Keys, nhs_index};
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// The last answer.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OptOutCheck {
    /// The day on which the service answered.
    pub checked_on: String,
    /// How many numbers it gave back.
    pub numbers: i64,
}

/// The last answer, if there was one.
pub async fn last_opt_out_check(db: &impl Reader) -> Result<Option<OptOutCheck>> {
    sql::one(db, "read the opt-outs", "SELECT checked_on, numbers FROM opt_out_check WHERE id = 1", values![])
        .await
}

/// Keeps an answer in place of the last one.
pub async fn set_opt_out_check(write: &Write, keys: &Keys, on: &str, numbers: &[NhsNumber]) -> Result<()> {
    let db = write.reader();
    for sql in ["DELETE FROM opt_out_clear", "DELETE FROM opt_out_check"] {
        sql::run(db, "forget opt-outs", sql, values![]).await?;
    }
    let hashes: std::collections::BTreeSet<String> =
        numbers.iter().filter_map(|number| nhs_index(keys, number).into_iter().next()).collect();
    let count = hashes.len() as i64;
    let bind = |hash: String, values: &mut Vec<sea_orm::Value>| values.push(hash.into());
    sql::insert_many(db, "keep opt-outs", "opt_out_clear (nhs_index)", 1, hashes, bind, "").await?;
    let sql = "INSERT INTO opt_out_check (id, checked_on, numbers) VALUES (1, $1, $2)";
    sql::run(db, "keep opt-outs", sql, values![on, count]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct Index {
    nhs_index: String,
}

/// Whether each number was in the last answer, which means that its owner has not opted out.
pub async fn clear_of_opt_out(db: &impl Reader, keys: &Keys, number: &NhsNumber) -> Result<bool> {
    let hashes = nhs_index(keys, number);
    let places = (1..=hashes.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT nhs_index FROM opt_out_clear WHERE nhs_index IN ({places})");
    let bound = hashes.into_iter().map(sea_orm::Value::from).collect();
    let found: Option<Index> = sql::one(db, "look for an opt-out", &sql, bound).await?;
    Ok(found.is_some_and(|row| !row.nhs_index.is_empty()))
}
