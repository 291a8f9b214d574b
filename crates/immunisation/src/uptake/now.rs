//! Who is under-vaccinated now, and how many doses of MMR each birth cohort has had.

use std::collections::BTreeMap;

use vocabulary::Date;

use crate::outbreak::Cohort;
use crate::uk::{Assessment, Child, Dose, Schedule, Standing};

/// How a group of children stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandingNow {
    /// Children in the group.
    pub children: u32,
    /// Those with at least one dose overdue.
    pub under_vaccinated: u32,
    /// Those with no dose overdue but at least one due.
    pub due: u32,
    /// For each course, the children for whom it is overdue.
    pub overdue_by_course: BTreeMap<String, u32>,
}

/// How each group of children stands on a day, by the whole schedule.
pub fn standing_now<'a, K: Ord>(
    schedule: &Schedule,
    children: impl IntoIterator<Item = (&'a Child, &'a [Dose], K)>,
    on: Date,
) -> BTreeMap<K, StandingNow> {
    let mut groups: BTreeMap<K, StandingNow> = BTreeMap::new();
    let mut assessment = Assessment::default();
    for (child, doses, group) in children {
        schedule.assess(child, doses, on, &mut assessment);
        let standing = groups.entry(group).or_default();
        standing.children += 1;
        let overdue = assessment.courses().iter().filter(|status| status.standing() == Standing::Overdue);
        for status in overdue {
            *standing.overdue_by_course.entry(status.course(schedule).to_owned()).or_default() += 1;
        }
        if assessment.under_vaccinated() {
            standing.under_vaccinated += 1;
        } else if assessment.courses().iter().any(|status| status.standing() == Standing::Due) {
            standing.due += 1;
        }
    }
    groups
}

/// The doses of a course that children of each group and birth year have had on a day: none, one, or two and more
/// that count. `course` is `mmr` for measles, mumps and rubella. Children not yet born then are left out.
pub fn doses_by_birth_year<'a, K: Ord>(
    schedule: &Schedule,
    course: &str,
    children: impl IntoIterator<Item = (&'a Child, &'a [Dose], K)>,
    on: Date,
) -> BTreeMap<(K, i16), Cohort> {
    let mut cohorts: BTreeMap<(K, i16), Cohort> = BTreeMap::new();
    let mut assessment = Assessment::default();
    for (child, doses, group) in children {
        if child.born() > on {
            continue;
        }
        schedule.assess(child, doses, on, &mut assessment);
        let counted = assessment.course(schedule, course).map_or(0, |status| status.doses_counted());
        let cohort = cohorts.entry((group, child.born().year())).or_default();
        match counted {
            0 => cohort.none += 1,
            1 => cohort.one_dose += 1,
            _ => cohort.two_doses += 1,
        }
    }
    cohorts
}
