//! Members and their organisations.

use report::documents::{Cell, Column, Table};
use store::partnership::{self as tables, Member};

use super::actions::csv_of;
use super::edit::Checks;
use super::{Named, Programme};
use crate::{Actor, Error, Permission, Result, Town};

/// A member, and what they own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberLine {
    /// Their code.
    pub code: String,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Their organisation.
    pub organisation: String,
    /// The subgroup they sit on.
    pub subgroup: Option<Named>,
    /// How many recommendations they own.
    pub recommendations: usize,
    /// How many actions they own.
    pub actions: usize,
}

/// An organisation, and how many of the partnership are from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationLine {
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
    /// How many members are from it.
    pub members: usize,
}

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

/// An organisation as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationForm {
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
}

impl Town {
    /// Every member, by name, and every organisation.
    pub async fn member_list(&self, actor: &Actor) -> Result<(Vec<MemberLine>, Vec<OrganisationLine>)> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut members: Vec<MemberLine> =
            programme.members.iter().map(|member| line_of(&programme, member)).collect();
        members.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.code.cmp(&b.code)));
        let from = |id: i64| programme.members.iter().filter(|m| m.organisation_id == Some(id)).count();
        let organisations = programme
            .organisations
            .iter()
            .map(|o| OrganisationLine { name: o.name.clone(), kind: o.kind.clone(), members: from(o.id) })
            .collect();
        Ok((members, organisations))
    }

    /// Every member as CSV.
    pub async fn member_csv(&self, actor: &Actor) -> Result<Vec<u8>> {
        let (members, _) = self.member_list(actor).await?;
        let headings = ["Code", "Name", "Role", "Organisation", "Subgroup", "Recommendations", "Actions"];
        let mut table = Table::new("Members", headings.map(Column::text).into());
        for line in members {
            table.push(vec![
                Cell::text(line.code),
                Cell::text(line.name),
                Cell::text(line.role),
                Cell::text(line.organisation),
                Cell::text(line.subgroup.map(|subgroup| subgroup.name).unwrap_or_default()),
                Cell::text(line.recommendations.to_string()),
                Cell::text(line.actions.to_string()),
            ]);
        }
        csv_of(&table)
    }

    /// The member with this code as their form shows them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn member_form(&self, actor: &Actor, code: &str) -> Result<MemberForm> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let member = find(&programme, code)?;
        Ok(MemberForm {
            code: member.code.clone(),
            name: member.name.clone(),
            role: member.role.clone(),
            organisation: programme.organisation_of(member).unwrap_or_default().to_owned(),
            subgroup: member.subgroup_id.map(|id| programme.named_subgroup(id).code).unwrap_or_default(),
        })
    }

    /// Creates a member (`code` is `None`) or edits the one with this code, who keeps their code.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_member(&self, actor: &Actor, code: Option<&str>, form: &MemberForm) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let existing = match code {
            Some(code) => Some(find(&programme, code)?),
            None => None,
        };
        let mut checks = Checks::default();
        let new_code = match existing {
            Some(existing) => existing.code.clone(),
            None => checks.code("code", &form.code, "Enter a short code, such as M-12"),
        };
        let name = checks.filled("name", &form.name, "Enter their name, or the name of the post");
        let organisation = programme.organisations.iter().find(|o| o.name == form.organisation);
        if organisation.is_none() && !form.organisation.is_empty() {
            checks.refuse("organisation", "Choose an organisation of the partnership, or none");
        }
        let subgroup = programme.subgroups.iter().find(|s| s.code == form.subgroup);
        if subgroup.is_none() && !form.subgroup.is_empty() {
            checks.refuse("subgroup", "Choose a subgroup, or none");
        }
        if existing.is_none() && programme.members.iter().any(|m| m.code == new_code) {
            checks.refuse("code", "Another member has this code: choose another");
        }
        checks.done()?;
        let new = Member {
            id: existing.map_or(0, |m| m.id),
            code: new_code,
            name,
            role: form.role.trim().to_owned(),
            organisation_id: organisation.map(|o| o.id),
            subgroup_id: subgroup.map(|s| s.id),
        };
        let write = self.store().write().await?;
        let verb = match existing {
            Some(existing) => {
                tables::edit_member(&write, existing.id, &new).await?;
                "edit"
            }
            None => {
                tables::add_member(&write, &new).await?;
                "create"
            }
        };
        let before = existing.map(|existing| format!("{existing:?}"));
        let detail = serde_json::json!({ "from": before, "to": format!("{new:?}") });
        self.commit(write, actor, verb, format!("member {}", new.code), detail).await
    }

    /// Adds an organisation, or changes the kind of the one with this name.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_organisation(&self, actor: &Actor, form: &OrganisationForm) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let mut checks = Checks::default();
        let name = checks.filled("name", &form.name, "Enter the organisation's name");
        checks.done()?;
        let kind = form.kind.trim();
        let write = self.store().write().await?;
        tables::add_organisation(&write, &name, kind).await?;
        let detail = serde_json::json!({ "kind": kind });
        self.commit(write, actor, "keep", format!("organisation {name}"), detail).await
    }
}

fn find<'p>(programme: &'p Programme, code: &str) -> Result<&'p Member> {
    let found = programme.members.iter().find(|member| member.code == code);
    found.ok_or_else(|| Error::NotFound { what: "member", value: code.to_owned() })
}

/// A member as a list shows them.
pub(crate) fn line_of(programme: &Programme, member: &Member) -> MemberLine {
    MemberLine {
        code: member.code.clone(),
        name: member.name.clone(),
        role: member.role.clone(),
        organisation: programme.organisation_of(member).unwrap_or_default().to_owned(),
        subgroup: member.subgroup_id.map(|id| programme.named_subgroup(id)),
        recommendations: programme.recommendations.iter().filter(|r| r.owner_id == Some(member.id)).count(),
        actions: programme.actions.iter().filter(|a| a.owner_id == Some(member.id)).count(),
    }
}
