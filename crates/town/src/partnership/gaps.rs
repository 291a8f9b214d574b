//! The gap analysis: what each recommendation has and lacks on a day, and what serves nothing. Computed, never stored.

use jiff::ToSpan;
use report::documents::{Cell as TableCell, Column, Table};
use report::figures::{long_date, period_words};
use store::partnership::Recommendation;
use vocabulary::Date;

use super::actions::csv_of;
use super::{MilestoneStatus, Named, Programme, milestone_status, standing};
use crate::indicators::Analysis;
use crate::{Actor, Permission, Result, Town};
use std::sync::Arc;

/// What a recommendation is held against, in the order of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// Somebody owns it.
    Owner,
    /// An action serves it.
    Action,
    /// The milestones of its actions are on time.
    Milestone,
    /// An indicator measures it.
    Indicator,
    /// Its indicators have recent figures.
    RecentData,
    /// Its indicators have a target that still lies ahead.
    Target,
    /// Its indicators give no concern.
    OnTrack,
    /// Its indicators are seen by deprivation.
    ByDeprivation,
}

impl Aspect {
    /// Every aspect, in order.
    pub const ALL: [Aspect; 8] = [
        Aspect::Owner,
        Aspect::Action,
        Aspect::Milestone,
        Aspect::Indicator,
        Aspect::RecentData,
        Aspect::Target,
        Aspect::OnTrack,
        Aspect::ByDeprivation,
    ];

    /// The heading of its column.
    pub fn words(self) -> &'static str {
        match self {
            Aspect::Owner => "Owner",
            Aspect::Action => "Action",
            Aspect::Milestone => "Milestones on time",
            Aspect::Indicator => "Indicator",
            Aspect::RecentData => "Recent data",
            Aspect::Target => "Target",
            Aspect::OnTrack => "On track",
            Aspect::ByDeprivation => "Seen by deprivation",
        }
    }

    /// What is said where it is missing.
    pub fn missing(self) -> &'static str {
        match self {
            Aspect::Owner => "No owner",
            Aspect::Action => "No action",
            Aspect::Milestone => "Milestone late",
            Aspect::Indicator => "No indicator",
            Aspect::RecentData => "No recent data",
            Aspect::Target => "No target",
            Aspect::OnTrack => "Off track",
            Aspect::ByDeprivation => "Not seen by deprivation",
        }
    }
}

/// What a cell of the grid answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It has it.
    Yes,
    /// Some of what it rests on has it.
    Partly,
    /// It lacks it.
    No,
    /// There is nothing to ask it of.
    NotApplicable,
}

impl Answer {
    /// The word in the cell.
    pub fn words(self) -> &'static str {
        match self {
            Answer::Yes => "Yes",
            Answer::Partly => "Partly",
            Answer::No => "No",
            Answer::NotApplicable => "Nothing to judge",
        }
    }
}

/// One cell of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapCell {
    /// What it is about.
    pub aspect: Aspect,
    /// What it answers.
    pub answer: Answer,
    /// Why, in a sentence.
    pub why: String,
}

/// One recommendation in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRow {
    /// The recommendation: number and words.
    pub recommendation: Named,
    /// The subgroup that drives it.
    pub subgroup: Named,
    /// Its cells, one for each of [`Aspect::ALL`].
    pub cells: Vec<GapCell>,
}

impl GapRow {
    /// How many of its cells say no.
    pub fn missing(&self) -> usize {
        self.cells.iter().filter(|cell| cell.answer == Answer::No).count()
    }
}

/// The grid, and what serves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapAnalysis {
    /// The rows, by number.
    pub rows: Vec<GapRow>,
    /// Actions that serve no recommendation.
    pub actions: Vec<Named>,
    /// Indicators that measure no recommendation and follow no action.
    pub indicators: Vec<Named>,
    /// The subgroups there are.
    pub subgroups: Vec<Named>,
}

/// Which rows of the grid are shown, and in which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GapFilter {
    /// Only those that lack this.
    pub missing: Option<Aspect>,
    /// Those that lack most first; by number otherwise.
    pub most_first: bool,
}

impl GapFilter {
    /// The rows that it leaves.
    pub fn rows(self, found: &GapAnalysis) -> Vec<&GapRow> {
        let lacks = |row: &&GapRow| {
            self.missing.is_none_or(|aspect| {
                row.cells.iter().any(|cell| cell.aspect == aspect && cell.answer == Answer::No)
            })
        };
        let mut rows: Vec<&GapRow> = found.rows.iter().filter(lacks).collect();
        if self.most_first {
            rows.sort_by_key(|row| std::cmp::Reverse(row.missing()));
        }
        rows
    }
}

impl Town {
    /// The gap analysis on a day, of one subgroup or (empty text) of all.
    pub async fn gap_analysis(&self, actor: &Actor, subgroup: &str, as_of: Date) -> Result<Arc<GapAnalysis>> {
        actor.require(Permission::ReadProgramme)?;
        let version = self.data_version().await?;
        let name = format!("gaps {as_of} {subgroup}");
        if let Some(kept) = self.kept.get(version, &name) {
            return Ok(kept);
        }
        let programme = self.programme().await?;
        let wanted = |id: Option<i64>| {
            subgroup.is_empty() || id.is_some_and(|id| programme.named_subgroup(id).code == subgroup)
        };
        let mut rows = Vec::new();
        for recommendation in programme.numbered().filter(|r| wanted(Some(r.subgroup_id))) {
            let mut analyses = Vec::new();
            for indicator in programme.indicators_measuring(recommendation.id) {
                analyses.extend(self.analysis(&programme, indicator.id, as_of).await?);
            }
            rows.push(row_of(&programme, recommendation, &analyses, as_of));
        }
        let serves = |id: i64| programme.served_by(id).next().is_some();
        let tied = |id: i64| {
            programme.measured_by(id).next().is_some() || programme.followed_by(id).next().is_some()
        };
        let actions = programme.actions.iter().filter(|a| wanted(Some(a.subgroup_id)) && !serves(a.id));
        let indicators = programme.indicators.iter().filter(|i| wanted(i.subgroup_id) && !tied(i.id));
        let found = Arc::new(GapAnalysis {
            rows,
            actions: actions.map(|a| Named::new(&a.code, &a.title)).collect(),
            indicators: indicators.map(|i| Named::new(&i.code, &i.name)).collect(),
            subgroups: programme.subgroups.iter().map(Named::from).collect(),
        });
        self.kept.put(version, &name, found.clone());
        Ok(found)
    }

    /// The gap analysis as CSV: a row for each cell of the rows that a filter leaves, then what serves nothing.
    pub async fn gap_csv(
        &self,
        actor: &Actor,
        subgroup: &str,
        filter: GapFilter,
        as_of: Date,
    ) -> Result<Vec<u8>> {
        let found = self.gap_analysis(actor, subgroup, as_of).await?;
        let headings = ["Kind", "Code", "Name", "Subgroup", "Aspect", "Answer", "Why"];
        let mut table = Table::new("Gap analysis", headings.map(Column::text).into());
        for row in filter.rows(&found) {
            for cell in &row.cells {
                let words = [
                    "recommendation",
                    &row.recommendation.code,
                    &row.recommendation.name,
                    &row.subgroup.name,
                    cell.aspect.words(),
                    cell.answer.words(),
                    &cell.why,
                ];
                table.push(words.map(TableCell::text).into());
            }
        }
        let nothing = "Serves no recommendation";
        for (kind, list) in [("action", &found.actions), ("indicator", &found.indicators)] {
            for named in list {
                let words = [kind, &named.code, &named.name, "", "Recommendation", "No", nothing];
                table.push(words.map(TableCell::text).into());
            }
        }
        csv_of(&table)
    }
}

fn row_of(
    programme: &Programme,
    recommendation: &Recommendation,
    analyses: &[Arc<Analysis>],
    as_of: Date,
) -> GapRow {
    let cells = Aspect::ALL.map(|aspect| {
        let (answer, why) = match aspect {
            Aspect::Owner => owner(programme, recommendation),
            Aspect::Action => action(programme, recommendation, as_of),
            Aspect::Milestone => milestone(programme, recommendation, as_of),
            Aspect::Indicator => indicator(analyses),
            Aspect::RecentData => each(analyses, |analysis| recent(analysis, as_of)),
            Aspect::Target => each(analyses, |analysis| target(analysis, as_of)),
            Aspect::OnTrack => each(analyses, on_track),
            Aspect::ByDeprivation => each(analyses, by_deprivation),
        };
        GapCell { aspect, answer, why }
    });
    GapRow {
        recommendation: Named::from(recommendation),
        subgroup: programme.named_subgroup(recommendation.subgroup_id),
        cells: cells.into(),
    }
}

fn owner(programme: &Programme, recommendation: &Recommendation) -> (Answer, String) {
    match programme.member(recommendation.owner_id) {
        Some(member) => (Answer::Yes, format!("Owned by {}", member.name)),
        None => (Answer::No, "Nobody owns it".to_owned()),
    }
}

fn action(programme: &Programme, recommendation: &Recommendation, as_of: Date) -> (Answer, String) {
    let stopped = |on: Option<Date>| on.is_some_and(|on| on <= as_of);
    let all: Vec<_> = programme.actions_serving(recommendation.id).collect();
    let going: Vec<&str> = all.iter().filter(|a| !stopped(a.stopped_on)).map(|a| a.code.as_str()).collect();
    match (all.len(), going.as_slice()) {
        (0, _) => (Answer::No, "No action serves it".to_owned()),
        (_, []) => (Answer::No, "Every action that served it was stopped".to_owned()),
        (_, [only]) => (Answer::Yes, format!("{only} serves it")),
        (_, several) => (Answer::Yes, format!("{} serve it", several.join(", "))),
    }
}

fn milestone(programme: &Programme, recommendation: &Recommendation, as_of: Date) -> (Answer, String) {
    let actions: Vec<_> = programme
        .actions_serving(recommendation.id)
        .filter(|a| a.stopped_on.is_none_or(|on| on > as_of))
        .collect();
    if actions.is_empty() {
        return (Answer::NotApplicable, "It has no action whose milestones could be judged".to_owned());
    }
    let mut next: Option<(Date, String)> = None;
    let mut seen = false;
    for action in actions {
        // A finished action owes no more milestones.
        let finished = action.finished_on.is_some_and(|on| on <= as_of);
        for milestone in programme.milestones_of(action.id) {
            seen = true;
            let words = || format!("{}: “{}”", action.code, milestone.title);
            match milestone_status(milestone, as_of) {
                MilestoneStatus::Late if !finished => {
                    let due = long_date(milestone.due_on);
                    return (Answer::No, format!("{} was due on {due} and is not done", words()));
                }
                MilestoneStatus::Ahead if next.as_ref().is_none_or(|(due, _)| milestone.due_on < *due) => {
                    next = Some((milestone.due_on, words()));
                }
                _ => {}
            }
        }
    }
    match (seen, next) {
        (false, _) => (Answer::No, "None of its actions has a milestone".to_owned()),
        (true, Some((due, words))) => (Answer::Yes, format!("Next is {words}, due on {}", long_date(due))),
        (true, None) => (Answer::Yes, "Every milestone is done".to_owned()),
    }
}

fn indicator(analyses: &[Arc<Analysis>]) -> (Answer, String) {
    let names: Vec<&str> = analyses.iter().map(|analysis| analysis.indicator.name.as_str()).collect();
    match names.as_slice() {
        [] => (Answer::No, "No indicator measures it or its actions".to_owned()),
        names => (Answer::Yes, format!("Measured by {}", names.join("; "))),
    }
}

/// The answer of every indicator put together: all, some or none, and why not where it is not all.
fn each(
    analyses: &[Arc<Analysis>],
    ask: impl Fn(&Analysis) -> std::result::Result<String, String>,
) -> (Answer, String) {
    if analyses.is_empty() {
        return (Answer::NotApplicable, "It has no indicator".to_owned());
    }
    let answers: Vec<_> = analyses.iter().map(|analysis| ask(analysis)).collect();
    let count = answers.iter().filter(|answer| answer.is_ok()).count();
    let answer = match count {
        0 => Answer::No,
        all if all == answers.len() => Answer::Yes,
        _ => Answer::Partly,
    };
    let mut said: Vec<String> = answers
        .into_iter()
        .filter_map(|one| if answer == Answer::Yes { one.ok() } else { one.err() })
        .collect();
    said.dedup();
    (answer, said.join("; "))
}

/// How old figures may be: twice the time that one covers, and three months for them to be published.
fn recent(analysis: &Analysis, as_of: Date) -> std::result::Result<String, String> {
    let name = &analysis.indicator.name;
    let Some(latest) = analysis.points.iter().rev().find(|point| point.figure.value().is_some()) else {
        return Err(format!("{name}: there is no figure yet"));
    };
    let months = latest.period.whole_months().unwrap_or(12) as i32;
    let words = format!("{name}: the latest figure is for {}", period_words(latest.period));
    let until = latest.period.end().checked_add((2 * months + 3).months()).unwrap_or(Date::MAX);
    if until >= as_of { Ok(words) } else { Err(words) }
}

fn target(analysis: &Analysis, as_of: Date) -> std::result::Result<String, String> {
    let name = &analysis.indicator.name;
    match &analysis.target {
        None => Err(format!("{name}: no target is set")),
        Some(target) => {
            let value = analysis.unit().write(target.value);
            let due = long_date(target.due_on);
            if target.due_on >= as_of {
                Ok(format!("{name}: {value} by {due}"))
            } else {
                Err(format!("{name}: its last target, {value}, fell due on {due}"))
            }
        }
    }
}

fn on_track(analysis: &Analysis) -> std::result::Result<String, String> {
    match (standing::concern(analysis), &analysis.chart) {
        (Some(concern), _) => Err(concern),
        (None, None) => Err(format!("{}: there is no figure yet", analysis.indicator.name)),
        (None, Some(_)) => Ok(format!("{}: nothing gives concern", analysis.indicator.name)),
    }
}

fn by_deprivation(analysis: &Analysis) -> std::result::Result<String, String> {
    let name = &analysis.indicator.name;
    match &analysis.gradient {
        Some(gradient) => Ok(format!("{name}: by deprivation for {}", period_words(gradient.period))),
        None => Err(format!("{name}: has no figures by deprivation")),
    }
}
