//! Whose time to be kept has passed, and taking them out.

use sea_orm::FromQueryResult;

use super::{Erasure, Person, new_id};
use crate::sql::{self, values};
use crate::{Reader, Result, Write};

/// What decides how long somebody's record is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    /// The random name of the record.
    pub id: String,
    /// Date of birth.
    pub date_of_birth: String,
    /// The day on which a service last had to do with the person.
    pub last_contact: String,
    /// Whether a hold forbids to throw it away.
    pub is_held: bool,
}

/// What decides about every person, in the order of their ids. It needs no key.
pub async fn each_standing(db: &impl Reader, mut see: impl FnMut(Standing)) -> Result<()> {
    let mut after = String::new();
    loop {
        let sql = "SELECT id, date_of_birth, last_contact,
                      EXISTS (SELECT 1 FROM hold h WHERE h.person_id = person.id AND h.lifted_at IS NULL) AS is_held
                   FROM person WHERE id > $1 ORDER BY id LIMIT 1000";
        let rows: Vec<Standing> = sql::all(db, "read the register", sql, values![after.as_str()]).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id.clone();
        rows.into_iter().for_each(&mut see);
    }
}

/// Takes a person out with everything that is about them. What is left says that somebody was here, and who read the record,
/// without the words.
pub async fn delete_person(write: &Write, erasure: &Erasure) -> Result<()> {
    let db = write.reader();
    let id = erasure.id.as_str();
    for sql in [
        "UPDATE person SET guardian_id = NULL, guardian_is = '' WHERE guardian_id = $1",
        "UPDATE review SET words = NULL WHERE reading_id IN (SELECT id FROM reading WHERE person_id = $1)",
        "UPDATE reading SET words = NULL WHERE person_id = $1",
        "DELETE FROM correction WHERE person_id = $1",
        "DELETE FROM consent WHERE person_id = $1",
        "DELETE FROM hold WHERE person_id = $1",
        "DELETE FROM person WHERE id = $1",
    ] {
        sql::run(db, "take a person out", sql, values![id]).await?;
    }
    let sql = "INSERT INTO erasure (id, at, erased_by, kind, reason) VALUES ($1, $2, $3, $4, $5)";
    let (at, by) = (erasure.at.as_str(), erasure.erased_by.as_str());
    let bound = values![id, at, by, erasure.kind.as_str(), erasure.reason.as_str()];
    sql::run(db, "note an erasure", sql, bound).await.map(|_| ())
}

/// Keeps what may be counted of somebody who is about to be taken out, under a name that leads nowhere.
pub async fn keep_anonymous(write: &Write, person: &Person) -> Result<()> {
    let sql = "INSERT INTO anonymous (id, year_of_birth, sex, lsoa, language) VALUES ($1, $2, $3, $4, $5)";
    let bound = values![
        new_id()?,
        i64::from(person.date_of_birth.year()),
        person.sex.as_str(),
        person.lsoa.map(|code| code.to_string()).unwrap_or_default(),
        person.language.as_str()
    ];
    sql::run(write.reader(), "anonymise a person", sql, bound).await.map(|_| ())
}

/// Readings that were made before a moment, of records that are not there any more.
const OLD: &str =
    "FROM reading WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = reading.person_id)";

/// How many readings of records that are not there any more were made before a moment.
pub async fn readings_before(db: &impl Reader, moment: &str) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS count {OLD}");
    sql::count(db, "count readings", &sql, values![moment]).await
}

/// Throws those readings away, with their reviews.
pub async fn purge_readings(write: &Write, moment: &str) -> Result<u64> {
    let reviews = format!("DELETE FROM review WHERE reading_id IN (SELECT id {OLD})");
    sql::run(write.reader(), "throw reviews away", &reviews, values![moment]).await?;
    sql::run(write.reader(), "throw readings away", &format!("DELETE {OLD}"), values![moment]).await
}
