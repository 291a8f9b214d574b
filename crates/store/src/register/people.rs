//! People, and the keyed hashes that they are found by.

use sea_orm::FromQueryResult;
use vocabulary::{AreaCode, Date, NhsNumber, Personal};

use super::{Cell, Keys, open, open_some, seal, seal_some};
use crate::sql::{self, values};
use crate::{Error, Reader, Result, Write};

/// A person. A text that is not known is empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// A random name that tells nothing.
    pub id: String,
    /// Family name.
    pub family_name: Personal<String>,
    /// Given names.
    pub given_name: Personal<String>,
    /// NHS number, when it is known.
    pub nhs_number: Option<NhsNumber>,
    /// Address without the postcode.
    pub address: Personal<String>,
    /// Postcode in its usual form.
    pub postcode: Personal<String>,
    /// Telephone.
    pub telephone: Personal<String>,
    /// What those who look after the person should know.
    pub notes: Personal<String>,
    /// Date of birth.
    pub date_of_birth: Date,
    /// The code of the sex.
    pub sex: String,
    /// The small area of the postcode.
    pub lsoa: Option<AreaCode>,
    /// The language that the person reads best.
    pub language: String,
    /// Who looks after this child: the id of another person of the register.
    pub guardian_id: Option<String>,
    /// What they are to the child.
    pub guardian_is: String,
    /// The codes of those with whom the record may be shared.
    pub sharing: Vec<String>,
    /// Where the record came from.
    pub source: String,
    /// The day on which a service last had to do with the person.
    pub last_contact: Date,
    /// When the record was made, as ISO 8601 in UTC.
    pub created_at: String,
    /// When it was last changed.
    pub changed_at: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    family_name: Vec<u8>,
    given_name: Vec<u8>,
    nhs_number: Option<Vec<u8>>,
    address: Option<Vec<u8>>,
    postcode: Option<Vec<u8>>,
    telephone: Option<Vec<u8>>,
    notes: Option<Vec<u8>>,
    date_of_birth: String,
    sex: String,
    lsoa: String,
    language: String,
    guardian_id: Option<String>,
    guardian_is: String,
    sharing: String,
    source: String,
    last_contact: String,
    created_at: String,
    changed_at: String,
}

const COLUMNS: &str = "id, family_name, given_name, nhs_number, address, postcode, telephone, notes, date_of_birth, sex, lsoa, language,
    guardian_id, guardian_is, sharing, source, last_contact, created_at, changed_at";

fn cell<'a>(column: &'a str, row: &'a str) -> Cell<'a> {
    Cell { table: "person", column, row }
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Person> {
        let id = self.id.as_str();
        let some = |column, sealed: &Option<Vec<u8>>| open_some(keys, cell(column, id), sealed.as_deref());
        let foreign = |what| move |_| Error::Foreign { what, value: "of the register".to_owned() };
        let number = some("nhs_number", &self.nhs_number)?;
        let nhs_number = match number.reveal().as_str() {
            "" => None,
            text => {
                Some(text.parse::<NhsNumber>().map_err(|_| Error::Sealed { reason: "it is no NHS number" })?)
            }
        };
        Ok(Person {
            family_name: Personal::new(open(keys, cell("family_name", id), &self.family_name)?),
            given_name: Personal::new(open(keys, cell("given_name", id), &self.given_name)?),
            nhs_number,
            address: some("address", &self.address)?,
            postcode: some("postcode", &self.postcode)?,
            telephone: some("telephone", &self.telephone)?,
            notes: some("notes", &self.notes)?,
            date_of_birth: self.date_of_birth.parse().map_err(foreign("a date"))?,
            lsoa: self.lsoa.parse().ok(),
            sharing: self.sharing.split_whitespace().map(str::to_owned).collect(),
            last_contact: self.last_contact.parse().map_err(foreign("a date"))?,
            id: self.id,
            sex: self.sex,
            language: self.language,
            guardian_id: self.guardian_id,
            guardian_is: self.guardian_is,
            source: self.source,
            created_at: self.created_at,
            changed_at: self.changed_at,
        })
    }
}

fn name_key(family_name: &str, date_of_birth: Date) -> String {
    // How a name is written differs between systems; its letters seldom do.
    let letters: String =
        family_name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    format!("{letters}\0{date_of_birth}")
}

/// What an NHS number is found by.
pub fn nhs_index(keys: &Keys, number: &NhsNumber) -> Vec<String> {
    keys.indexes("nhs number", &number.reveal())
}

/// The columns of a person in the order in which both statements bind them.
fn bound(keys: &Keys, person: &Person) -> Result<Vec<sea_orm::Value>> {
    let id = person.id.as_str();
    let some = |column, text: &Personal<String>| seal_some(keys, cell(column, id), text);
    let number = Personal::new(person.nhs_number.map(|number| number.reveal()).unwrap_or_default());
    let postcode = person.postcode.reveal();
    Ok(values![
        id,
        keys.newest(),
        seal(keys, cell("family_name", id), person.family_name.reveal())?,
        seal(keys, cell("given_name", id), person.given_name.reveal())?,
        some("nhs_number", &number)?,
        some("address", &person.address)?,
        some("postcode", &person.postcode)?,
        some("telephone", &person.telephone)?,
        some("notes", &person.notes)?,
        person.nhs_number.and_then(|number| nhs_index(keys, &number).into_iter().next()),
        (!postcode.is_empty()).then(|| keys.index("postcode", postcode)),
        keys.index("name", &name_key(person.family_name.reveal(), person.date_of_birth)),
        person.date_of_birth.to_string(),
        person.sex.as_str(),
        person.lsoa.map(|code| code.to_string()).unwrap_or_default(),
        person.language.as_str(),
        person.guardian_id.clone(),
        person.guardian_is.as_str(),
        person.sharing.join(" "),
        person.source.as_str(),
        person.last_contact.to_string(),
        person.created_at.as_str(),
        person.changed_at.as_str()
    ])
}

/// Adds a person. Whether the NHS number is somebody else's is for the caller to ask, under every key; under the newest the database
/// refuses it too.
pub async fn add_person(write: &Write, keys: &Keys, person: &Person) -> Result<()> {
    let sql = "INSERT INTO person (id, sealed_by, family_name, given_name, nhs_number, address, postcode, telephone, notes,
                   nhs_index, postcode_index, name_index, date_of_birth, sex, lsoa, language, guardian_id, guardian_is, sharing,
                   source, last_contact, created_at, changed_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    sql::run(write.reader(), "add a person", sql, bound(keys, person)?).await.map(|_| ())
}

/// Keeps a changed person, all of it sealed by the newest key.
pub async fn save_person(write: &Write, keys: &Keys, person: &Person) -> Result<()> {
    let sql = "UPDATE person SET sealed_by = $2, family_name = $3, given_name = $4, nhs_number = $5, address = $6, postcode = $7,
                   telephone = $8, notes = $9, nhs_index = $10, postcode_index = $11, name_index = $12, date_of_birth = $13,
                   sex = $14, lsoa = $15, language = $16, guardian_id = $17, guardian_is = $18, sharing = $19, source = $20,
                   last_contact = $21, created_at = $22, changed_at = $23
               WHERE id = $1";
    match sql::run(write.reader(), "keep a person", sql, bound(keys, person)?).await? {
        1 => Ok(()),
        _ => Err(Error::NotFound { what: "record", value: person.id.clone() }),
    }
}

/// The person with this id, if there is one.
pub async fn person_by_id(db: &impl Reader, keys: &Keys, id: &str) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
    let row: Option<Row> = sql::one(db, "find a person", &sql, values![id]).await?;
    row.map(|row| row.open(keys)).transpose()
}

async fn found_by(db: &impl Reader, keys: &Keys, column: &str, hashes: Vec<String>) -> Result<Vec<Person>> {
    let places = (1..=hashes.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let sql =
        format!("SELECT {COLUMNS} FROM person WHERE {column} IN ({places}) ORDER BY id LIMIT {MOST_FOUND}");
    let bound = hashes.into_iter().map(sea_orm::Value::from).collect();
    let rows: Vec<Row> = sql::all(db, "look for people", &sql, bound).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// No search finds more: whoever needs more is not looking for a person.
const MOST_FOUND: usize = 51;

/// The person with this NHS number, if there is one.
pub async fn person_by_nhs_number(
    db: &impl Reader,
    keys: &Keys,
    number: &NhsNumber,
) -> Result<Option<Person>> {
    Ok(found_by(db, keys, "nhs_index", nhs_index(keys, number)).await?.into_iter().next())
}

/// The people of a postcode, at most 51.
pub async fn people_by_postcode(db: &impl Reader, keys: &Keys, postcode: &str) -> Result<Vec<Person>> {
    found_by(db, keys, "postcode_index", keys.indexes("postcode", postcode)).await
}

/// The people of a family name and date of birth, at most 51. Capitals, spaces, hyphens and apostrophes do not matter.
pub async fn people_by_name(
    db: &impl Reader,
    keys: &Keys,
    family_name: &str,
    born: Date,
) -> Result<Vec<Person>> {
    found_by(db, keys, "name_index", keys.indexes("name", &name_key(family_name, born))).await
}

/// Those of whom somebody is the guardian.
pub async fn people_in_care_of(db: &impl Reader, keys: &Keys, guardian: &str) -> Result<Vec<Person>> {
    found_by(db, keys, "guardian_id", vec![guardian.to_owned()]).await
}

/// How many people there are.
pub async fn count_people(db: &impl Reader) -> Result<i64> {
    sql::count(db, "count people", "SELECT COUNT(*) AS count FROM person", values![]).await
}

/// Every person in turn, in the order of their ids.
pub async fn each_person<E: From<Error>>(
    db: &impl Reader,
    keys: &Keys,
    mut see: impl FnMut(Person) -> Result<(), E>,
) -> Result<(), E> {
    let mut after = String::new();
    loop {
        let sql = format!("SELECT {COLUMNS} FROM person WHERE id > $1 ORDER BY id LIMIT 500");
        let rows: Vec<Row> = sql::all(db, "read the register", &sql, values![after.as_str()]).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id.clone();
        for row in rows {
            see(row.open(keys)?)?;
        }
    }
}
