//! The next visit: which vaccines together now, which later, what is not offered and why.

use vocabulary::Date;

use crate::calendar::{Civil, Day, to_date};

use super::answer::{Assessment, CourseStatus};
use super::child::{Child, Dose, Finding, VaccineId};
use super::choices::Mattered;
use super::schedule::Schedule;
use super::words;

/// The most later visits that a plan lists.
const VISITS_AHEAD: usize = 8;

/// What a family wants or has decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Offer only products without gelatine.
    pub without_gelatine: bool,
    /// Vaccines that were offered and refused.
    pub refused: Vec<VaccineId>,
    /// There is no consent: nothing may be given, but what is needed is still shown.
    pub no_consent: bool,
}

/// A vaccine to offer at a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The vaccine.
    pub vaccine: VaccineId,
    /// Its name in plain words.
    pub name: String,
    /// The products that will do, where the child's limits leave only some of them.
    pub products: Vec<String>,
    /// What it is for: a course, the number of the dose in it, and the reason in a nurse's words.
    pub doses: Vec<OfferedDose>,
}

/// One course that an offered vaccine serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedDose {
    /// The course's id.
    pub course: String,
    /// The course's name.
    pub name: String,
    /// The number of the dose in the course, from 1.
    pub number: u8,
    /// Whether it is overdue.
    pub overdue: bool,
    /// Why, in a nurse's words.
    pub reason: String,
    /// Where it is written.
    pub source: String,
}

/// Why a vaccine that is due is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithheldBecause {
    /// There is no consent.
    NoConsent,
    /// It was offered and refused.
    Refused,
    /// Every product contains gelatine, which the family does not want.
    Gelatine,
    /// The child has this condition, and this is why it matters.
    Condition(String, String),
    /// There is no vaccine for it at this age and date.
    NoVaccine,
}

/// A course that is due and that nothing is offered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The course's id.
    pub course: String,
    /// The vaccine that would have been offered; none when there is no vaccine for it.
    pub vaccine: Option<VaccineId>,
    /// Why not.
    pub because: WithheldBecause,
    /// The same in a nurse's words.
    pub words: String,
    /// Whether another vaccine is offered in its place.
    pub replaced: bool,
}

/// A later visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The first day on which everything listed may be given together.
    pub on: Date,
    /// What to give.
    pub offers: Vec<Offer>,
}

/// The plan for a visit and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The day of the visit.
    pub on: Date,
    /// What to give together at this visit.
    pub now: Vec<Offer>,
    /// What follows, if all of that is given: the fewest visits, at least four weeks apart.
    pub later: Vec<Visit>,
    /// What is due and is not offered.
    pub withheld: Vec<Withheld>,
    /// Where sources disagree and it matters for this child.
    pub mattered: Vec<Mattered>,
    /// What was odd about the record.
    pub findings: Vec<Finding>,
}

impl Schedule {
    /// The plan for a visit on a day: everything that is due is offered together, each vaccine once, and what
    /// follows is laid out in the fewest visits, assuming that what is offered is given.
    pub fn plan(&self, child: &Child, history: &[Dose], on: Date, limits: &Limits) -> Plan {
        let mut assessment = Assessment::default();
        self.assess(child, history, on, &mut assessment);
        let findings = assessment.findings().to_vec();
        let (now, withheld) = self.choose(child, &assessment, on, limits);
        let later = self.visits_after(child, history, on, &now, limits);
        Plan { on, now, later, withheld, mattered: self.mattered(child, history, on), findings }
    }

    fn visits_after(
        &self,
        child: &Child,
        history: &[Dose],
        on: Date,
        now: &[Offer],
        limits: &Limits,
    ) -> Vec<Visit> {
        let mut history = history.to_vec();
        let mut assessment = Assessment::default();
        let (mut visits, mut day) = (Vec::new(), on);
        let mut given: Vec<VaccineId> = now.iter().map(|offer| offer.vaccine).collect();
        while visits.len() < VISITS_AHEAD && !limits.no_consent {
            history.extend(given.iter().map(|vaccine| Dose::new(*vaccine, day)));
            self.assess(child, &history, day, &mut assessment);
            let gap = if given.is_empty() { 1 } else { self.visit_gap.rough_days() };
            let Some(next) = self.next_visit(child, &assessment, Civil::from(day).day + gap, limits) else {
                break;
            };
            day = to_date(next);
            self.assess(child, &history, day, &mut assessment);
            let (offers, _) = self.choose(child, &assessment, day, limits);
            given = offers.iter().map(|offer| offer.vaccine).collect();
            if !offers.is_empty() {
                visits.push(Visit { on: day, offers });
            }
        }
        visits
    }

    /// The first day, no sooner than the one given, on which something that can be offered is due.
    fn next_visit(&self, child: &Child, assessment: &Assessment, from: Day, limits: &Limits) -> Option<Day> {
        let wanted = assessment.courses().iter().filter(|status| status.wanted());
        let days = wanted.filter_map(|status| {
            let day = status.due.max(from);
            self.pick(child, status, to_date(day), limits).ok().map(|_| day)
        });
        days.min()
    }

    fn choose(
        &self,
        child: &Child,
        assessment: &Assessment,
        on: Date,
        limits: &Limits,
    ) -> (Vec<Offer>, Vec<Withheld>) {
        let (mut offers, mut withheld): (Vec<Offer>, Vec<Withheld>) = (Vec::new(), Vec::new());
        for status in assessment.courses().iter().filter(|status| status.standing.is_due()) {
            if let Some(offer) = offers.iter_mut().find(|offer| self.serves(offer.vaccine, child, status, on))
            {
                offer.doses.push(self.offered(status));
                continue;
            }
            match self.pick(child, status, on, limits) {
                Ok((vaccine, passed)) => {
                    let mut offer = self.offer(vaccine, child, status, limits);
                    self.take_over(&mut offers, &mut offer, child, on);
                    offers.push(offer);
                    withheld.extend(passed.into_iter().map(|one| Withheld { replaced: true, ..one }));
                }
                Err(passed) => withheld.extend(passed.into_iter().next()),
            }
        }
        let serving = |status: &&CourseStatus| status.wanted() && !status.standing.is_due();
        for status in assessment.courses().iter().filter(serving) {
            let may = status.earliest <= Civil::from(on).day;
            let offer = offers.iter_mut().find(|offer| may && self.serves(offer.vaccine, child, status, on));
            if let Some(offer) = offer {
                offer.doses.push(self.offered(status));
            }
        }
        (offers, withheld)
    }

    /// Takes over what an offered vaccine was to do when a further one holds all that it holds: the same
    /// antigens are not given twice at one visit.
    fn take_over(&self, offers: &mut Vec<Offer>, wider: &mut Offer, child: &Child, on: Date) {
        let antigens =
            |id: VaccineId| self.vaccines[usize::from(id.0)].antigens(child.born, Civil::from(on).day);
        let all = antigens(wider.vaccine);
        offers.retain_mut(|offer| {
            let within = antigens(offer.vaccine) & !all == 0;
            if within {
                wider.doses.append(&mut offer.doses);
            }
            !within
        });
    }

    /// Whether a vaccine holds the antigen of a course.
    fn serves(&self, vaccine: VaccineId, child: &Child, status: &CourseStatus, on: Date) -> bool {
        let antigen = match self.kinds.get(usize::from(status.kind)) {
            Some(kind) => kind.variants[usize::from(status.variant)].antigen,
            None => self.influenza,
        };
        let antigens = self.vaccines[usize::from(vaccine.0)].antigens(child.born, Civil::from(on).day);
        antigens >> antigen & 1 == 1
    }

    /// The first vaccine of a dose's list that can be offered, with those passed over and why; or else only
    /// the latter.
    fn pick(
        &self,
        child: &Child,
        status: &CourseStatus,
        on: Date,
        limits: &Limits,
    ) -> Result<(VaccineId, Vec<Withheld>), Vec<Withheld>> {
        let day = Civil::from(on).day;
        let every: Vec<VaccineId>;
        let list = match self.kinds.get(usize::from(status.kind)) {
            Some(_) => self
                .course_of(status)
                .slots
                .get(usize::from(status.slot))
                .map_or(&[][..], |slot| slot.offer.as_slice()),
            None => {
                every = self
                    .vaccines()
                    .map(|(id, ..)| id)
                    .filter(|id| self.serves(*id, child, status, on))
                    .collect();
                &every
            }
        };
        let mut passed = Vec::new();
        for vaccine in list {
            if !self.vaccines[usize::from(vaccine.0)].available(child.born, day) {
                continue;
            }
            match self.barred(*vaccine, child, limits) {
                None => return Ok((*vaccine, passed)),
                Some(because) => passed.push(self.withhold(status, Some(*vaccine), because)),
            }
        }
        if passed.is_empty() {
            passed.push(self.withhold(status, None, WithheldBecause::NoVaccine));
        }
        Err(passed)
    }

    fn barred(&self, id: VaccineId, child: &Child, limits: &Limits) -> Option<WithheldBecause> {
        let vaccine = &self.vaccines[usize::from(id.0)];
        if limits.no_consent {
            return Some(WithheldBecause::NoConsent);
        }
        if limits.refused.contains(&id) {
            return Some(WithheldBecause::Refused);
        }
        let held =
            self.conditions.iter().enumerate().filter(|(place, _)| child.conditions.0 >> place & 1 == 1);
        for (_, condition) in held.clone() {
            if condition.withholds.contains(&id) || (condition.withholds_live && vaccine.live) {
                return Some(WithheldBecause::Condition(condition.title.clone(), condition.because.clone()));
            }
        }
        let without =
            limits.without_gelatine || held.clone().any(|(_, condition)| condition.without_gelatine);
        let all_contain =
            !vaccine.products.is_empty() && vaccine.products.iter().all(|product| product.gelatine);
        (without && all_contain).then_some(WithheldBecause::Gelatine)
    }

    fn withhold(
        &self,
        status: &CourseStatus,
        vaccine: Option<VaccineId>,
        because: WithheldBecause,
    ) -> Withheld {
        let name = vaccine.map_or(status.name(self), |id| self.vaccine_name(id));
        let words = match &because {
            WithheldBecause::NoConsent => {
                format!("{name} is needed, but there is no consent. Do not give it today.")
            }
            WithheldBecause::Refused => {
                format!("{name} was offered and refused. Offer it again at the next contact.")
            }
            WithheldBecause::Gelatine => {
                format!("Every product of {name} contains pork gelatine, so it is not offered.")
            }
            WithheldBecause::Condition(title, why) => format!("{name} is not offered ({title}): {why}"),
            WithheldBecause::NoVaccine => {
                format!("No vaccine against {name} is offered at this age and date.")
            }
        };
        Withheld { course: status.course(self).to_owned(), vaccine, because, words, replaced: false }
    }

    fn offer(&self, id: VaccineId, child: &Child, status: &CourseStatus, limits: &Limits) -> Offer {
        let vaccine = &self.vaccines[usize::from(id.0)];
        let chosen = |(place, condition): (usize, &super::table::Condition)| {
            condition.without_gelatine && child.conditions.0 >> place & 1 == 1
        };
        let without = limits.without_gelatine || self.conditions.iter().enumerate().any(chosen);
        let products = vaccine.products.iter().filter(|product| without && !product.gelatine);
        Offer {
            vaccine: id,
            name: vaccine.name.clone(),
            products: products.map(|product| product.name.clone()).collect(),
            doses: vec![self.offered(status)],
        }
    }

    fn offered(&self, status: &CourseStatus) -> OfferedDose {
        OfferedDose {
            course: status.course(self).to_owned(),
            name: status.name(self).to_owned(),
            number: status.slot + 1,
            overdue: status.standing == super::Standing::Overdue,
            reason: words::reason(self, status),
            source: status.source(self).to_owned(),
        }
    }
}
