//! Creating and editing members.

use store::partnership::Member;

use super::Programme;
use super::members::find;
use crate::editing::{Change, Checks, Editable, Editing, form};
use crate::{Actor, Result, Town};

/// A member as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberForm {
    /// Their code.
    pub code: String,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub role: String,
    /// The name of their organisation; empty for none.
    pub organisation: String,
    /// The code of their subgroup; empty for none.
    pub subgroup: String,
}

form!(MemberForm, "member", {
    code: "Code",
    name: "Name",
    role: "Role",
    organisation: "Organisation",
    subgroup: "Subgroup",
});

impl Town {
    /// The member with this code as their form shows them.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is none.
    pub async fn member_form(&self, actor: &Actor, code: &str) -> Result<MemberForm> {
        self.form(actor, code).await
    }

    /// Creates a member, or edits the one with this code, who keeps their code.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) with every field that will not do, [`Error::Changed`](crate::Error::Changed)
    /// when they are others than were seen.
    pub async fn save_member(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &MemberForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for MemberForm {
    fn of(programme: &Programme, code: &str) -> Result<MemberForm> {
        let member = find(programme, code)?;
        Ok(MemberForm {
            code: member.code.clone(),
            name: member.name.clone(),
            role: member.role.clone(),
            organisation: programme.organisation_of(member).unwrap_or_default().to_owned(),
            subgroup: member.subgroup_id.map(|id| programme.named_subgroup(id).code).unwrap_or_default(),
        })
    }

    fn settled(&self, now: &MemberForm) -> MemberForm {
        MemberForm { code: now.code.clone(), ..self.clone() }
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let existing = code.map(|code| find(programme, code)).transpose()?;
        let mut checks = Checks::default();
        let code = match existing {
            Some(existing) => existing.code.clone(),
            None => checks.code("code", &self.code, "Enter a short code, such as M-12"),
        };
        let name = checks.filled("name", &self.name, "Enter their name, or the name of the post");
        let organisation = checks.chosen(
            "organisation",
            &programme.organisations,
            |o| o.name == self.organisation,
            &self.organisation,
            "Choose an organisation of the partnership, or none",
        );
        let subgroup = programme.checked_subgroup(&mut checks, &self.subgroup);
        if existing.is_none() && programme.members.iter().any(|m| m.code == code) {
            checks.refuse("code", "Another member has this code: choose another");
        }
        checks.done()?;
        Ok(Change::Member(Member {
            id: existing.map_or(0, |m| m.id),
            code,
            name,
            role: self.role.trim().to_owned(),
            organisation_id: organisation.map(|o| o.id),
            subgroup_id: subgroup,
        }))
    }
}
