//! Adding somebody, and correcting a record: what it was before is kept, sealed.

use store::Write;
use store::register::{self, Correction, NewCorrection, Person};
use vocabulary::{Date, Personal};

use super::lists::{CORRECTION_REASONS, has};
use super::person::{Checked, blank, check, filled};
use super::{PersonForm, subject};
use crate::{Actor, Error, Moment, Permission, Result, Town};

impl Town {
    /// Adds somebody and gives the random name of their record, which is open to whoever added it.
    ///
    /// # Errors
    /// [`Error::Refused`] when a value will not do or somebody has the NHS number.
    pub async fn add_person(
        &self,
        actor: &Actor,
        form: &PersonForm,
        today: Date,
        now: Moment,
    ) -> Result<String> {
        actor.require(Permission::EditRegister)?;
        let checked = check(form, today).map_err(Error::Refused)?;
        let lsoa = self.lsoa_of(&checked).await?;
        let write = self.register().write().await?;
        self.refuse_taken(&write, &checked, None).await?;
        let guardian = self.guardian_of(write.reader(), &checked).await?;
        let blank = blank("typed in", today, &now.to_string())?;
        let person = filled(blank, form, &checked, lsoa, guardian);
        register::add_person(&write, self.keys()?, &person).await?;
        self.note_own_reading(&write, actor, &person, now).await?;
        self.commit_register(write, actor, "add", subject(&person.id), serde_json::json!({})).await?;
        Ok(person.id)
    }

    /// A record as a form, to be corrected. It has to be open to whoever asks. A field that their role does not see is empty.
    pub async fn person_form(&self, actor: &Actor, id: &str, now: Moment) -> Result<PersonForm> {
        actor.require(Permission::EditRegister)?;
        let person = self.opened(actor, id, now).await?;
        let guardian = match &person.guardian_id {
            Some(id) => register::person_by_id(self.register().reader(), self.keys()?, id).await?,
            None => None,
        };
        let mut form = form_of(&person, guardian.as_ref());
        hide(actor, &mut form, &PersonForm::default());
        Ok(form)
    }

    /// Corrects a record, which has to be open to whoever does. A field that their role does not see stays as it is.
    ///
    /// # Errors
    /// [`Error::Refused`] when a value or the reason will not do, or somebody else has the NHS number.
    pub async fn correct_person(
        &self,
        actor: &Actor,
        id: &str,
        form: &PersonForm,
        reason: &str,
        (today, now): (Date, Moment),
    ) -> Result<()> {
        actor.require(Permission::EditRegister)?;
        let old = self.opened(actor, id, now).await?;
        let db = self.register().reader();
        let guardian = match &old.guardian_id {
            Some(id) => register::person_by_id(db, self.keys()?, id).await?,
            None => None,
        };
        let before = form_of(&old, guardian.as_ref());
        let mut form = form.clone();
        hide(actor, &mut form, &before);
        if form.postcode.trim() != before.postcode && form.lsoa == before.lsoa {
            form.lsoa = String::new();
        }
        let mut refusals = Vec::new();
        if !has(CORRECTION_REASONS, reason) {
            refusals
                .push(crate::Refusal { field: "reason".into(), words: "Choose why it is corrected".into() });
        }
        let checked = match check(&form, today) {
            Ok(checked) if refusals.is_empty() => checked,
            Ok(_) => return Err(Error::Refused(refusals)),
            Err(more) => return Err(Error::Refused(more.into_iter().chain(refusals).collect())),
        };
        let lsoa = self.lsoa_of(&checked).await?;
        let write = self.register().write().await?;
        self.refuse_taken(&write, &checked, Some(id)).await?;
        let guardian_id = self.guardian_of(write.reader(), &checked).await?;
        let new = filled(old.clone(), &form, &checked, lsoa, guardian_id);
        let by = By { actor: actor.name(), reason, at: &now.to_string() };
        let fields = self.keep_changed(&write, &old, Person { last_contact: today, ..new }, by).await?;
        let detail = serde_json::json!({ "fields": fields, "reason": reason });
        self.commit_register(write, actor, "correct", subject(id), detail).await
    }

    /// Refuses an NHS number that somebody else has.
    async fn refuse_taken(&self, write: &Write, checked: &Checked, own: Option<&str>) -> Result<()> {
        let Some(number) = &checked.nhs_number else { return Ok(()) };
        let found = register::person_by_nhs_number(write.reader(), self.keys()?, number).await?;
        match found.filter(|person| Some(person.id.as_str()) != own) {
            Some(_) => Err(Error::refused(
                "nhs_number",
                "Somebody in the register has this NHS number: look for them",
            )),
            None => Ok(()),
        }
    }

    /// Keeps a changed record and what it was before. Gives the names of the fields that changed.
    pub(super) async fn keep_changed(
        &self,
        write: &Write,
        old: &Person,
        new: Person,
        by: By<'_>,
    ) -> Result<Vec<&'static str>> {
        let keys = self.keys()?;
        let changed: Vec<(&'static str, String)> = fields_of(old)
            .into_iter()
            .zip(fields_of(&new))
            .filter(|((_, before), (_, after))| before != after)
            .map(|(before, _)| before)
            .collect();
        for (field, before) in &changed {
            let correction = Correction {
                at: by.at.to_owned(),
                corrected_by: by.actor.to_owned(),
                field: (*field).to_owned(),
                reason: by.reason.to_owned(),
                old: Personal::new(before.clone()),
            };
            let new = NewCorrection { person_id: &old.id, correction: &correction };
            register::add_correction(write, keys, new).await?;
        }
        let new = Person { changed_at: by.at.to_owned(), ..new };
        register::save_person(write, keys, &new).await?;
        Ok(changed.into_iter().map(|(field, _)| field).collect())
    }

    /// Whoever adds a record has seen it.
    async fn note_own_reading(
        &self,
        write: &Write,
        actor: &Actor,
        person: &Person,
        now: Moment,
    ) -> Result<()> {
        let new = register::NewReading {
            person_id: &person.id,
            at: &now.to_string(),
            reader: actor.name(),
            role: actor.role().code(),
            kind: "read",
            reason: "care",
            words: &Personal::new("Added the record".to_owned()),
        };
        register::add_reading(write, self.keys()?, new).await.map(|_| ()).map_err(Error::from)
    }
}

/// Who changes a record, why and when.
pub(super) struct By<'a> {
    pub(super) actor: &'a str,
    pub(super) reason: &'a str,
    pub(super) at: &'a str,
}

/// Every field of a record that can be corrected, by the name that its form gives it.
pub(super) fn fields_of(person: &Person) -> Vec<(&'static str, String)> {
    vec![
        ("family_name", person.family_name.reveal().clone()),
        ("given_name", person.given_name.reveal().clone()),
        ("date_of_birth", person.date_of_birth.to_string()),
        ("sex", person.sex.clone()),
        ("nhs_number", person.nhs_number.map(|number| number.reveal()).unwrap_or_default()),
        ("address", person.address.reveal().clone()),
        ("postcode", person.postcode.reveal().clone()),
        ("lsoa", person.lsoa.map(|code| code.to_string()).unwrap_or_default()),
        ("telephone", person.telephone.reveal().clone()),
        ("language", person.language.clone()),
        ("guardian", person.guardian_id.clone().unwrap_or_default()),
        ("guardian_is", person.guardian_is.clone()),
        ("notes", person.notes.reveal().clone()),
        ("sharing", person.sharing.join(" ")),
    ]
}

pub(super) fn form_of(person: &Person, guardian: Option<&Person>) -> PersonForm {
    let number =
        |person: &Person| person.nhs_number.map(|number| number.reveal_grouped()).unwrap_or_default();
    PersonForm {
        family_name: person.family_name.reveal().clone(),
        given_name: person.given_name.reveal().clone(),
        date_of_birth: person.date_of_birth.to_string(),
        sex: person.sex.clone(),
        nhs_number: number(person),
        address: person.address.reveal().clone(),
        postcode: person.postcode.reveal().clone(),
        lsoa: person.lsoa.map(|code| code.to_string()).unwrap_or_default(),
        telephone: person.telephone.reveal().clone(),
        language: person.language.clone(),
        guardian_nhs_number: guardian.map(number).unwrap_or_default(),
        guardian_is: person.guardian_is.clone(),
        notes: person.notes.reveal().clone(),
        sharing: person.sharing.clone(),
    }
}

/// Puts what `before` has into the fields that a role does not see.
fn hide(actor: &Actor, form: &mut PersonForm, before: &PersonForm) {
    if !actor.may(Permission::SeeNhsNumber) {
        form.nhs_number = before.nhs_number.clone();
        form.guardian_nhs_number = before.guardian_nhs_number.clone();
        form.guardian_is = before.guardian_is.clone();
    }
    if !actor.may(Permission::SeeContact) {
        form.address = before.address.clone();
        form.postcode = before.postcode.clone();
        form.telephone = before.telephone.clone();
    }
    if !actor.may(Permission::SeeFamily) {
        form.guardian_nhs_number = before.guardian_nhs_number.clone();
        form.guardian_is = before.guardian_is.clone();
    }
    if !actor.may(Permission::SeeNotes) {
        form.notes = before.notes.clone();
    }
}
