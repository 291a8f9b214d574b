//! Where the sources disagree: whether the other choice would have changed the answer for this child.

use vocabulary::Date;

use super::answer::Assessment;
use super::child::{Child, Dose};
use super::schedule::Schedule;

/// A disagreement between sources that matters for this child on this day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mattered {
    /// The parameter's name.
    pub parameter: String,
    /// The question in plain words.
    pub question: String,
    /// The choice that holds.
    pub chosen: String,
    /// What the choice means, and its source.
    pub meaning: (String, String),
    /// The choice with which the answer would differ.
    pub other: String,
    /// What that choice means, and its source.
    pub other_meaning: (String, String),
    /// The names of the courses for which it would differ.
    pub courses: Vec<String>,
}

impl Schedule {
    /// The disagreements between sources that change how this child stands on this day: where another choice
    /// gives another number of doses counted, another standing or another day due.
    pub fn mattered(&self, child: &Child, history: &[Dose], on: Date) -> Vec<Mattered> {
        let (mut here, mut there) = (Assessment::default(), Assessment::default());
        self.assess(child, history, on, &mut here);
        let mut mattered = Vec::new();
        for alternative in &self.alternatives {
            alternative.schedule.assess(child, history, on, &mut there);
            let courses = differing(self, &here, &there);
            let Some(parameter) = self.parameters().iter().find(|one| one.name == alternative.parameter)
            else {
                continue;
            };
            if courses.is_empty() {
                continue;
            }
            let meaning = |choice: &str| {
                let found = parameter.choices.iter().find(|(name, ..)| name == choice);
                found.map(|(_, meaning, source)| (meaning.clone(), source.clone())).unwrap_or_default()
            };
            mattered.push(Mattered {
                parameter: parameter.name.clone(),
                question: parameter.question.clone(),
                chosen: parameter.chosen.clone(),
                meaning: meaning(&parameter.chosen),
                other: alternative.choice.clone(),
                other_meaning: meaning(&alternative.choice),
                courses,
            });
        }
        mattered
    }
}

fn differing(schedule: &Schedule, here: &Assessment, there: &Assessment) -> Vec<String> {
    // The earliest day alone does not matter: nobody acts on it before the dose is due.
    let same = |one: &super::CourseStatus, other: &super::CourseStatus| {
        let wanted = (one.standing, one.counted) == (other.standing, other.counted);
        wanted && (!one.wanted() || (one.due, one.overdue) == (other.due, other.overdue))
    };
    let changed = here.courses().iter().filter(|one| {
        let other = there.courses().iter().find(|other| other.kind == one.kind);
        !other.is_some_and(|other| same(one, other))
    });
    changed.map(|status| status.name(schedule).to_owned()).collect()
}
