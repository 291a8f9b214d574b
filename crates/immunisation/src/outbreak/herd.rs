//! The effective reproduction number and what is short of herd immunity.

use super::disease::Disease;

/// The children of an area or a birth cohort by the doses that they have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cohort {
    /// Children with no dose that counts.
    pub none: u32,
    /// Children with one.
    pub one_dose: u32,
    /// Children with two or more.
    pub two_doses: u32,
}

impl Cohort {
    /// All the children.
    pub fn children(self) -> u32 {
        self.none + self.one_dose + self.two_doses
    }

    /// The expected number who are susceptible.
    pub fn susceptible(self, disease: &Disease) -> f64 {
        f64::from(self.none)
            + f64::from(self.one_dose) * (1.0 - disease.efficacy_one_dose)
            + f64::from(self.two_doses) * (1.0 - disease.efficacy_two_doses)
    }
}

/// The effective reproduction number: how many one case would infect among these cohorts together, R0 times
/// the share susceptible (Anderson and May, Infectious Diseases of Humans, 1991, section 4.2). None when there are
/// no children.
pub fn reproduction_number(disease: &Disease, cohorts: &[Cohort]) -> Option<f64> {
    let children: u32 = cohorts.iter().map(|cohort| cohort.children()).sum();
    let susceptible: f64 = cohorts.iter().map(|cohort| cohort.susceptible(disease)).sum();
    (children > 0).then(|| disease.r0 * susceptible / f64::from(children))
}

/// What is short of herd immunity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortfall {
    /// The effective reproduction number now.
    pub reproduction_number: f64,
    /// The share susceptible now.
    pub susceptible_share: f64,
    /// The largest share susceptible at which an infection dies out: 1 over R0.
    pub susceptible_limit: f64,
    /// The fewest children to vaccinate fully for it: first those with no dose, then those with one.
    pub children_to_vaccinate: u32,
    /// Whether vaccinating every child would reach it.
    pub reachable: bool,
}

/// How many children to vaccinate so that the effective reproduction number is no more than 1. None when there
/// are no children or R0 is not positive.
pub fn shortfall(disease: &Disease, cohorts: &[Cohort]) -> Option<Shortfall> {
    let reproduction_number = reproduction_number(disease, cohorts)?;
    if disease.r0 <= 0.0 {
        return None;
    }
    let sum = |count: fn(&Cohort) -> u32| cohorts.iter().map(count).sum::<u32>();
    let (none, one_dose) = (sum(|cohort| cohort.none), sum(|cohort| cohort.one_dose));
    let children = f64::from(sum(|cohort| cohort.children()));
    let susceptible: f64 = cohorts.iter().map(|cohort| cohort.susceptible(disease)).sum();
    let limit = 1.0 / disease.r0;
    let excess = (susceptible - limit * children).max(0.0);
    let from_none = whole(excess / disease.efficacy_two_doses).min(none);
    let left = (excess - f64::from(from_none) * disease.efficacy_two_doses).max(0.0);
    let gain = disease.efficacy_two_doses - disease.efficacy_one_dose;
    let wanted = if left <= 0.0 { 0 } else { whole(left / gain) };
    Some(Shortfall {
        reproduction_number,
        susceptible_share: susceptible / children,
        susceptible_limit: limit,
        children_to_vaccinate: from_none + wanted.min(one_dose),
        reachable: wanted <= one_dose,
    })
}

/// The least whole number that is enough, allowing for rounding of the last digit.
fn whole(number: f64) -> u32 {
    if number.is_finite() { (number - 1e-9).ceil().clamp(0.0, f64::from(u32::MAX)) as u32 } else { u32::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disease() -> Disease {
        Disease { efficacy_two_doses: 1.0, efficacy_one_dose: 0.9, ..Disease::published("measles").unwrap() }
    }

    fn check(cohorts: &[(u32, u32, u32)], reproduction: f64, children: u32, reachable: bool) {
        let cohorts: Vec<Cohort> = cohorts
            .iter()
            .map(|(none, one_dose, two_doses)| Cohort {
                none: *none,
                one_dose: *one_dose,
                two_doses: *two_doses,
            })
            .collect();
        let found = shortfall(&disease(), &cohorts).unwrap();
        assert!((found.reproduction_number - reproduction).abs() < 1e-9, "{cohorts:?}: {found:?}");
        assert_eq!((found.children_to_vaccinate, found.reachable), (children, reachable), "{cohorts:?}");
    }

    #[test]
    fn worked_by_hand() {
        // R0 15: at most one in fifteen may be susceptible, 93.33% protected.
        check(&[(1_500, 0, 0)], 15.0, 1_400, true);
        check(&[(300, 0, 1_200)], 3.0, 200, true);
        check(&[(100, 0, 1_400)], 1.0, 0, true);
        check(&[(101, 0, 1_399)], 1.01, 1, true);
        check(&[(50, 0, 700), (150, 0, 600)], 2.0, 100, true);
        // 1,500 children all with one dose: 150 susceptible, 100 allowed; each second dose gains a tenth.
        check(&[(0, 1_500, 0)], 1.5, 500, true);
        check(&[(0, 0, 10)], 0.0, 0, true);
    }

    #[test]
    fn no_children_no_answer() {
        assert_eq!(shortfall(&disease(), &[]), None);
        assert_eq!(reproduction_number(&disease(), &[Cohort::default()]), None);
    }

    #[test]
    fn a_weak_vaccine_cannot_reach_it() {
        let weak = Disease { efficacy_two_doses: 0.9, efficacy_one_dose: 0.8, ..disease() };
        let found = shortfall(&weak, &[Cohort { none: 50, one_dose: 50, two_doses: 900 }]).unwrap();
        assert_eq!((found.children_to_vaccinate, found.reachable), (100, false));
    }
}
