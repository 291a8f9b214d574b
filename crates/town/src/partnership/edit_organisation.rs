//! Creating and editing organisations.

use store::partnership::Organisation;

use super::Programme;
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::{Actor, Error, Result, Town};

/// An organisation as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationForm {
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
}

form!(OrganisationForm, "organisation", {
    name: "Name",
    kind: "Kind",
});

impl Town {
    /// The organisation with this number as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn organisation_form(&self, actor: &Actor, number: &str) -> Result<OrganisationForm> {
        self.form(actor, number).await
    }

    /// Creates an organisation, or edits the one with this number.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do, [`Error::Changed`] when it is another than was seen.
    pub async fn save_organisation(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &OrganisationForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

fn find<'p>(programme: &'p Programme, number: &str) -> Result<&'p Organisation> {
    let found = programme.organisations.iter().find(|organisation| organisation.id.to_string() == number);
    found.ok_or_else(|| Error::NotFound { what: "organisation", value: number.to_owned() })
}

impl Editable for OrganisationForm {
    fn of(programme: &Programme, number: &str) -> Result<OrganisationForm> {
        let organisation = find(programme, number)?;
        Ok(OrganisationForm { name: organisation.name.clone(), kind: organisation.kind.clone() })
    }

    fn change(&self, programme: &Programme, number: Option<&str>) -> Result<Change> {
        let id = number.map(|number| find(programme, number)).transpose()?.map_or(0, |existing| existing.id);
        let mut checks = Checks::default();
        let name = checks.filled("name", &self.name, "Enter the organisation's name");
        if programme.organisations.iter().any(|other| other.name == name && other.id != id) {
            checks.refuse("name", "Another organisation has this name: edit that one, or choose another");
        }
        checks.done()?;
        Ok(Change::Organisation(Organisation { id, name, kind: self.kind.trim().to_owned() }))
    }

    /// It is known by its name; the number is only in the address of its form.
    fn subject(&self, _: &str) -> String {
        format!("organisation {}", self.name.trim())
    }
}
