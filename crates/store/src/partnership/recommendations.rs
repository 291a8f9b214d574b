//! Recommendations.

use sea_orm::FromQueryResult;

use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// One numbered recommendation of the town's Marmot report.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Recommendation {
    /// Its number in the database.
    pub id: i64,
    /// Its number in the report: `12`, `3b`.
    pub number: String,
    /// Its words.
    pub words: String,
    /// The Marmot principle it belongs to, 1 to 8.
    pub principle: i64,
    /// How soon: `short`, `medium`, `long`.
    pub horizon: String,
    /// The subgroup that drives it.
    pub subgroup_id: i64,
    /// The member who owns it.
    pub owner_id: Option<i64>,
}

const COLUMNS: &str = "id, number, words, principle, horizon, subgroup_id, owner_id";

/// Every recommendation, in the order of its number (`2` before `10`).
pub async fn recommendations(db: &impl Reader) -> Result<Vec<Recommendation>> {
    let sql = format!("SELECT {COLUMNS} FROM recommendation");
    let mut found: Vec<Recommendation> = sql::all(db, "list recommendations", &sql, values![]).await?;
    found.sort_by_cached_key(|r| number_key(&r.number));
    Ok(found)
}

/// The recommendation with this number in the report.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn recommendation_by_number(db: &impl Reader, number: &str) -> Result<Recommendation> {
    let sql = format!("SELECT {COLUMNS} FROM recommendation WHERE number = $1");
    let found = sql::one(db, "find a recommendation", &sql, values![number]).await?;
    found.ok_or_else(|| Error::NotFound { what: "recommendation", value: number.to_owned() })
}

/// Keeps a new recommendation and gives its number in the database.
///
/// # Errors
/// [`Error::Taken`] when its number in the report is in use.
pub async fn add_recommendation(write: &Write, new: &Recommendation) -> Result<i64> {
    let db = write.reader();
    if recommendation_by_number(db, &new.number).await.is_ok() {
        return Err(Error::Taken { what: "a recommendation with the number", value: new.number.clone() });
    }
    let sql = "INSERT INTO recommendation (number, words, principle, horizon, subgroup_id, owner_id)
               VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    sql::insert(db, "add a recommendation", sql, columns_of(new)).await
}

/// Replaces everything of the recommendation with this number in the database.
pub async fn edit_recommendation(write: &Write, id: i64, new: &Recommendation) -> Result<()> {
    let sql =
        "UPDATE recommendation SET number = $1, words = $2, principle = $3, horizon = $4, subgroup_id = $5,
                   owner_id = $6
               WHERE id = $7";
    let mut bound = columns_of(new);
    bound.push(id.into());
    sql::run(write.reader(), "edit a recommendation", sql, bound).await.map(|_| ())
}

fn columns_of(new: &Recommendation) -> Vec<sea_orm::Value> {
    values![
        new.number.as_str(),
        new.words.as_str(),
        new.principle,
        new.horizon.as_str(),
        new.subgroup_id,
        new.owner_id
    ]
}

/// Numbers in their own order, then what follows them.
fn number_key(number: &str) -> (u64, String) {
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (number[..digits].parse().unwrap_or(u64::MAX), number[digits..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::number_key;

    #[test]
    fn numbers_are_in_the_order_that_people_expect() {
        let mut numbers = ["10", "2", "2b", "2a", "A1"];
        numbers.sort_by_key(|n| number_key(n));
        assert_eq!(numbers, ["2", "2a", "2b", "10", "A1"]);
    }
}
