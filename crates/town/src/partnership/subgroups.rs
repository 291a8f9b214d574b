//! The subgroups, and one subgroup.

use store::partnership::{self as tables, Subgroup};
use vocabulary::Date;

use super::edit::Checks;
use super::{ActionLine, ActionStatus, Measure, MemberLine, Programme, RecommendationLine, Standing};
use crate::{Actor, Error, Permission, Result, Town};

/// One subgroup in the list, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubgroupLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// How many recommendations it drives.
    pub recommendations: usize,
    /// How many of them are off track or have no action.
    pub off_track: usize,
    /// How many actions it drives that are not finished or stopped.
    pub actions: usize,
    /// How many of them are late.
    pub late: usize,
    /// How many indicators it follows.
    pub indicators: usize,
}

/// Everything that a subgroup's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct SubgroupPage {
    /// Its line in the list.
    pub line: SubgroupLine,
    /// Its recommendations, most urgent first.
    pub recommendations: Vec<RecommendationLine>,
    /// Its actions, most urgent first.
    pub actions: Vec<ActionLine>,
    /// Its indicators, impact measures first.
    pub measures: Vec<Measure>,
    /// Its members.
    pub members: Vec<MemberLine>,
}

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

impl Town {
    /// Every subgroup in its order.
    pub async fn subgroup_list(&self, actor: &Actor, as_of: Date) -> Result<Vec<SubgroupLine>> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        self.subgroup_lines(&programme, as_of).await
    }

    pub(crate) async fn subgroup_lines(
        &self,
        programme: &Programme,
        as_of: Date,
    ) -> Result<Vec<SubgroupLine>> {
        let mut lines = Vec::with_capacity(programme.subgroups.len());
        for subgroup in &programme.subgroups {
            lines.push(self.subgroup_line(programme, subgroup, as_of).await?);
        }
        Ok(lines)
    }

    async fn subgroup_line(
        &self,
        programme: &Programme,
        subgroup: &Subgroup,
        as_of: Date,
    ) -> Result<SubgroupLine> {
        let (mut recommendations, mut off_track) = (0, 0);
        for recommendation in programme.recommendations.iter().filter(|r| r.subgroup_id == subgroup.id) {
            let (standing, _) = self.standing(programme, recommendation, as_of).await?;
            recommendations += 1;
            off_track += usize::from(matches!(standing, Standing::OffTrack | Standing::NoAction));
        }
        let open: Vec<ActionStatus> = programme
            .actions
            .iter()
            .filter(|action| action.subgroup_id == subgroup.id)
            .map(|action| super::actions::line_of(programme, action, as_of).status)
            .filter(|status| !matches!(status, ActionStatus::Done | ActionStatus::Stopped))
            .collect();
        Ok(SubgroupLine {
            code: subgroup.code.clone(),
            name: subgroup.name.clone(),
            purpose: subgroup.purpose.clone(),
            recommendations,
            off_track,
            actions: open.len(),
            late: open.iter().filter(|&&status| status == ActionStatus::Late).count(),
            indicators: programme.indicators.iter().filter(|i| i.subgroup_id == Some(subgroup.id)).count(),
        })
    }

    /// The page of the subgroup with this code.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn subgroup_page(&self, actor: &Actor, code: &str, as_of: Date) -> Result<SubgroupPage> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let subgroup = find(&programme, code)?;
        let mut recommendations = Vec::new();
        for recommendation in programme.numbered().filter(|r| r.subgroup_id == subgroup.id) {
            recommendations.push(self.recommendation_line(&programme, recommendation, as_of).await?);
        }
        recommendations.sort_by_key(|line| line.standing);
        let mut actions: Vec<ActionLine> = programme
            .actions
            .iter()
            .filter(|action| action.subgroup_id == subgroup.id)
            .map(|action| super::actions::line_of(&programme, action, as_of))
            .collect();
        actions.sort_by_key(|line| (line.status, line.due));
        let mut indicators: Vec<_> =
            programme.indicators.iter().filter(|i| i.subgroup_id == Some(subgroup.id)).collect();
        indicators.sort_by_key(|i| !i.is_impact_measure);
        let members = programme.members.iter().filter(|m| m.subgroup_id == Some(subgroup.id));
        Ok(SubgroupPage {
            line: self.subgroup_line(&programme, subgroup, as_of).await?,
            recommendations,
            actions,
            measures: self.measures(&programme, indicators.into_iter().map(|i| i.id), as_of).await?,
            members: members.map(|member| super::members::line_of(&programme, member)).collect(),
        })
    }

    /// The subgroup with this code as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn subgroup_form(&self, actor: &Actor, code: &str) -> Result<SubgroupForm> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let subgroup = find(&programme, code)?;
        Ok(SubgroupForm {
            code: subgroup.code.clone(),
            name: subgroup.name.clone(),
            purpose: subgroup.purpose.clone(),
        })
    }

    /// Creates a subgroup (`code` is `None`) or edits the one with this code, which keeps its code.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    pub async fn save_subgroup(&self, actor: &Actor, code: Option<&str>, form: &SubgroupForm) -> Result<()> {
        actor.require(Permission::EditProgramme)?;
        let programme = self.programme().await?;
        let existing = match code {
            Some(code) => Some(find(&programme, code)?),
            None => None,
        };
        let mut checks = Checks::default();
        let new_code = match existing {
            Some(existing) => existing.code.clone(),
            None => checks.code("code", &form.code, "Enter a short code, such as children"),
        };
        let name = checks.filled("name", &form.name, "Enter the subgroup's name");
        if existing.is_none() && programme.subgroups.iter().any(|s| s.code == new_code) {
            checks.refuse("code", "Another subgroup has this code: choose another");
        }
        checks.done()?;
        let last = programme.subgroups.iter().map(|s| s.position).max().unwrap_or(0);
        let new = Subgroup {
            id: existing.map_or(0, |s| s.id),
            code: new_code,
            name,
            purpose: form.purpose.trim().to_owned(),
            position: existing.map_or(last + 1, |s| s.position),
        };
        let write = self.store().write().await?;
        let verb = match existing {
            Some(existing) => {
                tables::edit_subgroup(&write, existing.id, &new).await?;
                "edit"
            }
            None => {
                tables::add_subgroup(&write, &new).await?;
                "create"
            }
        };
        let before = existing.map(|existing| format!("{existing:?}"));
        let detail = serde_json::json!({ "from": before, "to": format!("{new:?}") });
        self.commit(write, actor, verb, format!("subgroup {}", new.code), detail).await
    }
}

fn find<'p>(programme: &'p Programme, code: &str) -> Result<&'p Subgroup> {
    let found = programme.subgroups.iter().find(|subgroup| subgroup.code == code);
    found.ok_or_else(|| Error::NotFound { what: "subgroup", value: code.to_owned() })
}
