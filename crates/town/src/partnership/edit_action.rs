//! Creating and editing actions.

use store::partnership::{Action, Milestone};
use vocabulary::Date;

use super::Programme;
use super::actions::find;
use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, FieldLine, form};
use crate::{Actor, Permission, Result, Town};

/// An action as a form sends it. Dates are ISO text, empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionForm {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What will be done.
    pub description: String,
    /// The code of its subgroup.
    pub subgroup: String,
    /// The code of the member who does it; empty for nobody.
    pub owner: String,
    /// The code of the member who answers for it; empty for nobody.
    pub sponsor: String,
    /// When it starts.
    pub starts: String,
    /// When it should be finished.
    pub due: String,
    /// When it was finished.
    pub finished: String,
    /// When it was stopped unfinished.
    pub stopped: String,
    /// How much is done, 0 to 100.
    pub percent: String,
    /// The numbers of the recommendations it serves.
    pub recommendations: Vec<String>,
    /// Its milestones; those without a title are left out.
    pub milestones: Vec<MilestoneForm>,
}

/// A milestone as a form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MilestoneForm {
    /// What will have been done.
    pub title: String,
    /// By when, as ISO text.
    pub due: String,
    /// When it was done, as ISO text; empty while it is not.
    pub done: String,
}

impl FieldLine for MilestoneForm {
    fn parts(&self) -> [&str; 3] {
        [&self.title, &self.due, &self.done]
    }

    fn of_parts([title, due, done]: [&str; 3]) -> MilestoneForm {
        MilestoneForm { title: title.to_owned(), due: due.to_owned(), done: done.to_owned() }
    }
}

form!(ActionForm, "action", {
    code: "Code",
    title: "Title",
    description: "What will be done",
    subgroup: "Subgroup",
    owner: "Owner",
    sponsor: "Sponsor",
    starts: "Starts",
    due: "Due",
    finished: "Finished",
    stopped: "Stopped",
    percent: "How much is done",
    recommendations: "Recommendations it serves",
    milestones: "Milestones",
});

impl Town {
    /// The action with this code as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is none.
    pub async fn action_form(&self, actor: &Actor, code: &str) -> Result<ActionForm> {
        self.form(actor, code).await
    }

    /// Creates an action, or edits the one with this code, and gives its code now; its milestones and the recommendations it
    /// serves become those of the form.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) with every field that will not do, [`Error::Changed`](crate::Error::Changed)
    /// when it is another than was seen.
    pub async fn save_action(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &ActionForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for ActionForm {
    const EDITING: Permission = Permission::EditActions;
    const MAKING: Permission = Permission::ManageActions;
    const RENAMED: Option<(&'static str, &'static str)> = Some(("action", "code"));

    fn of(programme: &Programme, code: &str) -> Result<ActionForm> {
        let action = find(programme, code)?;
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let member =
            |id: Option<i64>| programme.member(id).map(|member| member.code.clone()).unwrap_or_default();
        let milestone = |m: &Milestone| MilestoneForm {
            title: m.title.clone(),
            due: m.due_on.to_string(),
            done: date(m.done_on),
        };
        Ok(ActionForm {
            code: action.code.clone(),
            title: action.title.clone(),
            description: action.description.clone(),
            subgroup: programme.named_subgroup(action.subgroup_id).code,
            owner: member(action.owner_id),
            sponsor: member(action.sponsor_id),
            starts: date(action.starts_on),
            due: date(action.due_on),
            finished: date(action.finished_on),
            stopped: date(action.stopped_on),
            percent: action.percent_complete.to_string(),
            recommendations: programme.served_by(action.id).map(|r| r.number.clone()).collect(),
            milestones: programme.milestones_of(action.id).map(milestone).collect(),
        })
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let existing = code.map(|code| find(programme, code)).transpose()?;
        let id = existing.map_or(0, |action| action.id);
        let mut checks = Checks::default();
        let code = checks.code("code", &self.code, "Enter a short code, such as CYP-07");
        let title = checks.filled("title", &self.title, "Enter what the action is called");
        let subgroup = programme.subgroups.iter().find(|s| s.code == self.subgroup);
        if subgroup.is_none() {
            checks.refuse("subgroup", "Choose the subgroup that drives it");
        }
        let owner_id = programme.checked_member(&mut checks, "owner", &self.owner);
        let sponsor_id = programme.checked_member(&mut checks, "sponsor", &self.sponsor);
        let [starts_on, due_on, finished_on, stopped_on] = self.dates(&mut checks);
        let percent_complete = self.percent(&mut checks);
        let milestones = self.milestones(&mut checks);
        let serves = programme.checked_recommendations(&mut checks, &self.recommendations);
        if programme.actions.iter().any(|action| action.code == code && action.id != id) {
            checks.refuse("code", "Another action has this code: choose another");
        }
        checks.done()?;
        let action = Action {
            id,
            code,
            title,
            description: self.description.trim().to_owned(),
            subgroup_id: subgroup.map_or(0, |s| s.id),
            owner_id,
            sponsor_id,
            starts_on,
            due_on,
            finished_on,
            stopped_on,
            percent_complete,
        };
        Ok(Change::Action(action, milestones, serves))
    }
}

impl ActionForm {
    fn dates(&self, checks: &mut Checks) -> [Option<Date>; 4] {
        let (starts, due) = (checks.date("starts", &self.starts), checks.date("due", &self.due));
        let (finished, stopped) =
            (checks.date("finished", &self.finished), checks.date("stopped", &self.stopped));
        if starts.zip(due).is_some_and(|(starts, due)| due < starts) {
            checks.refuse("due", "The date it is due must be on or after the date it starts");
        }
        [starts, due, finished, stopped]
    }

    fn percent(&self, checks: &mut Checks) -> i64 {
        let text = self.percent.trim();
        let percent = if text.is_empty() { Some(0) } else { text.parse().ok() };
        percent.filter(|percent| (0..=100).contains(percent)).unwrap_or_else(|| {
            checks.refuse("percent", "Enter a whole number from 0 to 100");
            0
        })
    }

    fn milestones(&self, checks: &mut Checks) -> Vec<Milestone> {
        let mut milestones = Vec::new();
        let named = self.milestones.iter().enumerate().filter(|(_, m)| !m.title.trim().is_empty());
        for (index, milestone) in named {
            let due_field = format!("milestone-{index}-due");
            let due = checks.date(&due_field, &milestone.due);
            let done_on = checks.date(&format!("milestone-{index}-done"), &milestone.done);
            match due {
                Some(due_on) => {
                    let title = milestone.title.trim().to_owned();
                    milestones.push(Milestone { action_id: 0, title, due_on, done_on });
                }
                None if milestone.due.trim().is_empty() => {
                    checks.refuse(&due_field, "Enter the date this milestone is due");
                }
                None => {}
            }
        }
        milestones
    }
}
