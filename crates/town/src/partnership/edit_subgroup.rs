//! Creating and editing subgroups.

use store::partnership::Subgroup;

use super::Programme;
use super::subgroups::find;
use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::{Actor, Permission, Result, Town};

/// A subgroup as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubgroupForm {
    /// Its code, as in the address of its page.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
}

form!(SubgroupForm, "subgroup", {
    code: "Code",
    name: "Name",
    purpose: "What it is for",
});

impl Town {
    /// The subgroup with this code as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is none.
    pub async fn subgroup_form(&self, actor: &Actor, code: &str) -> Result<SubgroupForm> {
        self.form(actor, code).await
    }

    /// Creates a subgroup, or edits the one with this code, which keeps its code.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) with every field that will not do, [`Error::Changed`](crate::Error::Changed)
    /// when it is another than was seen.
    pub async fn save_subgroup(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &SubgroupForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for SubgroupForm {
    const EDITING: Permission = Permission::EditSubgroup;
    const MAKING: Permission = Permission::EditProgramme;
    fn of(programme: &Programme, code: &str) -> Result<SubgroupForm> {
        let subgroup = find(programme, code)?;
        Ok(SubgroupForm {
            code: subgroup.code.clone(),
            name: subgroup.name.clone(),
            purpose: subgroup.purpose.clone(),
        })
    }

    fn settled(&self, now: &SubgroupForm) -> SubgroupForm {
        SubgroupForm { code: now.code.clone(), ..self.clone() }
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let existing = code.map(|code| find(programme, code)).transpose()?;
        let mut checks = Checks::default();
        let code = match existing {
            Some(existing) => existing.code.clone(),
            None => checks.code("code", &self.code, "Enter a short code, such as children"),
        };
        let name = checks.filled("name", &self.name, "Enter the subgroup's name");
        if existing.is_none() && programme.subgroups.iter().any(|s| s.code == code) {
            checks.refuse("code", "Another subgroup has this code: choose another");
        }
        checks.done()?;
        let last = programme.subgroups.iter().map(|s| s.position).max().unwrap_or(0);
        Ok(Change::Subgroup(Subgroup {
            id: existing.map_or(0, |s| s.id),
            code,
            name,
            purpose: self.purpose.trim().to_owned(),
            position: existing.map_or(last + 1, |s| s.position),
        }))
    }
}
