//! How an action and a milestone stand on a day: computed from their dates, never stored.

use store::partnership::{Action, Milestone};
use vocabulary::Date;

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionStatus {
    /// Past its date, or a milestone is, or it should have started.
    Late,
    /// Started, and nothing is past its date.
    OnTrack,
    /// Its start lies ahead, or it has none and no work is reported.
    NotStarted,
    /// Finished.
    Done,
    /// Stopped unfinished.
    Stopped,
}

/// How a milestone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MilestoneStatus {
    /// Past its date and not done.
    Late,
    /// Its date lies ahead.
    Ahead,
    /// Done.
    Done,
}

impl ActionStatus {
    /// Every status, most urgent first.
    pub const ALL: [ActionStatus; 5] = [
        ActionStatus::Late,
        ActionStatus::OnTrack,
        ActionStatus::NotStarted,
        ActionStatus::Done,
        ActionStatus::Stopped,
    ];

    /// The stable code used in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            ActionStatus::Late => "late",
            ActionStatus::OnTrack => "on-track",
            ActionStatus::NotStarted => "not-started",
            ActionStatus::Done => "done",
            ActionStatus::Stopped => "stopped",
        }
    }

    /// What it is called on a page.
    pub fn words(self) -> &'static str {
        match self {
            ActionStatus::Late => "Late",
            ActionStatus::OnTrack => "On track",
            ActionStatus::NotStarted => "Not started",
            ActionStatus::Done => "Done",
            ActionStatus::Stopped => "Stopped",
        }
    }
}

/// How an action stands on a day, and why, in a sentence.
pub fn action_status(action: &Action, milestones: &[&Milestone], as_of: Date) -> (ActionStatus, String) {
    let day = report::figures::long_date;
    if let Some(stopped) = action.stopped_on.filter(|&on| on <= as_of) {
        return (ActionStatus::Stopped, format!("Stopped on {}", day(stopped)));
    }
    if let Some(finished) = action.finished_on.filter(|&on| on <= as_of) {
        return (ActionStatus::Done, format!("Finished on {}", day(finished)));
    }
    if let Some(due) = action.due_on.filter(|&due| due < as_of) {
        return (ActionStatus::Late, format!("Was due on {} and is not finished", day(due)));
    }
    let late: Vec<_> =
        milestones.iter().filter(|m| milestone_status(m, as_of) == MilestoneStatus::Late).collect();
    if let Some(first) = late.first() {
        let more = if late.len() > 1 { format!(", and {} more", late.len() - 1) } else { String::new() };
        return (
            ActionStatus::Late,
            format!("Milestone '{}' was due on {}{more}", first.title, day(first.due_on)),
        );
    }
    match action.starts_on {
        Some(starts) if starts > as_of => (ActionStatus::NotStarted, format!("Starts on {}", day(starts))),
        Some(starts) if action.percent_complete == 0 && milestones.iter().all(|m| m.done_on.is_none()) => {
            // A month's grace: work that began is seldom reported the same week.
            let grace = starts.checked_add(jiff::Span::new().months(1)).unwrap_or(starts);
            if grace < as_of {
                (
                    ActionStatus::Late,
                    format!("Should have started on {} and nothing is reported", day(starts)),
                )
            } else {
                (ActionStatus::OnTrack, format!("Started on {}", day(starts)))
            }
        }
        None if action.percent_complete == 0 && milestones.iter().all(|m| m.done_on.is_none()) => {
            (ActionStatus::NotStarted, "Has no start date and no work is reported".to_owned())
        }
        _ => {
            let due = action
                .due_on
                .map_or_else(|| "no date is agreed".to_owned(), |due| format!("due on {}", day(due)));
            (ActionStatus::OnTrack, format!("{}% complete, {due}", action.percent_complete))
        }
    }
}

/// How a milestone stands on a day.
pub fn milestone_status(milestone: &Milestone, as_of: Date) -> MilestoneStatus {
    if milestone.done_on.is_some_and(|on| on <= as_of) {
        MilestoneStatus::Done
    } else if milestone.due_on < as_of {
        MilestoneStatus::Late
    } else {
        MilestoneStatus::Ahead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// An action written as `starts, due, finished, percent`, with a milestone's `due, done`.
    fn check(action: [&str; 3], percent: i64, milestone: Option<[&str; 2]>, expected: ActionStatus) {
        let maybe = |text: &str| (!text.is_empty()).then(|| date(text));
        let action = Action {
            id: 1,
            code: "A1".into(),
            title: "t".into(),
            description: String::new(),
            subgroup_id: 1,
            owner_id: None,
            sponsor_id: None,
            starts_on: maybe(action[0]),
            due_on: maybe(action[1]),
            finished_on: maybe(action[2]),
            stopped_on: None,
            percent_complete: percent,
        };
        let milestone = milestone.map(|[due, done]| Milestone {
            action_id: 1,
            title: "m".into(),
            due_on: date(due),
            done_on: maybe(done),
        });
        let milestones: Vec<&Milestone> = milestone.iter().collect();
        assert_eq!(action_status(&action, &milestones, date("2026-06-15")).0, expected, "{action:?}");
    }

    #[test]
    fn the_status_follows_from_the_dates() {
        use ActionStatus::*;
        check(["2026-01-01", "2026-12-31", ""], 40, None, OnTrack);
        check(["2026-01-01", "2026-06-14", ""], 90, None, Late);
        check(["2026-01-01", "2026-06-15", ""], 90, None, OnTrack);
        check(["2026-01-01", "2026-06-14", "2026-06-10"], 100, None, Done);
        check(["2026-01-01", "2026-12-31", "2026-06-16"], 100, None, OnTrack);
        check(["2026-07-01", "2026-12-31", ""], 0, None, NotStarted);
        check(["2026-01-01", "2026-12-31", ""], 0, None, Late);
        check(["2026-06-01", "2026-12-31", ""], 0, None, OnTrack);
        check(["", "", ""], 0, None, NotStarted);
        check(["2026-01-01", "2026-12-31", ""], 40, Some(["2026-05-01", ""]), Late);
        check(["2026-01-01", "2026-12-31", ""], 40, Some(["2026-05-01", "2026-05-20"]), OnTrack);
    }
}
