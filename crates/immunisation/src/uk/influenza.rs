//! Influenza: a dose each season, for the ages of that season's letter and for those at risk.

use crate::calendar::{Civil, Day, LATEST, Span, to_date};

use super::answer::{Assessment, CourseStatus, DoseVerdict, Standing, Verdict, Why};
use super::child::Child;
use super::schedule::Schedule;

impl Schedule {
    /// The season that the day lies in, or else the next one, and what the child needs in it. Nothing is said
    /// when the child is not offered the vaccine then. It is never overdue: the season ends.
    pub(super) fn assess_influenza(&self, child: &Child, on: Day, answer: &mut Assessment) {
        let Some(season) = self.seasons.iter().find(|season| on <= season.ends) else { return };
        let at_risk = child.delivery.is_some_and(|day| day >= season.starts.day && day - 280 <= season.ends)
            || child.conditions.0 & self.influenza_risk != 0;
        let rules = self.influenza_rules;
        let age = whole_years(child.born, season.ages_on);
        let by_age = child.born.day <= season.ages_on && (season.ages.0..=season.ages.1).contains(&age);
        let kind = self.kinds.len() as u8;
        let (mut before, mut during) = (false, 0_u8);
        let mut last = None;
        for given in answer.history.iter().filter(|given| given.antigens >> self.influenza & 1 == 1) {
            let counts = given.on.day >= season.starts.day;
            let verdict = if given.on.day < child.born.plus(rules.least_age) {
                Verdict::DoesNotCount(Why::TooYoung)
            } else if !counts {
                before = true;
                Verdict::DoesNotCount(Why::BeforeProgramme)
            } else if last.is_some_and(|day| given.on.day < day + rules.between.rough_days()) {
                Verdict::DoesNotCount(Why::TooSoon)
            } else {
                during += 1;
                last = Some(given.on.day);
                Verdict::Counts(during)
            };
            answer.verdicts.push(DoseVerdict { dose: usize::from(given.position), verdict, kind });
        }
        if !(by_age || at_risk) {
            return;
        }
        let two = at_risk && !before && season.starts.day < child.born.plus(rules.two_doses_under);
        let needed = if two { 2 } else { 1 };
        let due = season
            .starts
            .day
            .max(child.born.plus(rules.least_age))
            .max(last.map_or(Day::MIN, |day| day + rules.between.rough_days()));
        let standing = match () {
            () if during >= needed => Standing::Complete,
            () if due > season.ends => return,
            () if on >= due => Standing::Due,
            () => Standing::Later,
        };
        answer.courses.push(CourseStatus {
            kind,
            variant: 0,
            slot: during.min(1),
            counted: during,
            standing,
            earliest: due,
            due,
            overdue: LATEST,
        });
    }
}

fn whole_years(born: Civil, on: Day) -> u8 {
    let (born_on, on_date) = (to_date(born.day), to_date(on));
    let years = i32::from(on_date.year()) - i32::from(born_on.year());
    let reached = born.plus(Span::new(years.clamp(0, 200) as i16, 0, 0)) <= on;
    (years - i32::from(!reached)).clamp(0, 255) as u8
}
