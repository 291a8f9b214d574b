//! The subgroups, and one subgroup.

use std::cmp::Reverse;

use report::documents::{Cell, Column, Table};
use report::figures::Unit;
use store::partnership::Subgroup;
use vocabulary::Date;

use super::actions::csv_of;
use super::members::holds;
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
    /// Whether whoever asks may edit it.
    pub may_edit: bool,
}

/// Which subgroups a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubgroupFilter {
    /// With these words in the name or in what it is for.
    pub words: String,
    /// `name`, `recommendations`, `off-track`, `actions`, `late` or `indicators`; in the partnership's order when empty.
    pub sort: String,
}

impl Town {
    /// The subgroups that a filter leaves, and how many there are.
    pub async fn subgroup_list(
        &self,
        actor: &Actor,
        filter: &SubgroupFilter,
        as_of: Date,
    ) -> Result<(Vec<SubgroupLine>, usize)> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut lines = self.subgroup_lines(&programme, as_of).await?;
        let total = lines.len();
        lines.retain(|line| holds([&line.name, &line.purpose], &filter.words));
        match filter.sort.as_str() {
            "name" => lines.sort_by_key(|line| line.name.to_lowercase()),
            "recommendations" => lines.sort_by_key(|line| Reverse(line.recommendations)),
            "off-track" => lines.sort_by_key(|line| Reverse(line.off_track)),
            "actions" => lines.sort_by_key(|line| Reverse(line.actions)),
            "late" => lines.sort_by_key(|line| Reverse(line.late)),
            "indicators" => lines.sort_by_key(|line| Reverse(line.indicators)),
            _ => {}
        }
        Ok((lines, total))
    }

    /// The same list as CSV.
    pub async fn subgroup_csv(&self, actor: &Actor, filter: &SubgroupFilter, as_of: Date) -> Result<Vec<u8>> {
        let (lines, _) = self.subgroup_list(actor, filter, as_of).await?;
        let mut columns: Vec<Column> = ["Code", "Name", "Purpose"].map(Column::text).into();
        let counts = ["Recommendations", "Off track", "Open actions", "Late actions", "Indicators"];
        columns.extend(counts.map(|heading| Column::number(heading, Unit::Count)));
        let mut table = Table::new("Subgroups", columns);
        for line in lines {
            let mut row = vec![Cell::text(line.code), Cell::text(line.name), Cell::text(line.purpose)];
            let counts = [line.recommendations, line.off_track, line.actions, line.late, line.indicators];
            row.extend(counts.map(|count| Cell::Number(count as f64)));
            table.push(row);
        }
        csv_of(&table)
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
            may_edit: actor.may_of(Permission::EditSubgroup, subgroup),
        })
    }
}

pub(super) fn find<'p>(programme: &'p Programme, code: &str) -> Result<&'p Subgroup> {
    let found = programme.subgroups.iter().find(|subgroup| subgroup.code == code);
    found.ok_or_else(|| Error::NotFound { what: "subgroup", value: code.to_owned() })
}
