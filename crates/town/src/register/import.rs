//! Importing people: all of a file or none of it.

use std::collections::{BTreeMap, BTreeSet};

use sources::people::{self, PersonRow};
use store::Write;
use store::register::{self, Person};
use vocabulary::Date;

use super::PersonForm;
use super::correct::{By, fields_of};
use super::person::{Checked, blank, check, filled};
use crate::error::Refusal;
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeopleImported {
    /// People who were not in the register.
    pub added: u64,
    /// People of whom something changed.
    pub changed: u64,
    /// People who are in the register as the file has them.
    pub unchanged: u64,
}

/// So many refusals are told; a person mends no more at once.
const MOST_TOLD: usize = 50;
/// Columns whose values are told as they are: they are codes, and of nobody alone.
const PLAIN: [&str; 5] = ["sex", "lsoa", "language", "guardian_is", "sharing"];

impl Town {
    /// Imports people from a CSV file. Somebody with the same NHS number, or without one with the same names, date of birth and
    /// postcode, is changed by what the file has; what it leaves empty stays. With `dry_run` nothing is kept.
    ///
    /// # Errors
    /// [`Error::Source`] for a file that is damaged; [`Error::Refused`] with the cell of every value that will not do.
    pub async fn import_people(
        &self,
        actor: &Actor,
        (name, bytes): (&str, &[u8]),
        dry_run: bool,
        (today, now): (Date, Moment),
    ) -> Result<PeopleImported> {
        actor.require(Permission::KeepRegister)?;
        self.keys()?;
        let rows = people::read(name, bytes)?;
        let checked = checked(&rows, today)?;
        let write = self.register().write().await?;
        let mut counts = PeopleImported::default();
        let mut import = Importing { name, actor, today, now: now.to_string(), refusals: Vec::new() };
        // Whoever looks after a child may stand below the child, so that children wait.
        let (guarded, others): (Vec<_>, Vec<_>) =
            rows.iter().zip(&checked).partition(|(_, (_, checked))| checked.guardian.is_some());
        for (row, (form, checked)) in others.into_iter().chain(guarded) {
            self.import_row(&write, &mut import, row, form, checked, &mut counts).await?;
            if import.refusals.len() >= MOST_TOLD {
                break;
            }
        }
        if !import.refusals.is_empty() || dry_run {
            write.abandon().await?;
            return if import.refusals.is_empty() {
                Ok(counts)
            } else {
                Err(Error::Refused(import.refusals))
            };
        }
        let detail = serde_json::json!({
            "rows": rows.len(), "added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged,
        });
        self.commit_register(write, actor, "import", "register", detail).await?;
        Ok(counts)
    }

    async fn import_row(
        &self,
        write: &Write,
        import: &mut Importing<'_>,
        row: &PersonRow,
        form: &PersonForm,
        checked: &Checked,
        counts: &mut PeopleImported,
    ) -> Result<()> {
        let keys = self.keys()?;
        let lsoa = self.lsoa_of(checked).await?;
        let guardian = match self.guardian_of(write.reader(), checked).await {
            Err(Error::Refused(refusals)) => {
                import.refusals.extend(refusals.into_iter().map(|refusal| placed(row, refusal)));
                return Ok(());
            }
            other => other?,
        };
        let Some(old) = self.same_person(write, form, checked).await? else {
            let new = filled(blank(import.name, import.today, &import.now)?, form, checked, lsoa, guardian);
            register::add_person(write, keys, &new).await?;
            counts.added += 1;
            return Ok(());
        };
        let new = kept_where_empty(filled(old.clone(), form, checked, lsoa, guardian), &old);
        if fields_of(&new) == fields_of(&old) {
            counts.unchanged += 1;
        } else {
            let by = By { actor: import.actor.name(), reason: "import", at: &import.now };
            self.keep_changed(write, &old, new, by).await?;
            counts.changed += 1;
        }
        Ok(())
    }

    /// The person of the register that a row is about, if there is one.
    async fn same_person(
        &self,
        write: &Write,
        form: &PersonForm,
        checked: &Checked,
    ) -> Result<Option<Person>> {
        let (db, keys) = (write.reader(), self.keys()?);
        if let Some(number) = &checked.nhs_number
            && let Some(found) = register::person_by_nhs_number(db, keys, number).await?
        {
            return Ok(Some(found));
        }
        let alike =
            register::people_by_name(db, keys, form.family_name.trim(), checked.date_of_birth).await?;
        let postcode = checked.postcode.as_ref().map(ToString::to_string).unwrap_or_default();
        let same = |person: &Person| {
            let numbers_differ = person.nhs_number.is_some() && checked.nhs_number.is_some();
            let given = person.given_name.reveal().to_lowercase() == form.given_name.trim().to_lowercase();
            given && !numbers_differ && *person.postcode.reveal() == postcode
        };
        Ok(alike.into_iter().find(same))
    }
}

struct Importing<'a> {
    name: &'a str,
    actor: &'a Actor,
    today: Date,
    now: String,
    refusals: Vec<Refusal>,
}

/// Every row as a form whose values will do.
fn checked(rows: &[PersonRow], today: Date) -> Result<Vec<(PersonForm, Checked)>> {
    let (mut found, mut refusals) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows {
        let form = form_of(row);
        match check(&form, today) {
            Ok(checked) => {
                if let Some(number) = &checked.nhs_number
                    && let Some(above) = met.insert(number.reveal(), row.place.row)
                {
                    let words = format!("Row {above} has this NHS number too: leave one of them");
                    refusals.push(placed(row, Refusal { field: "nhs_number".into(), words }));
                }
                found.push((form, checked));
            }
            Err(more) => refusals.extend(more.into_iter().map(|refusal| placed(row, refusal))),
        }
        if refusals.len() >= MOST_TOLD {
            break;
        }
    }
    if refusals.is_empty() { Ok(found) } else { Err(Error::Refused(refusals)) }
}

fn form_of(row: &PersonRow) -> PersonForm {
    let text = |column: &str| row.text(column).to_owned();
    let codes: BTreeSet<String> = row.text("sharing").split([' ', ';']).map(str::to_owned).collect();
    PersonForm {
        family_name: text("family_name"),
        given_name: text("given_name"),
        date_of_birth: text("date_of_birth"),
        sex: text("sex").to_lowercase(),
        nhs_number: text("nhs_number"),
        address: text("address"),
        postcode: text("postcode"),
        lsoa: text("lsoa"),
        telephone: text("telephone"),
        language: text("language"),
        guardian_nhs_number: text("guardian_nhs_number"),
        guardian_is: text("guardian_is"),
        notes: text("notes"),
        sharing: codes.into_iter().filter(|code| !code.is_empty()).collect(),
    }
}

/// A refusal with file, cell, column and the shape of the value, which says what is wrong with it and not whose it is.
fn placed(row: &PersonRow, refusal: Refusal) -> Refusal {
    let column = refusal.field.as_str();
    let value = if PLAIN.contains(&column) { row.text(column).to_owned() } else { row.shape(column) };
    Refusal {
        field: format!("{}, row {}, {column}", row.place_of(column), row.place.row),
        words: format!("'{value}': {}", refusal.words),
    }
}

/// What the file leaves empty stays as it was.
fn kept_where_empty(new: Person, old: &Person) -> Person {
    let text = |new: vocabulary::Personal<String>, old: &vocabulary::Personal<String>| {
        if new.reveal().is_empty() { old.clone() } else { new }
    };
    Person {
        nhs_number: new.nhs_number.or(old.nhs_number),
        address: text(new.address, &old.address),
        postcode: text(new.postcode, &old.postcode),
        telephone: text(new.telephone, &old.telephone),
        notes: text(new.notes, &old.notes),
        lsoa: new.lsoa.or(old.lsoa),
        language: if new.language.is_empty() { old.language.clone() } else { new.language },
        guardian_is: if new.guardian_id.is_none() { old.guardian_is.clone() } else { new.guardian_is },
        guardian_id: new.guardian_id.or_else(|| old.guardian_id.clone()),
        sharing: if new.sharing.is_empty() { old.sharing.clone() } else { new.sharing },
        ..new
    }
}
