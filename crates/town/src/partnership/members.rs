//! Members and their organisations.

use std::cmp::Reverse;

use report::documents::{Cell, Column, Table};
use store::partnership::Member;

use super::actions::csv_of;
use super::order::in_order;
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
    /// Its number, which the address of its form has.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Council, NHS, voluntary sector, …
    pub kind: String,
    /// How many members are from it.
    pub members: usize,
}

/// Which members or organisations a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// On this subgroup, by its code.
    pub subgroup: String,
    /// From the organisation with this name.
    pub organisation: String,
    /// With these words in the name, role or organisation.
    pub words: String,
    /// `role`, `organisation`, `subgroup`, `actions` or `recommendations`; by name when empty.
    pub sort: String,
}

/// The members that a filter leaves, and what they can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberList {
    /// The lines that the filter left.
    pub lines: Vec<MemberLine>,
    /// How many there are without a filter.
    pub total: usize,
    /// The subgroups there are.
    pub subgroups: Vec<Named>,
    /// Every organisation, by name.
    pub organisations: Vec<OrganisationLine>,
}

impl Town {
    /// The members that a filter leaves.
    pub async fn member_list(&self, actor: &Actor, filter: &MemberFilter) -> Result<MemberList> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut members: Vec<MemberLine> =
            programme.members.iter().map(|member| line_of(&programme, member)).collect();
        let total = members.len();
        members.retain(|line| filter.keeps(line));
        filter.sort(&mut members);
        let from = |id: i64| programme.members.iter().filter(|m| m.organisation_id == Some(id)).count();
        let organisations: Vec<OrganisationLine> = programme
            .organisations
            .iter()
            .map(|o| OrganisationLine {
                id: o.id,
                name: o.name.clone(),
                kind: o.kind.clone(),
                members: from(o.id),
            })
            .collect();
        let subgroups = programme.subgroups.iter().map(Named::from).collect();
        Ok(MemberList { lines: members, total, subgroups, organisations })
    }

    /// The organisations with these words in their name or kind, by name, or by `kind` or `members`; and how many there are.
    pub async fn organisation_list(
        &self,
        actor: &Actor,
        words: &str,
        sort: &str,
    ) -> Result<(Vec<OrganisationLine>, usize)> {
        let mut lines = self.member_list(actor, &MemberFilter::default()).await?.organisations;
        let total = lines.len();
        lines.retain(|line| holds([&line.name, &line.kind], words));
        match sort {
            "kind" => lines.sort_by_key(|line| line.kind.to_lowercase()),
            "members" => lines.sort_by_key(|line| Reverse(line.members)),
            _ => {}
        }
        Ok((lines, total))
    }

    /// The same list as CSV.
    pub async fn organisation_csv(&self, actor: &Actor, words: &str, sort: &str) -> Result<Vec<u8>> {
        let (lines, _) = self.organisation_list(actor, words, sort).await?;
        let mut table =
            Table::new("Organisations", ["Organisation", "Kind", "Members"].map(Column::text).into());
        for line in lines {
            table.push(vec![
                Cell::text(line.name),
                Cell::text(line.kind),
                Cell::text(line.members.to_string()),
            ]);
        }
        csv_of(&table)
    }

    /// The members that a filter leaves as CSV.
    pub async fn member_csv(&self, actor: &Actor, filter: &MemberFilter) -> Result<Vec<u8>> {
        let members = self.member_list(actor, filter).await?.lines;
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
}

pub(super) fn find<'p>(programme: &'p Programme, code: &str) -> Result<&'p Member> {
    let found = programme.members.iter().find(|member| member.code == code);
    found.ok_or_else(|| Error::NotFound { what: "member", value: code.to_owned() })
}

impl MemberFilter {
    fn keeps(&self, line: &MemberLine) -> bool {
        let subgroup = line.subgroup.as_ref().map_or("none", |subgroup| subgroup.code.as_str());
        (self.subgroup.is_empty() || subgroup == self.subgroup)
            && (self.organisation.is_empty() || line.organisation == self.organisation)
            && holds([&line.name, &line.role, &line.organisation], &self.words)
    }

    fn sort(&self, lines: &mut [MemberLine]) {
        lines.sort_by(|a, b| in_order(&a.name, &b.name).then_with(|| in_order(&a.code, &b.code)));
        match self.sort.as_str() {
            "role" => lines.sort_by_key(|line| line.role.to_lowercase()),
            "organisation" => lines.sort_by_key(|line| line.organisation.to_lowercase()),
            "subgroup" => lines.sort_by_key(|line| line.subgroup.as_ref().map(|one| one.name.clone())),
            "actions" => lines.sort_by_key(|line| Reverse(line.actions)),
            "recommendations" => lines.sort_by_key(|line| Reverse(line.recommendations)),
            _ => {}
        }
    }
}

/// Whether any of these texts holds the words that were asked for.
pub(super) fn holds<const N: usize>(texts: [&String; N], words: &str) -> bool {
    let words = words.trim().to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&words))
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
