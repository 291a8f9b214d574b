//! Sharing an action with organisations outside the partnership's own pages.

use super::Programme;
use super::actions::find;
use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::{Actor, Permission, Result, Town};

/// The organisations that an action is shared with, as a form sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharingForm {
    /// Their names.
    pub organisations: Vec<String>,
}

form!(SharingForm, "sharing of action", {
    organisations: "Organisations that see it",
});

impl Town {
    /// The organisations that the action with this code is shared with, as the form begins with them.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is no such action.
    pub async fn sharing_form(&self, actor: &Actor, code: &str) -> Result<SharingForm> {
        self.form(actor, code).await
    }

    /// The names of every organisation that an action can be shared with.
    pub async fn sharing_options(&self, actor: &Actor) -> Result<Vec<String>> {
        actor.require(Permission::ManageActions)?;
        Ok(self.programme().await?.organisations.iter().map(|o| o.name.clone()).collect())
    }

    /// Shares an action with the organisations of the form and no others, and gives its code.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) for an organisation that there is none of,
    /// [`Error::Changed`](crate::Error::Changed) when it is shared with others than were seen.
    pub async fn save_sharing(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &SharingForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for SharingForm {
    const EDITING: Permission = Permission::ManageActions;
    const RENAMED: Option<(&'static str, &'static str)> = Some(("action", "code"));

    fn of(programme: &Programme, code: &str) -> Result<SharingForm> {
        let action = find(programme, code)?;
        Ok(SharingForm { organisations: programme.shared_with(action.id).map(|o| o.name.clone()).collect() })
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let action = find(programme, code.unwrap_or_default())?;
        let mut checks = Checks::default();
        let mut organisations = Vec::with_capacity(self.organisations.len());
        for name in &self.organisations {
            match programme.organisations.iter().find(|o| o.name == *name) {
                Some(organisation) if organisations.contains(&organisation.id) => {}
                Some(organisation) => organisations.push(organisation.id),
                None => checks.refuse("organisations", "Choose organisations of the list"),
            }
        }
        checks.done()?;
        Ok(Change::Sharing(action.code.clone(), action.id, organisations))
    }
}
