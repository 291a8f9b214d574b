//! Time to vaccination: the share vaccinated by each age.

use vocabulary::Date;

use crate::uk::{Assessment, Child, Dose, Schedule, Verdict};

/// One child: the age in days at which the dose was given, or until which the child was seen without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// The age in days.
    pub age: u32,
    /// Whether the dose was given then; otherwise the child was last seen then, not vaccinated.
    pub vaccinated: bool,
}

/// The curve at an age at which somebody was vaccinated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The age in days.
    pub age: u32,
    /// Children of that age who were being watched and not yet vaccinated.
    pub at_risk: u32,
    /// Those vaccinated at that age.
    pub vaccinated: u32,
    /// The share vaccinated by that age, from 0 to 1.
    pub share: f64,
    /// The lower end of its 95% interval.
    pub low: f64,
    /// The upper end of its 95% interval.
    pub high: f64,
}

/// The share vaccinated by age.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    steps: Vec<Step>,
}

impl Curve {
    /// The steps in order of age.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The share vaccinated by an age in days.
    pub fn share_by(&self, age: u32) -> f64 {
        let before = self.steps.partition_point(|step| step.age <= age);
        before.checked_sub(1).map_or(0.0, |last| self.steps[last].share)
    }

    /// The first age in days by which at least this share was vaccinated; none when the curve does not reach it.
    pub fn age_at(&self, share: f64) -> Option<u32> {
        self.steps.iter().find(|step| step.share >= share).map(|step| step.age)
    }
}

/// When a child had a numbered dose of a course, counted as the schedule counts it; or until when the child
/// was seen without it: the day of assessment, or the day the child left. None when the child left before birth,
/// or the course does not concern the child.
pub fn observe(
    schedule: &Schedule,
    child: &Child,
    doses: &[Dose],
    (course, number): (&str, u8),
    on: Date,
    left: Option<Date>,
) -> Option<Observed> {
    let mut assessment = Assessment::default();
    schedule.assess(child, doses, on, &mut assessment);
    assessment.course(schedule, course)?;
    let born = child.born();
    let age = |date: Date| date.since(born).ok().and_then(|span| u32::try_from(span.get_days()).ok());
    let last_seen = left.map_or(on, |left| left.min(on));
    let given = assessment.verdicts().iter().filter(|verdict| verdict.course(schedule) == course);
    let counted = given
        .filter(|verdict| matches!(verdict.verdict, Verdict::Counts(_)))
        .nth(usize::from(number.max(1) - 1));
    match counted.map(|verdict| doses[verdict.dose].given()) {
        Some(date) if date <= last_seen => Some(Observed { age: age(date)?, vaccinated: true }),
        _ => Some(Observed { age: age(last_seen)?, vaccinated: false }),
    }
}

/// The share vaccinated by each age: one less the product-limit estimate (Kaplan and Meier, Journal of the American
/// Statistical Association 1958; 53: 457-481). The interval is Greenwood's on the log-minus-log scale (Kalbfleisch and
/// Prentice, The Statistical Analysis of Failure Time Data, 2002, section 1.4).
pub fn timeliness(observed: impl IntoIterator<Item = Observed>) -> Curve {
    let mut observed: Vec<Observed> = observed.into_iter().collect();
    observed.sort_unstable();
    let (mut unvaccinated, mut greenwood) = (1.0_f64, 0.0_f64);
    let mut steps = Vec::new();
    let mut place = 0;
    while place < observed.len() {
        let age = observed[place].age;
        let same = observed[place..].partition_point(|one| one.age == age);
        let vaccinated = observed[place..place + same].iter().filter(|one| one.vaccinated).count();
        let at_risk = observed.len() - place;
        place += same;
        if vaccinated == 0 {
            continue;
        }
        let (events, watched) = (vaccinated as f64, at_risk as f64);
        unvaccinated *= 1.0 - events / watched;
        greenwood += events / (watched * (watched - events));
        let (low, high) = interval(unvaccinated, greenwood);
        steps.push(Step {
            age,
            at_risk: at_risk as u32,
            vaccinated: vaccinated as u32,
            share: 1.0 - unvaccinated,
            low: 1.0 - high,
            high: 1.0 - low,
        });
    }
    Curve { steps }
}

/// The interval of the unvaccinated share; the share itself at the ends, where there is no other.
fn interval(share: f64, greenwood: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 {
        return (share, share);
    }
    let spread = 1.959_963_984_540_054 * greenwood.sqrt() / share.ln().abs();
    (share.powf(spread.exp()), share.powf((-spread).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 6-MP arm of Freireich and others (Blood 1963; 21: 699-716), the textbook example; + was still in remission.
    const FREIREICH: &str = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";

    fn read(text: &str) -> Vec<Observed> {
        let one = |word: &str| Observed {
            age: word.trim_end_matches('+').parse().unwrap(),
            vaccinated: !word.ends_with('+'),
        };
        text.split_whitespace().map(one).collect()
    }

    #[test]
    fn the_textbook_curve() {
        // Survival and its 95% log-minus-log interval as in Kalbfleisch and Prentice and in R's survival package.
        let expected = [
            (6, 21, 3, 0.857_1, 0.619_7, 0.951_6),
            (7, 17, 1, 0.806_7, 0.563_1, 0.922_8),
            (10, 15, 1, 0.752_9, 0.503_2, 0.889_4),
            (13, 12, 1, 0.690_2, 0.431_6, 0.849_1),
            (16, 11, 1, 0.627_5, 0.367_5, 0.804_9),
            (22, 7, 1, 0.537_8, 0.267_8, 0.746_8),
            (23, 6, 1, 0.448_2, 0.188_1, 0.680_1),
        ];
        let curve = timeliness(read(FREIREICH));
        assert_eq!(curve.steps().len(), expected.len());
        for (step, (age, at_risk, vaccinated, survival, low, high)) in curve.steps().iter().zip(expected) {
            assert_eq!((step.age, step.at_risk, step.vaccinated), (age, at_risk, vaccinated));
            for (found, expected) in
                [(1.0 - step.share, survival), (1.0 - step.high, low), (1.0 - step.low, high)]
            {
                assert!((found - expected).abs() < 6e-5, "{age}: {found}, not {expected}");
            }
        }
        assert_eq!((curve.age_at(0.5), curve.age_at(0.9)), (Some(23), None));
        assert!((curve.share_by(12) - 0.247_1).abs() < 6e-5);
        assert_eq!(curve.share_by(5), 0.0);
    }

    #[test]
    fn without_censoring_it_is_the_plain_share() {
        let curve = timeliness(read("1 2 3 4 5 6 7 8"));
        for (place, step) in curve.steps().iter().enumerate() {
            assert!((step.share - (place + 1) as f64 / 8.0).abs() < 1e-12);
        }
        assert_eq!(timeliness([]), Curve::default());
        assert!(timeliness(read("5+ 6+")).steps().is_empty());
    }
}
