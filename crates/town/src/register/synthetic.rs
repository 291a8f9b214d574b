//! Filling the register of the synthetic town with synthetic people.

use store::register;
use synthetic::SyntheticPerson;
use vocabulary::Date;

use super::PersonForm;
use super::person::{blank, check, filled};
use crate::{Actor, Error, Moment, Permission, Result, Town};

impl Town {
    /// Fills the empty register of the synthetic town with as many synthetic people, and gives the random names of their records; none where
    /// there are people already.
    ///
    /// # Errors
    /// [`Error::Refused`] in a town that is not synthetic; [`Error::NoKeys`].
    pub async fn fill_register_with_synthetic(
        &self,
        actor: &Actor,
        (seed, count): (u64, usize),
        (today, now): (Date, Moment),
    ) -> Result<Vec<String>> {
        actor.require(Permission::KeepRegister)?;
        let keys = self.keys()?;
        if !self.settings().await?.synthetic {
            return Err(Error::refused("data", "Only the synthetic town is given synthetic people"));
        }
        let write = self.register().write().await?;
        if register::count_people(write.reader()).await? > 0 {
            write.abandon().await?;
            return Ok(Vec::new());
        }
        let postcodes: Vec<String> =
            synthetic::town_on(seed, today).postcodes.into_iter().map(|known| known.postcode).collect();
        let mut ids = Vec::with_capacity(count);
        for person in synthetic::people(seed, count, &postcodes, today) {
            let form = form_of(&person);
            let checked = check(&form, today).map_err(Error::Refused)?;
            let guardian = self.guardian_of(write.reader(), &checked).await?;
            let lsoa = self.lsoa_of(&checked).await?;
            let new = filled(blank("synthetic", today, &now.to_string())?, &form, &checked, lsoa, guardian);
            register::add_person(&write, keys, &new).await?;
            ids.push(new.id);
        }
        let detail = serde_json::json!({ "seed": seed, "people": ids.len() });
        self.commit_register(write, actor, "fill", "register", detail).await?;
        Ok(ids)
    }
}

fn form_of(person: &SyntheticPerson) -> PersonForm {
    PersonForm {
        family_name: person.family_name.clone(),
        given_name: person.given_name.clone(),
        date_of_birth: person.born.to_string(),
        sex: person.sex.to_owned(),
        nhs_number: person.nhs_number.reveal(),
        address: person.address.clone(),
        postcode: person.postcode.clone(),
        lsoa: String::new(),
        telephone: person.telephone.clone(),
        language: person.language.to_owned(),
        guardian_nhs_number: person.guardian.map(|number| number.reveal()).unwrap_or_default(),
        guardian_is: person.guardian_is.to_owned(),
        notes: person.notes.clone(),
        sharing: vec!["nhs".to_owned()],
    }
}
