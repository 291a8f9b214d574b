//! Which doses count, and what each course still needs.
//!
//! A course is walked once, dose by dose: a dose fills the next place of the course or is set aside with the
//! reason, and places whose age has passed lapse. The walk is greedy, which for least ages and least
//! intervals leaves no course shorter than any other choice of doses would.

use vocabulary::Date;

use crate::calendar::{Civil, Day, Span, to_date};

use super::child::{Child, Dose, Finding, VaccineId};
use super::schedule::Schedule;
use super::table::{Antigens, Course, Slot};

/// The most doses of one child that are weighed; a whole childhood is about 35.
pub const DOSES_WEIGHED: usize = 96;

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

/// How far a walk along a course has come.
#[derive(Debug, Clone, Copy)]
struct Progress {
    slot: usize,
    counted: u8,
    counted_on: [Day; 8],
    previous: Option<Civil>,
    last_any: Option<Civil>,
    any: u8,
    missed: bool,
}

impl Schedule {
    pub(super) fn course_id(&self, kind: u8) -> &str {
        self.kinds.get(usize::from(kind)).map_or("influenza", |kind| kind.id.as_str())
    }

    pub(super) fn course_of(&self, status: &CourseStatus) -> &Course {
        &self.kinds[usize::from(status.kind)].variants[usize::from(status.variant)]
    }

    /// Evaluates a history and forecasts what is needed, for one child on one day. The order of the doses
    /// does not matter. Any input has an answer; what was odd about it is among the findings.
    pub fn assess(&self, child: &Child, doses: &[Dose], on: Date, answer: &mut Assessment) {
        let mut on = Civil::from(on).day;
        answer.courses.clear();
        answer.verdicts.clear();
        answer.findings.clear();
        if child.born.day > on {
            answer.findings.push(Finding::NotYetBorn);
            on = child.born.day;
        }
        self.gather(child, doses, on, answer);
        let live = self.live_until(answer);
        for (kind, group) in self.kinds.iter().enumerate() {
            let followed = group.variants.iter().position(|course| course.concerns(child, on));
            let Some(variant) = followed else { continue };
            let course = &group.variants[variant];
            let mut progress = self.walk(course, child, kind as u8, answer);
            let status = self.forecast(course, child, on, &mut progress, live, answer);
            answer.courses.push(CourseStatus { kind: kind as u8, variant: variant as u8, ..status });
        }
        self.assess_influenza(child, on, answer);
    }

    /// The history in order of dates, without what cannot be weighed.
    fn gather(&self, child: &Child, doses: &[Dose], on: Day, answer: &mut Assessment) {
        answer.history.clear();
        for (position, dose) in doses.iter().enumerate() {
            if dose.given.day < child.born.day {
                answer.findings.push(Finding::BeforeBirth(position));
            } else if dose.given.day > on {
                answer.findings.push(Finding::InFuture(position));
            } else if answer.history.len() == DOSES_WEIGHED {
                answer.findings.push(Finding::TooMany(position));
            } else {
                let vaccine = &self.vaccines[usize::from(dose.vaccine.0)];
                let given = Given {
                    on: dose.given,
                    antigens: vaccine.antigens(child.born, dose.given.day),
                    vaccine: dose.vaccine,
                    position: position as u16,
                    spoilt: false,
                    four_weeks_apart: vaccine.four_weeks_apart,
                };
                let key = |one: &Given| (one.on.day, one.vaccine);
                let in_order = answer.history.last().is_none_or(|last| key(last) < key(&given));
                if in_order {
                    answer.history.push(given);
                    continue;
                }
                let place = answer.history.partition_point(|one| key(one) < key(&given));
                if answer.history.get(place).is_some_and(|one| key(one) == key(&given)) {
                    answer.findings.push(Finding::Duplicate(position));
                } else {
                    answer.history.insert(place, given);
                }
            }
        }
        self.mark_spoilt(&mut answer.history);
    }

    /// Marks the live vaccines that were given within four weeks of a different live vaccine on another day.
    fn mark_spoilt(&self, history: &mut [Given]) {
        let mut last: Option<(Day, Antigens)> = None;
        let mut today: Option<(Day, Antigens)> = None;
        for given in history.iter_mut().filter(|given| given.four_weeks_apart) {
            if today.is_some_and(|(day, _)| day != given.on.day) {
                last = today;
            }
            given.spoilt = last.is_some_and(|(day, antigens)| {
                given.on.day < day + self.live_gap.rough_days() && antigens & given.antigens == 0
            });
            let together = today.filter(|(day, _)| *day == given.on.day).map_or(0, |(_, antigens)| antigens);
            today = Some((given.on.day, together | given.antigens));
        }
    }

    fn walk(&self, course: &Course, child: &Child, kind: u8, answer: &mut Assessment) -> Progress {
        let mut progress = Progress {
            slot: 0,
            counted: 0,
            counted_on: [Day::MAX; 8],
            previous: None,
            last_any: None,
            any: 0,
            missed: false,
        };
        let (anchor, bit) = (course.anchor(child), 1 << course.antigen);
        for given in answer.history.iter().filter(|given| given.antigens & bit != 0) {
            progress.pass_over(course, anchor, given.on.day);
            progress.any += u8::from(progress.last_any != Some(given.on));
            progress.last_any = Some(given.on);
            let verdict = match course.slots.get(progress.slot) {
                None if progress.missed => Verdict::DoesNotCount(Why::TooOld),
                None => Verdict::DoesNotCount(Why::NotNeeded),
                Some(slot) => match self.judge(slot, anchor, given, &progress) {
                    Some(why) => Verdict::DoesNotCount(why),
                    None => {
                        progress.count(given.on);
                        Verdict::Counts(progress.slot as u8)
                    }
                },
            };
            answer.verdicts.push(DoseVerdict { dose: usize::from(given.position), verdict, kind });
        }
        progress
    }

    /// Why a dose does not fill a place; none when it does.
    fn judge(&self, slot: &Slot, anchor: Civil, given: &Given, progress: &Progress) -> Option<Why> {
        let with_grace = given.on.day + self.grace.rough_days();
        if !slot.earliest.passed(anchor, with_grace) {
            return Some(Why::TooYoung);
        }
        if let Some(previous) = progress.previous {
            let (least, _) = slot.intervals(anchor, previous);
            if !least.passed(previous, with_grace) {
                return Some(Why::TooSoon);
            }
        }
        if given.spoilt {
            return Some(Why::AfterLiveVaccine);
        }
        (given.on.day < slot.given_from).then_some(Why::BeforeProgramme)
    }

    fn forecast(
        &self,
        course: &Course,
        child: &Child,
        on: Day,
        progress: &mut Progress,
        live: Day,
        answer: &Assessment,
    ) -> CourseStatus {
        let anchor = course.anchor(child);
        let live = if course.four_weeks_apart { live } else { crate::calendar::EARLIEST };
        let mut status = CourseStatus {
            kind: 0,
            variant: 0,
            slot: 0,
            counted: progress.counted,
            standing: Standing::Complete,
            earliest: 0,
            due: 0,
            overdue: crate::calendar::LATEST,
        };
        loop {
            progress.pass_over(course, anchor, on);
            status.slot = progress.slot as u8;
            let Some(slot) = course.slots.get(progress.slot) else {
                status.standing = if progress.missed { Standing::TooOld } else { Standing::Complete };
                break;
            };
            (status.earliest, status.due) = self.days(course, slot, anchor, progress, answer);
            status.earliest = status.earliest.max(live);
            status.due = status.due.max(live);
            if !slot.lapsed(anchor, status.earliest) {
                self.stand(course, slot, anchor, on, &mut status);
                break;
            }
            progress.lapse(course);
        }
        if child.conditions.0 & course.immune_if != 0 && status.wanted() {
            status.standing = Standing::Immune;
        }
        status
    }

    /// The first day on which the next dose may be given, and the day on which it is due.
    fn days(
        &self,
        course: &Course,
        slot: &Slot,
        anchor: Civil,
        progress: &Progress,
        answer: &Assessment,
    ) -> (Day, Day) {
        let mut earliest = slot.earliest.after(anchor).max(course.starts).max(slot.given_from);
        let mut age_due = slot.due.after(anchor);
        if let Some((antigen, since, due)) = slot.sooner_without {
            let from = since.after(anchor);
            let mut having = answer.history.iter().filter(|given| given.antigens >> antigen & 1 == 1);
            if !having.any(|given| given.on.day >= from) {
                age_due = age_due.min(due.after(anchor));
            }
        }
        let mut spaced = earliest;
        if let Some(previous) = progress.previous {
            let (least, recommended) = slot.intervals(anchor, previous);
            earliest = earliest.max(least.after(previous));
            spaced = spaced.max(recommended.after(previous));
            if slot.sooner.is_some_and(|from| from.passed(anchor, previous.day)) {
                age_due = age_due.min(earliest);
            }
        }
        if let (Some(span), Some(last)) = (slot.spacing_from_any, progress.last_any) {
            earliest = earliest.max(span.after(last));
        } else if let Some(last) = progress.last_any {
            // A dose that did not count still sets the least interval before the next.
            earliest = earliest.max(last.day + self.least_gap(slot));
        }
        (earliest, earliest.max(spaced).max(age_due))
    }

    /// The least gap, in days, after a dose that did not count: the dose's own interval, at most a visit gap.
    fn least_gap(&self, slot: &Slot) -> Day {
        slot.interval.rough_days().min(self.visit_gap.rough_days())
    }

    fn stand(&self, course: &Course, slot: &Slot, anchor: Civil, on: Day, status: &mut CourseStatus) {
        if status.due > course.stops || on > course.stops {
            status.standing = Standing::Ended;
            return;
        }
        if !course.never_overdue {
            let after = add(status.due, self.overdue_after);
            status.overdue = slot.overdue.map_or(after, |age| age.after(anchor).max(after));
        }
        status.standing = if on >= status.overdue {
            Standing::Overdue
        } else if on >= status.due {
            Standing::Due
        } else {
            Standing::Later
        };
    }

    /// The day until which a live vaccine must wait for another that was given; the first day when none.
    fn live_until(&self, answer: &Assessment) -> Day {
        let last = answer.history.iter().rev().find(|given| given.four_weeks_apart);
        last.map_or(crate::calendar::EARLIEST, |given| given.on.day + self.live_gap.rough_days())
    }
}

fn add(day: Day, span: Span) -> Day {
    Civil::from_day(day).plus(span)
}

impl Progress {
    fn count(&mut self, on: Civil) {
        if let Some(place) = self.counted_on.get_mut(usize::from(self.counted)) {
            *place = on.day;
        }
        self.counted += 1;
        self.slot += 1;
        self.previous = Some(on);
        self.missed = false;
    }

    /// Passes over a place whose age has passed, and the whole course when that place is required.
    fn lapse(&mut self, course: &Course) {
        let required = course.slots.get(self.slot).is_some_and(|slot| slot.required);
        self.slot = if required { course.slots.len() } else { self.slot + 1 };
        self.missed = true;
    }

    /// Passes over the places that are not needed or whose age has passed on this day.
    fn pass_over(&mut self, course: &Course, anchor: Civil, on: Day) {
        while let Some(slot) = course.slots.get(self.slot) {
            let skipped = slot.skip.is_some_and(|(doses, before)| match before {
                None => self.any >= doses,
                Some(age) => {
                    let before = age.after(anchor);
                    self.counted_on.iter().filter(|day| **day < before).count() >= usize::from(doses)
                }
            });
            if skipped {
                self.slot += 1;
            } else if slot.lapsed(anchor, on) {
                self.lapse(course);
            } else {
                break;
            }
        }
    }
}

impl Course {
    /// Whether the course holds for a child on a day.
    fn concerns(&self, child: &Child, on: Day) -> bool {
        let sex = match child.sex {
            vocabulary::Sex::Female => 1,
            vocabulary::Sex::Male => 2,
            vocabulary::Sex::Persons => 4,
        };
        (self.born.0..=self.born.1).contains(&child.born.day)
            && (self.assessed.0..=self.assessed.1).contains(&on)
            && self.sexes & sex != 0
            && (self.conditions == 0 || self.conditions & child.conditions.0 != 0)
            && (!self.in_pregnancy || child.delivery.is_some())
    }

    /// The day from which ages are counted: birth, or for a vaccine in pregnancy the expected birth.
    fn anchor(&self, child: &Child) -> Civil {
        match child.delivery {
            Some(day) if self.in_pregnancy => Civil::from_day(day),
            _ => child.born,
        }
    }
}
