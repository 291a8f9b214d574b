//! Which doses count, and what each course still needs.
//!
//! A course is walked once, dose by dose: a dose fills the next place of the course or is set aside with the
//! reason, and places whose age has passed lapse. The walk is greedy, which for least ages and least
//! intervals leaves no course shorter than any other choice of doses would.

use vocabulary::Date;

use crate::calendar::{Civil, Day, Span};

use super::answer::{Assessment, CourseStatus, DoseVerdict, Given, Standing, Verdict, Why};
use super::child::{Child, Dose, Finding};
use super::schedule::Schedule;
use super::table::{Antigens, Course, Slot};

/// The most doses of one child that are weighed; a whole childhood is about 35.
pub const DOSES_WEIGHED: usize = 96;

/// The rules of a place, in the order in which they are asked: a dose that fails one is set aside for it.
pub(super) const RULES: [Why; 4] = [Why::TooYoung, Why::TooSoon, Why::AfterLiveVaccine, Why::BeforeProgramme];

/// How far a walk along a course has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    pub(super) slot: usize,
    counted: u8,
    counted_on: [Day; 8],
    pub(super) previous: Option<Civil>,
    last_any: Option<Civil>,
    any: u8,
    missed: bool,
}

impl Default for Progress {
    fn default() -> Progress {
        Progress {
            slot: 0,
            counted: 0,
            counted_on: [Day::MAX; 8],
            previous: None,
            last_any: None,
            any: 0,
            missed: false,
        }
    }
}

impl Schedule {
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
        let mut progress = Progress::default();
        let (anchor, bit) = (course.anchor(child), 1 << course.antigen);
        for given in answer.history.iter().filter(|given| given.antigens & bit != 0) {
            let verdict = self.step(course, anchor, given, &mut progress);
            answer.verdicts.push(DoseVerdict { dose: usize::from(given.position), verdict, kind });
        }
        progress
    }

    /// How the next dose of the history counts towards a course.
    #[inline]
    pub(super) fn step(
        &self,
        course: &Course,
        anchor: Civil,
        given: &Given,
        progress: &mut Progress,
    ) -> Verdict {
        progress.reach(course, anchor, given);
        match course.slots.get(progress.slot) {
            None if progress.missed => Verdict::DoesNotCount(Why::TooOld),
            None => Verdict::DoesNotCount(Why::NotNeeded),
            Some(slot) => match self.judge(slot, anchor, given, progress) {
                Some(why) => Verdict::DoesNotCount(why),
                None => {
                    progress.count(given.on);
                    Verdict::Counts(progress.slot as u8)
                }
            },
        }
    }

    /// Why a dose does not fill a place; none when it does.
    fn judge(&self, slot: &Slot, anchor: Civil, given: &Given, progress: &Progress) -> Option<Why> {
        RULES.into_iter().find(|rule| !self.met(*rule, slot, anchor, given, progress))
    }

    /// Whether a dose meets one of the rules of a place.
    #[inline]
    pub(super) fn met(
        &self,
        rule: Why,
        slot: &Slot,
        anchor: Civil,
        given: &Given,
        progress: &Progress,
    ) -> bool {
        let with_grace = given.on.day + self.grace.rough_days();
        match rule {
            Why::TooYoung => slot.earliest.passed(anchor, with_grace),
            Why::TooSoon => progress.previous.is_none_or(|previous| {
                let (least, _) = slot.intervals(anchor, previous);
                least.passed(previous, with_grace)
            }),
            Why::AfterLiveVaccine => !given.spoilt,
            Why::BeforeProgramme => given.on.day >= slot.given_from,
            Why::NotNeeded | Why::TooOld => true,
        }
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
    /// Moves on to the place that a dose is held against.
    pub(super) fn reach(&mut self, course: &Course, anchor: Civil, given: &Given) {
        self.pass_over(course, anchor, given.on.day);
        self.any += u8::from(self.last_any != Some(given.on));
        self.last_any = Some(given.on);
    }

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
    pub(super) fn anchor(&self, child: &Child) -> Civil {
        match child.delivery {
            Some(day) if self.in_pregnancy => Civil::from_day(day),
            _ => child.born,
        }
    }
}
