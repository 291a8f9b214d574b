//! Sixty actions in every state that an action can be in.

mod list;

use jiff::ToSpan;
use vocabulary::Date;

use super::{Action, Member, Milestone};
use crate::stream::Stream;
use list::ACTIONS;

/// What has become of an action by the day on which the programme is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    /// Finished by its due date.
    Done,
    /// Finished after its due date.
    DoneLate,
    /// Under way; every milestone due so far was reached.
    OnTime,
    /// Under way past its due date, or past a milestone.
    Late,
    /// Starts on a later day.
    NotStarted,
    /// Under way and nobody owns it.
    NoOwner,
    /// Under way without a milestone.
    NoMilestone,
    /// Stopped before it was finished.
    Stopped,
}

/// One row of the list of actions.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) subgroup: &'static str,
    pub(crate) course: Course,
    pub(crate) recommendations: &'static [u16],
    pub(crate) indicators: &'static [&'static str],
}

const STEPS: [&str; 4] = [
    "Plan and costs agreed",
    "First site or group started",
    "Half of those who should be reached",
    "Results read and shared",
];

/// The actions, with dates laid out around the day on which the programme is seen.
pub(crate) fn schedule(members: &[Member], as_of: Date, seed: u64) -> Vec<Action> {
    let mut stream = Stream::new(seed, "actions");
    ACTIONS
        .iter()
        .enumerate()
        .map(|(index, words)| action(index, words, members, as_of, &mut stream))
        .collect()
}

fn action(index: usize, words: &Words, members: &[Member], as_of: Date, stream: &mut Stream) -> Action {
    let (start, due, finished, percent_complete) = dates(words.course, as_of, stream);
    let owners: Vec<&Member> = members.iter().filter(|m| m.subgroup == Some(words.subgroup)).collect();
    let sponsors: Vec<&Member> = members.iter().filter(|m| m.subgroup.is_none()).collect();
    let pick = |from: &[&Member], at: usize| from.get(at).map(|m| m.code.clone());
    let owner = pick(&owners, stream.below(owners.len()));
    let sponsor = pick(&sponsors, stream.below(sponsors.len()));
    Action {
        code: format!("A{:02}", index + 1),
        title: words.title,
        subgroup: words.subgroup,
        owner: owner.filter(|_| words.course != Course::NoOwner),
        sponsor,
        recommendations: words.recommendations.to_vec(),
        indicators: words.indicators.to_vec(),
        start,
        due,
        finished,
        stopped: (words.course == Course::Stopped).then(|| shift(as_of, -25)),
        percent_complete,
        milestones: milestones(words.course, start, due, finished, as_of),
    }
}

/// Start, due and finish, and how much is done.
fn dates(course: Course, as_of: Date, stream: &mut Stream) -> (Date, Date, Option<Date>, u8) {
    let mut days = |low: f64, high: f64| stream.between(low, high) as i64;
    let from = |length: i64, start: i64| (shift(as_of, start), shift(as_of, start + length));
    match course {
        Course::Done | Course::DoneLate => {
            let (length, ago) = (days(200.0, 420.0), days(60.0, 400.0));
            let (start, due) = from(length, -length - ago);
            let late = if course == Course::Done { -days(0.0, 30.0) } else { days(15.0, 55.0) };
            (start, due, Some(shift(due, late)), 100)
        }
        Course::Late => {
            let (length, over) = (days(300.0, 500.0), days(20.0, 150.0));
            let (start, due) = from(length, over - length - 200);
            (start, due, None, days(30.0, 80.0) as u8)
        }
        Course::NotStarted => {
            let (start, due) = from(days(200.0, 500.0), days(20.0, 200.0));
            (start, due, None, 0)
        }
        Course::OnTime | Course::NoOwner | Course::NoMilestone | Course::Stopped => {
            let length = days(360.0, 800.0);
            let gone = days(0.2 * length as f64, 0.8 * length as f64);
            let (start, due) = from(length, -gone);
            (start, due, None, (100 * gone / length) as u8)
        }
    }
}

/// Four steps evenly along the way. Those due are reached, but for the last of a late action.
fn milestones(course: Course, start: Date, due: Date, finished: Option<Date>, as_of: Date) -> Vec<Milestone> {
    if course == Course::NoMilestone {
        return Vec::new();
    }
    let length = i64::from((due - start).get_days());
    let step = |number: usize| shift(start, length * (number as i64 + 1) / STEPS.len() as i64);
    let last_due = (0..STEPS.len()).rfind(|&n| step(n) <= as_of);
    STEPS
        .iter()
        .enumerate()
        .map(|(number, &title)| {
            let due = step(number);
            let missed = course == Course::Late && last_due == Some(number);
            let reached = match finished {
                Some(day) => Some(due.min(day)).map(|on| if number + 1 == STEPS.len() { day } else { on }),
                None => (due <= as_of && !missed).then(|| shift(due, -((7 * number + 3) as i64 % 11))),
            };
            Milestone { title, due, reached }
        })
        .collect()
}

/// The date this many days later (or earlier). Dates here stay within a few years of today's, so that the
/// calendar cannot run out; if it did, the date would stay as it is.
fn shift(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
