//! The plan in a nurse's words.

use vocabulary::Date;

use super::answer::{CourseStatus, Standing};
use super::schedule::Schedule;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `23 November 2026`.
pub(super) fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[(date.month() - 1) as usize], date.year())
}

/// Why a dose is offered: which it is, how late, and what it is for.
pub(super) fn reason(schedule: &Schedule, status: &CourseStatus) -> String {
    if usize::from(status.kind) == schedule.kinds.len() {
        return "This season's dose: influenza is caught afresh each winter, so the vaccine is given each year."
            .to_owned();
    }
    let Some(slot) = schedule.course_of(status).slots.get(usize::from(status.slot)) else {
        return String::new();
    };
    let late = match (status.standing, status.due()) {
        (Standing::Overdue, Some(due)) => format!(" It has been due since {}.", date(due)),
        _ => String::new(),
    };
    let mut label = slot.label.clone();
    if let Some(first) = label.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    format!("{label}: {}{late}", slot.reason)
}
