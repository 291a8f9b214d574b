//! Every rule that a dose met and failed, course by course, in plain words.
//!
//! The explanation walks each course with the very functions that the assessment walks with, and asks each dose
//! every rule instead of stopping at the first that fails.

use vocabulary::Date;

use super::answer::{Assessment, CourseStatus, Given, Standing, Verdict, Why};
use super::assess::{Progress, RULES};
use super::child::{Child, Dose};
use super::schedule::Schedule;
use super::table::{Course, Slot};
use super::words::date;
use crate::calendar::{Civil, to_date};

/// What was asked of each dose, and where the child stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The courses that concern the child, in the schedule's order.
    pub courses: Vec<CourseExplanation>,
    /// What was odd about the record, and doses that belong to no course.
    pub remarks: Vec<String>,
}

/// One course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseExplanation {
    /// The course's id.
    pub course: String,
    /// The course's name in plain words.
    pub name: String,
    /// Where the rules are from.
    pub source: String,
    /// What was asked, dose by dose.
    pub steps: Vec<Step>,
    /// Where the child stands and what follows.
    pub standing: String,
}

/// One rule and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The position of the dose in the input.
    pub dose: usize,
    /// Whether the rule was met, or for the last step of a dose whether the dose counts.
    pub met: bool,
    /// In plain words.
    pub text: String,
}

impl Schedule {
    /// Explains an assessment: the same arguments as [`Schedule::assess`].
    pub fn explain(&self, child: &Child, doses: &[Dose], on: Date) -> Explanation {
        let mut answer = Assessment::default();
        self.assess(child, doses, on, &mut answer);
        let courses = answer.courses().iter().map(|status| CourseExplanation {
            course: status.course(self).to_owned(),
            name: status.name(self).to_owned(),
            source: status.source(self).to_owned(),
            steps: match self.kinds.get(usize::from(status.kind)) {
                Some(_) => self.course_steps(self.course_of(status), child, &answer),
                None => self.influenza_steps(&answer),
            },
            standing: standing(self, status),
        });
        let courses = courses.collect();
        let mut remarks: Vec<String> = answer.findings().iter().map(ToString::to_string).collect();
        for given in &answer.history {
            let position = usize::from(given.position);
            if !answer.verdicts().iter().any(|verdict| verdict.dose == position) {
                remarks.push(format!("{} belongs to no course that concerns the child", self.named(given)));
            }
        }
        Explanation { courses, remarks }
    }

    fn named(&self, given: &Given) -> String {
        let name = self.vaccine_name(given.vaccine);
        format!("dose {} ({name}, {})", given.position + 1, date(to_date(given.on.day)))
    }

    fn course_steps(&self, course: &Course, child: &Child, answer: &Assessment) -> Vec<Step> {
        let (anchor, bit) = (course.anchor(child), 1 << course.antigen);
        let mut progress = Progress::default();
        let mut steps = Vec::new();
        for given in answer.history.iter().filter(|given| given.antigens & bit != 0) {
            let dose = usize::from(given.position);
            let mut reached = progress;
            reached.reach(course, anchor, given);
            if let Some(slot) = course.slots.get(reached.slot) {
                let label = &slot.label;
                let text = format!("{} is held against: {label}", self.named(given));
                steps.push(Step { dose, met: true, text });
                let apart = given.four_weeks_apart;
                for rule in RULES.into_iter().filter(|rule| apart || *rule != Why::AfterLiveVaccine) {
                    let Some(text) = rule_words(rule, slot, anchor, &reached) else { continue };
                    let met = self.met(rule, slot, anchor, given, &reached);
                    steps.push(Step { dose, met, text });
                }
            }
            let verdict = self.step(course, anchor, given, &mut progress);
            steps.push(Step {
                dose,
                met: matches!(verdict, Verdict::Counts(_)),
                text: format!("{} {}", self.named(given), verdict_words(verdict)),
            });
        }
        steps
    }

    fn influenza_steps(&self, answer: &Assessment) -> Vec<Step> {
        let of_course = answer.verdicts().iter().filter(|verdict| verdict.course(self) == "influenza");
        let steps = of_course.filter_map(|verdict| {
            let given = answer.history.iter().find(|one| usize::from(one.position) == verdict.dose)?;
            Some(Step {
                dose: verdict.dose,
                met: matches!(verdict.verdict, Verdict::Counts(_)),
                text: format!("{} {}", self.named(given), verdict_words(verdict.verdict)),
            })
        });
        steps.collect()
    }
}

/// A rule of a place in words; none where the place has no such rule.
fn rule_words(rule: Why, slot: &Slot, anchor: Civil, reached: &Progress) -> Option<String> {
    let day = |day| date(to_date(day));
    Some(match rule {
        Why::TooYoung => {
            let from = slot.earliest.after(anchor);
            format!("given at {} or later, that is from {}", slot.earliest, day(from))
        }
        Why::TooSoon => {
            let previous = reached.previous?;
            let (least, _) = slot.intervals(anchor, previous);
            let from = day(least.after(previous));
            format!("at least {least} after the dose that counted before, that is from {from}")
        }
        Why::AfterLiveVaccine => {
            "not within four weeks of a different live vaccine given on another day".to_owned()
        }
        Why::BeforeProgramme => {
            let since = (slot.given_from > crate::calendar::EARLIEST).then_some(slot.given_from)?;
            format!("given on or after {}, when the programme began", day(since))
        }
        Why::NotNeeded | Why::TooOld => return None,
    })
}

fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Counts(number) => format!("counts as dose {number}"),
        Verdict::DoesNotCount(why) => format!("does not count: {}", why.words()),
    }
}

fn standing(schedule: &Schedule, status: &CourseStatus) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "never".to_owned(), date);
    match status.standing() {
        Standing::Complete => "all that is needed has been given".to_owned(),
        Standing::Immune => "immune, so nothing is needed".to_owned(),
        Standing::TooOld => "what was missed is no longer given at this age".to_owned(),
        Standing::Ended => "the programme has ended".to_owned(),
        wanted @ (Standing::Later | Standing::Due | Standing::Overdue) => format!(
            "{}: dose {} may be given from {}, is due on {} and overdue from {} [{}]",
            wanted.code(),
            status.slot + 1,
            day(status.earliest()),
            day(status.due()),
            day(status.overdue()),
            status.source(schedule),
        ),
    }
}

/// A heading for each course, a line for each rule (`+` met, `-` failed), then where the child stands.
impl std::fmt::Display for Explanation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for course in &self.courses {
            writeln!(f, "{} ({}) [{}]", course.name, course.course, course.source)?;
            for step in &course.steps {
                writeln!(f, "  {} {}", if step.met { '+' } else { '-' }, step.text)?;
            }
            writeln!(f, "  = {}", course.standing)?;
        }
        for remark in &self.remarks {
            writeln!(f, "note: {remark}")?;
        }
        Ok(())
    }
}
