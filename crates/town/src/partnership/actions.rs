//! The list of actions, and one action.

use report::documents::{self, Cell, Column, Table};
use report::figures::Unit;
use store::partnership::Action;
use vocabulary::Date;

use super::order::in_order;
use super::{ActionStatus, MilestoneStatus, Named, Programme, action_status, milestone_status};
use crate::{Actor, Error, Permission, Result, Town};

/// Which actions a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// Of this subgroup, by its code.
    pub subgroup: String,
    /// With this status, by its code.
    pub status: String,
    /// Owned by this member, by their code; `nobody` for those without an owner.
    pub owner: String,
    /// With these words in the code or title.
    pub words: String,
    /// `code`, `due`, `owner`, `done`; the most urgent first when empty.
    pub sort: String,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The subgroup that drives it.
    pub subgroup: Named,
    /// Who does it.
    pub owner: Option<Named>,
    /// Who answers for it.
    pub sponsor: Option<Named>,
    /// When it should be finished.
    pub due: Option<Date>,
    /// How much is done, 0 to 100.
    pub percent: i64,
    /// How it stands.
    pub status: ActionStatus,
    /// Why it stands so.
    pub why: String,
    /// The numbers of the recommendations it serves.
    pub recommendations: Vec<String>,
}

/// The list, and what it can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionList {
    /// The lines that the filter left.
    pub lines: Vec<ActionLine>,
    /// How many there are without a filter.
    pub total: usize,
    /// The subgroups there are.
    pub subgroups: Vec<Named>,
    /// The members who own an action.
    pub owners: Vec<Named>,
}

/// A milestone and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneLine {
    /// What will have been done.
    pub title: String,
    /// By when.
    pub due: Date,
    /// When it was done.
    pub done: Option<Date>,
    /// How it stands.
    pub status: MilestoneStatus,
}

/// Everything that an action's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionPage {
    /// Its line in the list.
    pub line: ActionLine,
    /// What will be done.
    pub description: String,
    /// When it starts.
    pub starts: Option<Date>,
    /// When it was finished.
    pub finished: Option<Date>,
    /// When it was stopped.
    pub stopped: Option<Date>,
    /// Its milestones by date.
    pub milestones: Vec<MilestoneLine>,
    /// The recommendations it serves.
    pub recommendations: Vec<Named>,
    /// The indicators that follow it.
    pub indicators: Vec<Named>,
    /// The names of the organisations whose guests see it.
    pub shared_with: Vec<String>,
    /// Whether whoever asks may edit it.
    pub may_edit: bool,
    /// Whether whoever asks may say with whom it is shared.
    pub may_share: bool,
}

impl Town {
    /// The actions that a filter leaves.
    pub async fn action_list(&self, actor: &Actor, filter: &ActionFilter, as_of: Date) -> Result<ActionList> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let mut lines: Vec<ActionLine> =
            programme.actions.iter().map(|action| line_of(&programme, action, as_of)).collect();
        let total = lines.len();
        let mut owners: Vec<Named> = lines.iter().filter_map(|line| line.owner.clone()).collect();
        owners.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.code.cmp(&b.code)));
        owners.dedup();
        lines.retain(|line| filter.keeps(line));
        filter.sort(&mut lines);
        let subgroups = programme.subgroups.iter().map(Named::from).collect();
        Ok(ActionList { lines, total, subgroups, owners })
    }

    /// The same list as CSV.
    pub async fn action_csv(&self, actor: &Actor, filter: &ActionFilter, as_of: Date) -> Result<Vec<u8>> {
        let list = self.action_list(actor, filter, as_of).await?;
        let headings = ["Code", "Title", "Subgroup", "Owner", "Sponsor", "Due"];
        let mut columns: Vec<Column> = headings.map(Column::text).into();
        columns.push(Column::number("Percent complete", Unit::Percent));
        columns.extend(["Status", "Why", "Recommendations"].map(Column::text));
        let mut table = Table::new("Actions", columns);
        let name = |named: Option<Named>| Cell::text(named.map(|named| named.name).unwrap_or_default());
        for line in list.lines {
            table.push(vec![
                Cell::text(line.code),
                Cell::text(line.title),
                Cell::text(line.subgroup.name),
                name(line.owner),
                name(line.sponsor),
                line.due.map_or(Cell::Blank, |due| Cell::Date(due.to_string())),
                Cell::Number(line.percent as f64),
                Cell::text(line.status.code()),
                Cell::text(line.why),
                Cell::text(line.recommendations.join(" ")),
            ]);
        }
        csv_of(&table)
    }

    /// The page of the action with this code.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn action_page(&self, actor: &Actor, code: &str, as_of: Date) -> Result<ActionPage> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let action = find(&programme, code)?;
        Ok(page_of(&programme, action, actor, as_of))
    }
}

/// Everything that an action's page shows to somebody.
pub(super) fn page_of(programme: &Programme, action: &Action, actor: &Actor, as_of: Date) -> ActionPage {
    let milestone = |m: &store::partnership::Milestone| MilestoneLine {
        title: m.title.clone(),
        due: m.due_on,
        done: m.done_on,
        status: milestone_status(m, as_of),
    };
    ActionPage {
        line: line_of(programme, action, as_of),
        description: action.description.clone(),
        starts: action.starts_on,
        finished: action.finished_on,
        stopped: action.stopped_on,
        milestones: programme.milestones_of(action.id).map(milestone).collect(),
        recommendations: programme.served_by(action.id).map(Named::from).collect(),
        indicators: programme.indicators_following(action.id).map(|i| Named::new(&i.code, &i.name)).collect(),
        shared_with: programme.shared_with(action.id).map(|o| o.name.clone()).collect(),
        may_edit: actor.may_of(Permission::EditActions, action),
        may_share: actor.may_of(Permission::ManageActions, action),
    }
}

pub(super) fn find<'p>(programme: &'p Programme, code: &str) -> Result<&'p Action> {
    let found = programme.actions.iter().find(|action| action.code == code);
    found.ok_or_else(|| Error::NotFound { what: "action", value: code.to_owned() })
}

/// An action as a list shows it.
pub(crate) fn line_of(programme: &Programme, action: &Action, as_of: Date) -> ActionLine {
    let milestones: Vec<_> = programme.milestones_of(action.id).collect();
    let (status, why) = action_status(action, &milestones, as_of);
    let mut recommendations: Vec<String> = programme.served_by(action.id).map(|r| r.number.clone()).collect();
    recommendations.sort_by(|a, b| in_order(a, b));
    ActionLine {
        code: action.code.clone(),
        title: action.title.clone(),
        subgroup: programme.named_subgroup(action.subgroup_id),
        owner: programme.named_member(action.owner_id),
        sponsor: programme.named_member(action.sponsor_id),
        due: action.due_on,
        percent: action.percent_complete,
        status,
        why,
        recommendations,
    }
}

/// A table as CSV.
pub(crate) fn csv_of(table: &Table) -> Result<Vec<u8>> {
    documents::csv(table)
        .map_err(|error| Error::Failed { doing: "writing a table", reason: error.to_string() })
}

impl ActionFilter {
    fn keeps(&self, line: &ActionLine) -> bool {
        let owner = line.owner.as_ref().map_or("nobody", |owner| owner.code.as_str());
        let words = self.words.trim().to_lowercase();
        (self.subgroup.is_empty() || line.subgroup.code == self.subgroup)
            && (self.status.is_empty() || line.status.code() == self.status)
            && (self.owner.is_empty() || owner == self.owner)
            && (words.is_empty()
                || line.title.to_lowercase().contains(&words)
                || line.code.to_lowercase().contains(&words))
    }

    fn sort(&self, lines: &mut [ActionLine]) {
        lines.sort_by(|a, b| in_order(&a.code, &b.code));
        let owner = |line: &ActionLine| line.owner.as_ref().map(|owner| owner.name.clone());
        let due = |line: &ActionLine| line.due.unwrap_or(Date::MAX);
        match self.sort.as_str() {
            "code" => {}
            "due" => lines.sort_by_key(due),
            // Nobody's come first: they are what somebody has to take on.
            "owner" => lines.sort_by_key(owner),
            "done" => lines.sort_by_key(|line| std::cmp::Reverse(line.percent)),
            _ => lines.sort_by(|a, b| a.status.cmp(&b.status).then_with(|| due(a).cmp(&due(b)))),
        }
    }
}
