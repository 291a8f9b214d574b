//! Things by their code and name, as links and choices want them.

use store::partnership::{Member, Recommendation, Subgroup};

use super::Programme;
use super::order::in_order;
use crate::editing::Checks;
use crate::{Actor, Permission, Result, Town};

/// A thing's code, which its page's address ends with, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl Named {
    pub(crate) fn new(code: impl Into<String>, name: impl Into<String>) -> Named {
        Named { code: code.into(), name: name.into() }
    }
}

impl From<&Subgroup> for Named {
    fn from(subgroup: &Subgroup) -> Named {
        Named::new(&subgroup.code, &subgroup.name)
    }
}

impl From<&Member> for Named {
    fn from(member: &Member) -> Named {
        Named::new(&member.code, &member.name)
    }
}

impl From<&Recommendation> for Named {
    fn from(recommendation: &Recommendation) -> Named {
        Named::new(&recommendation.number, &recommendation.words)
    }
}

/// What the forms of the programme let one choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Subgroups in their order.
    pub subgroups: Vec<Named>,
    /// Members by name, with their role.
    pub members: Vec<Named>,
    /// Recommendations by number.
    pub recommendations: Vec<Named>,
    /// Names of organisations.
    pub organisations: Vec<String>,
}

impl Town {
    /// What the forms of the programme let one choose from.
    pub async fn choices(&self, actor: &Actor) -> Result<Choices> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut members: Vec<&Member> = programme.members.iter().collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        let with_role = |m: &&Member| {
            Named::new(
                &m.code,
                if m.role.is_empty() || m.name.contains(&m.role) {
                    m.name.clone()
                } else {
                    format!("{}, {}", m.name, m.role)
                },
            )
        };
        Ok(Choices {
            subgroups: programme.subgroups.iter().map(Named::from).collect(),
            members: members.iter().map(with_role).collect(),
            recommendations: programme.numbered().map(Named::from).collect(),
            organisations: programme.organisations.iter().map(|o| o.name.clone()).collect(),
        })
    }
}

impl Programme {
    /// The recommendations in the order of their numbers.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = &Recommendation> {
        let mut all: Vec<&Recommendation> = self.recommendations.iter().collect();
        all.sort_by(|a, b| in_order(&a.number, &b.number));
        all.into_iter()
    }

    /// A member by code and name.
    pub(crate) fn named_member(&self, id: Option<i64>) -> Option<Named> {
        self.member(id).map(Named::from)
    }

    /// The member that a form names by their code; `None` for nobody and for what is not a member, which is refused.
    pub(crate) fn checked_member(&self, checks: &mut Checks, field: &str, code: &str) -> Option<i64> {
        let words = "Choose a member of the partnership, or nobody";
        checks.chosen(field, &self.members, |member| member.code == code, code, words).map(|member| member.id)
    }

    /// The subgroup that a form names by its code; `None` for none and for what is no subgroup, which is refused.
    pub(crate) fn checked_subgroup(&self, checks: &mut Checks, code: &str) -> Option<i64> {
        let words = "Choose a subgroup, or none";
        checks.chosen("subgroup", &self.subgroups, |one| one.code == code, code, words).map(|one| one.id)
    }

    /// The recommendations that a form names by their numbers; what is none of them is refused.
    pub(crate) fn checked_recommendations(&self, checks: &mut Checks, numbers: &[String]) -> Vec<i64> {
        let mut found = Vec::new();
        for number in numbers {
            match self.recommendations.iter().find(|r| r.number == *number) {
                Some(recommendation) => found.push(recommendation.id),
                None => checks.refuse("recommendations", "Choose from the partnership's recommendations"),
            }
        }
        found
    }

    /// A subgroup by code and name.
    pub(crate) fn named_subgroup(&self, id: i64) -> Named {
        self.subgroup(id).map_or_else(|| Named::new("", ""), Named::from)
    }
}
