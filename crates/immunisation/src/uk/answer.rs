//! What the schedule says about one child: each course's standing, how each dose counts, what was odd.

use vocabulary::Date;

use crate::calendar::{Civil, Day, to_date};

use super::child::{Finding, VaccineId};
use super::schedule::Schedule;
use super::table::{Antigens, Course};

/// Where a child stands with a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// All that is needed has been given.
    Complete,
    /// The child is immune, so nothing is needed.
    Immune,
    /// A dose will be needed, but is not due yet.
    Later,
    /// A dose is due.
    Due,
    /// A dose is overdue.
    Overdue,
    /// What was missed is no longer given at this age.
    TooOld,
    /// The programme has ended.
    Ended,
}

impl Standing {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Complete => "complete",
            Standing::Immune => "immune",
            Standing::Later => "later",
            Standing::Due => "due",
            Standing::Overdue => "overdue",
            Standing::TooOld => "too-old",
            Standing::Ended => "ended",
        }
    }

    /// Whether a dose is due or overdue.
    pub fn is_due(self) -> bool {
        matches!(self, Standing::Due | Standing::Overdue)
    }
}

/// Why a dose does not count towards a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Given before the least age.
    TooYoung,
    /// Given before the least interval had passed.
    TooSoon,
    /// Given too close to another live vaccine.
    AfterLiveVaccine,
    /// Given when nothing more was needed.
    NotNeeded,
    /// Given at an age at which it is no longer needed.
    TooOld,
    /// Given before the programme that asks for it.
    BeforeProgramme,
}

impl Why {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Why::TooYoung => "too-young",
            Why::TooSoon => "too-soon",
            Why::AfterLiveVaccine => "after-live-vaccine",
            Why::NotNeeded => "not-needed",
            Why::TooOld => "too-old",
            Why::BeforeProgramme => "before-programme",
        }
    }

    /// The same in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Why::TooYoung => "the child was too young",
            Why::TooSoon => "it was too soon after the dose before",
            Why::AfterLiveVaccine => "it was within four weeks of another live vaccine",
            Why::NotNeeded => "nothing more was needed",
            Why::TooOld => "it is no longer needed at that age",
            Why::BeforeProgramme => "it was before the programme that asks for it",
        }
    }
}

/// How a dose counts towards a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is this dose of the course, from 1.
    Counts(u8),
    /// It does not count.
    DoesNotCount(Why),
}

/// How one dose counts towards one course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseVerdict {
    /// The position of the dose in the input.
    pub dose: usize,
    /// How it counts.
    pub verdict: Verdict,
    pub(super) kind: u8,
}

impl DoseVerdict {
    /// The course's id.
    pub fn course(self, schedule: &Schedule) -> &str {
        schedule.course_id(self.kind)
    }
}

/// Where a child stands with one course on the day of assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseStatus {
    pub(super) kind: u8,
    pub(super) variant: u8,
    pub(super) slot: u8,
    pub(super) counted: u8,
    pub(super) standing: Standing,
    pub(super) earliest: Day,
    pub(super) due: Day,
    pub(super) overdue: Day,
}

impl CourseStatus {
    /// Where the child stands.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// How many doses have counted.
    pub fn doses_counted(&self) -> u8 {
        self.counted
    }

    /// The number of the next dose in the course, from 1; none when nothing is needed.
    pub fn next_dose(&self) -> Option<u8> {
        self.wanted().then_some(self.slot + 1)
    }

    /// The first day on which the next dose may be given.
    pub fn earliest(&self) -> Option<Date> {
        self.wanted().then(|| to_date(self.earliest))
    }

    /// The day on which the next dose is due.
    pub fn due(&self) -> Option<Date> {
        self.wanted().then(|| to_date(self.due))
    }

    /// The day from which the next dose is overdue; none when it never is.
    pub fn overdue(&self) -> Option<Date> {
        (self.wanted() && self.overdue < crate::calendar::LATEST).then(|| to_date(self.overdue))
    }

    /// The course's id.
    pub fn course<'a>(&self, schedule: &'a Schedule) -> &'a str {
        schedule.course_id(self.kind)
    }

    /// The course's name in plain words.
    pub fn name<'a>(&self, schedule: &'a Schedule) -> &'a str {
        if self.kind as usize == schedule.kinds.len() { "influenza" } else { &schedule.course_of(self).name }
    }

    /// The source of the course, or of its next dose where that has its own.
    pub fn source<'a>(&self, schedule: &'a Schedule) -> &'a str {
        if self.kind as usize == schedule.kinds.len() {
            return "flu-letters";
        }
        let course = schedule.course_of(self);
        let own = course.slots.get(usize::from(self.slot)).and_then(|slot| slot.source.as_deref());
        own.unwrap_or(&course.source)
    }

    pub(super) fn wanted(&self) -> bool {
        matches!(self.standing, Standing::Later | Standing::Due | Standing::Overdue)
    }
}

/// The answer for one child on one day. Kept and reused, it allocates nothing for a further child.
#[derive(Debug, Clone, Default)]
pub struct Assessment {
    pub(super) courses: Vec<CourseStatus>,
    pub(super) verdicts: Vec<DoseVerdict>,
    pub(super) findings: Vec<Finding>,
    pub(super) history: Vec<Given>,
}

impl Assessment {
    /// Where the child stands with each course that concerns them, in the schedule's order.
    pub fn courses(&self) -> &[CourseStatus] {
        &self.courses
    }

    /// How each dose counts towards each course that it belongs to, course by course and then by date.
    pub fn verdicts(&self) -> &[DoseVerdict] {
        &self.verdicts
    }

    /// What was odd about the input.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// One course by its id; none when it does not concern the child.
    pub fn course(&self, schedule: &Schedule, id: &str) -> Option<&CourseStatus> {
        self.courses.iter().find(|status| status.course(schedule) == id)
    }

    /// Whether a dose is overdue: the child is under-vaccinated.
    pub fn under_vaccinated(&self) -> bool {
        self.courses.iter().any(|status| status.standing == Standing::Overdue)
    }

    /// The next day after the assessment on which something becomes due.
    pub fn next_due(&self) -> Option<Date> {
        let later = self.courses.iter().filter(|status| status.standing == Standing::Later);
        later.map(|status| status.due).min().map(to_date)
    }
}

/// A dose of the history, ready to be walked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    pub(super) on: Civil,
    pub(super) antigens: Antigens,
    pub(super) vaccine: VaccineId,
    pub(super) position: u16,
    pub(super) spoilt: bool,
    pub(super) four_weeks_apart: bool,
}

impl Schedule {
    pub(super) fn course_id(&self, kind: u8) -> &str {
        self.kinds.get(usize::from(kind)).map_or("influenza", |kind| kind.id.as_str())
    }

    pub(super) fn course_of(&self, status: &CourseStatus) -> &Course {
        &self.kinds[usize::from(status.kind)].variants[usize::from(status.variant)]
    }
}
