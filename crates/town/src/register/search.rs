//! Looking for people: by NHS number, by postcode, or by family name and date of birth, each through its keyed hash.

use store::register::{self, NewReading, Person};
use vocabulary::{Date, NhsNumber, Personal, Postcode};

use super::view::{Shown, name_of};
use crate::{Actor, Error, Moment, Permission, Result, Town, entry};

/// What somebody looks for; one of the three ways is filled.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SearchForm {
    /// An NHS number.
    pub nhs_number: String,
    /// A postcode.
    pub postcode: String,
    /// A family name, with a date of birth.
    pub family_name: String,
    /// A date of birth, as ISO text.
    pub date_of_birth: String,
}

impl std::fmt::Debug for SearchForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchForm")
    }
}

/// One of those found: as much as tells them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The random name of the record.
    pub id: String,
    /// Given and family name.
    pub name: Personal<String>,
    /// Date of birth.
    pub date_of_birth: Personal<Date>,
    /// Postcode, where the role sees contacts.
    pub postcode: Shown,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The first fifty, by name.
    pub found: Vec<Found>,
    /// Whether there are more.
    pub more: bool,
}

/// More are not shown.
const MOST: usize = 50;

/// One of the three ways, with its values read.
enum Way {
    Number(NhsNumber),
    Postcode(Postcode),
    Name(String, Date),
}

fn way(form: &SearchForm) -> Result<Way> {
    let [number, postcode, name, born] =
        [&form.nhs_number, &form.postcode, &form.family_name, &form.date_of_birth].map(|text| text.trim());
    let named = !name.is_empty() || !born.is_empty();
    match (number.is_empty(), postcode.is_empty(), named) {
        (false, true, false) => {
            let parsed = number.parse::<NhsNumber>();
            parsed
                .map(Way::Number)
                .map_err(|error| Error::refused("nhs_number", format!("Check the NHS number: {error}")))
        }
        (true, false, false) => {
            let parsed = postcode.parse::<Postcode>();
            parsed
                .map(Way::Postcode)
                .map_err(|error| Error::refused("postcode", format!("Check the postcode: {error}")))
        }
        (true, true, true) if name.is_empty() => {
            Err(Error::refused("family_name", "Write the family name as well"))
        }
        (true, true, true) => match born.parse::<Date>() {
            Ok(born) => Ok(Way::Name(name.to_owned(), born)),
            Err(_) => Err(Error::refused("date_of_birth", "Write the whole date of birth as well")),
        },
        _ => Err(Error::refused(
            "nhs_number",
            "Look in one way: by NHS number, by postcode, or by family name and date of birth",
        )),
    }
}

impl Town {
    /// Looks for people. Each who is found is noted as having been seen in a list.
    ///
    /// # Errors
    /// [`Error::Refused`] when not exactly one way of looking is filled, or a value will not do.
    pub async fn search_people(&self, actor: &Actor, form: &SearchForm, now: Moment) -> Result<Search> {
        actor.require(Permission::SearchRegister)?;
        let (how, mut people) = self.people_like(form).await?;
        let more = people.len() > MOST;
        people.truncate(MOST);
        let at = now.to_string();
        let write = self.register().write().await?;
        for person in &people {
            let new = NewReading {
                person_id: &person.id,
                at: &at,
                reader: actor.name(),
                role: actor.role().code(),
                kind: "listed",
                reason: how,
                words: &Personal::new(String::new()),
            };
            register::add_reading(&write, self.keys()?, new).await?;
        }
        let detail = serde_json::json!({ "by": how, "found": people.len() });
        write.commit_register(&entry(actor, "search", "register", detail)).await?;
        let mut found: Vec<Found> = people.iter().map(|person| found_of(actor, person)).collect();
        found.sort_by_cached_key(|one| one.name.reveal().to_lowercase());
        Ok(Search { found, more })
    }

    /// The people who are like a form, and how they were looked for.
    pub(super) async fn people_like(&self, form: &SearchForm) -> Result<(&'static str, Vec<Person>)> {
        let (db, keys) = (self.register().reader(), self.keys()?);
        Ok(match way(form)? {
            Way::Number(number) => {
                let found = register::person_by_nhs_number(db, keys, &number).await?;
                ("nhs-number", found.into_iter().collect())
            }
            Way::Postcode(postcode) => {
                ("postcode", register::people_by_postcode(db, keys, postcode.as_str()).await?)
            }
            Way::Name(name, born) => ("name", register::people_by_name(db, keys, &name, born).await?),
        })
    }
}

fn found_of(actor: &Actor, person: &Person) -> Found {
    let postcode = match (actor.may(Permission::SeeContact), person.postcode.reveal()) {
        (false, _) => Shown::NotForRole,
        (true, text) if text.is_empty() => Shown::Unknown,
        (true, _) => Shown::Is(person.postcode.clone()),
    };
    Found {
        id: person.id.clone(),
        name: name_of(person),
        date_of_birth: Personal::new(person.date_of_birth),
        postcode,
    }
}
