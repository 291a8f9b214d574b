//! The order of work (chapter 4): organise the history into antigens, weigh every relevant series, choose,
//! and gather the chosen series into groups.

use vocabulary::{Date, Sex};

use crate::calendar::{Civil, Day, EARLIEST, LATEST, to_day};
use crate::child::{Child, Dose, DoseCondition};
use crate::definition::SeriesKind;
use crate::evaluate::{Judged, Target, evaluate};
use crate::forecast::{SeriesForecast, forecast};
use crate::group;
use crate::outcome::{Finding, Outcome};
use crate::schedule::{
    AgeIx, AntigenId, GroupId, ManufacturerId, ObservationId, Schedule, Series, SeriesId, VaccineId,
};
use crate::select;
use crate::trace::{Event, Rule, Silent, Trace};

/// How many doses of one history are weighed. A record with more is damaged; the later ones are left out
/// with a finding.
pub const DOSES_WEIGHED: usize = 400;

/// Room to work in, kept from child to child so that nothing is allocated for each. One for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    history: History,
    work: Work,
    outcome: Outcome,
}

impl Scratch {
    /// An empty one.
    pub fn new() -> Scratch {
        Scratch::default()
    }

    /// The history as it was last weighed.
    pub(crate) fn history(&self) -> &History {
        &self.history
    }
}

/// Evaluates a history and forecasts what is due, for one child as at the day of assessment.
///
/// The order of `doses` does not matter. The answer stands in `scratch` until it is used again; clone it to
/// keep it.
pub fn evaluate_and_forecast<'s>(
    schedule: &Schedule,
    child: &Child,
    doses: &[Dose],
    assessment: Date,
    scratch: &'s mut Scratch,
) -> &'s Outcome {
    run(schedule, child, doses, assessment, scratch, &mut Silent);
    &scratch.outcome
}

/// The same with somebody listening.
pub(crate) fn run<T: Trace>(
    schedule: &Schedule,
    child: &Child,
    doses: &[Dose],
    assessment: Date,
    scratch: &mut Scratch,
    trace: &mut T,
) {
    let Scratch { history, work, outcome } = scratch;
    outcome.clear();
    work.clear();
    history.organise(schedule, child, doses, assessment, &mut outcome.findings);
    let patient = Patient {
        schedule,
        child,
        birth: Civil::from(child.date_of_birth),
        assessment: to_day(assessment).max(to_day(child.date_of_birth)),
        history,
    };
    for antigen in schedule.antigens() {
        let first = work.series.len();
        weigh_antigen(&patient, antigen, work, trace);
        select::best_series(&patient, first, work, trace);
    }
    group::forecasts(&patient, work, outcome);
}

/// Evaluates and forecasts every relevant series of an antigen (section 4.4).
fn weigh_antigen<T: Trace>(patient: &Patient<'_>, antigen: AntigenId, work: &mut Work, trace: &mut T) {
    let tables = &patient.schedule.antigens[antigen.index()];
    work.first_series = work.series.len();
    let decided = decided_groups(patient, antigen);
    for at in tables.first_series..tables.end_series {
        let id = SeriesId(at);
        let series = &patient.schedule.series[id.index()];
        let never_chosen =
            series.kind != SeriesKind::Risk && !series.default && decided >> series.group & 1 == 1;
        if never_chosen || !patient.is_relevant(id, series) {
            continue;
        }
        trace.note(Event { series: id, target: 0, given: None, rule: Rule::Relevant, met: true, day: None });
        let mut patient_series = evaluate(patient, id, work, trace);
        patient_series.forecast = forecast(patient, &mut patient_series, work, trace);
        work.series.push(patient_series);
    }
}

/// The series groups in which the default series is chosen whatever the others come to: without a single dose
/// with the antigen no other standard series is scorable (SELECTSCORE-2), and none is complete. They need not
/// be weighed.
fn decided_groups(patient: &Patient<'_>, antigen: AntigenId) -> u32 {
    if !patient.records(antigen).is_empty() {
        return 0;
    }
    let tables = &patient.schedule.antigens[antigen.index()];
    let defaults = tables.defaults.iter().map(|id| (*id, &patient.schedule.series[id.index()]));
    let relevant = defaults
        .filter(|(id, series)| series.kind == SeriesKind::Standard && patient.is_relevant(*id, series));
    relevant.fold(0, |bits, (_, series)| bits | 1 << series.group)
}

/// What is being worked on: the series of the child, their target doses and evaluations.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) series: Vec<PatientSeries>,
    /// Where the series of the antigen at hand begin.
    pub(crate) first_series: usize,
    pub(crate) targets: Vec<Target>,
    pub(crate) judged: Vec<Judged>,
    /// Positions in `series` of those chosen in their series groups.
    pub(crate) prioritised: Vec<u32>,
    /// Positions in `series` of the best ones.
    pub(crate) best: Vec<u32>,
    pub(crate) scores: Vec<(u32, i32)>,
    /// The best series by group and series group.
    pub(crate) keyed: Vec<(GroupId, u8, u32)>,
}

impl Work {
    fn clear(&mut self) {
        self.series.clear();
        self.targets.clear();
        self.judged.clear();
        self.prioritised.clear();
        self.best.clear();
    }

    pub(crate) fn judged(&self, series: &PatientSeries) -> &[Judged] {
        &self.judged[series.first_judged as usize..][..series.records as usize]
    }

    pub(crate) fn targets(&self, series: &PatientSeries) -> &[Target] {
        &self.targets[series.first_target as usize..][..series.targets as usize]
    }
}

/// One series of the child: a patient series in the specification's words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PatientSeries {
    pub(crate) series: SeriesId,
    pub(crate) first_judged: u32,
    pub(crate) records: u16,
    pub(crate) first_target: u32,
    pub(crate) targets: u16,
    /// The dose of the series that is next, from 0; the number of its doses when none is left.
    pub(crate) next: u8,
    /// How many target doses were satisfied.
    pub(crate) satisfied: u8,
    /// The day of the last dose that satisfied one.
    pub(crate) last_satisfied: Day,
    pub(crate) forecast: SeriesForecast,
}

/// A dose that is weighed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    pub(crate) on: Civil,
    pub(crate) vaccine: VaccineId,
    pub(crate) manufacturer: Option<ManufacturerId>,
    pub(crate) volume: Option<f32>,
    pub(crate) condition: DoseCondition,
    pub(crate) input: u32,
}

/// The history in order of date, and by antigen.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The date of every age of the schedule for this child, by [`AgeIx`].
    ages: Vec<Day>,
    pub(crate) doses: Vec<Given>,
    /// Positions in `doses`, those of the first antigen first.
    records: Vec<u16>,
    /// Where the records of each antigen begin; one more than there are antigens.
    starts: Vec<u32>,
    /// Bits of the series that an observation calls for.
    indicated: Vec<u64>,
    /// Whether any dose is of a vaccine after which others must wait.
    pub(crate) any_conflicting: bool,
}

impl History {
    fn organise(
        &mut self,
        schedule: &Schedule,
        child: &Child,
        doses: &[Dose],
        assessment: Date,
        findings: &mut Vec<Finding>,
    ) {
        let birth = Civil::from(child.date_of_birth);
        self.ages.clear();
        self.ages.extend([EARLIEST, LATEST]);
        self.ages.extend(schedule.ages[2..].iter().map(|age| birth.plus(*age)));
        if child.date_of_birth > assessment {
            findings.push(Finding::NotYetBorn);
        }
        self.sort_doses(child, doses, assessment, findings);
        self.any_conflicting =
            self.doses.iter().any(|given| schedule.vaccines[given.vaccine.index()].conflicting);
        self.file_by_antigen(schedule);
        self.mark_indicated(schedule, child, to_day(assessment));
    }

    /// Puts the doses that can be weighed in an order that does not depend on the input's: by date, then
    /// vaccine, maker and condition.
    fn sort_doses(&mut self, child: &Child, doses: &[Dose], assessment: Date, findings: &mut Vec<Finding>) {
        self.doses.clear();
        for (at, dose) in doses.iter().enumerate() {
            let Some(vaccine) = dose.vaccine else {
                findings.push(Finding::UnknownVaccine(at));
                continue;
            };
            if dose.date < child.date_of_birth {
                findings.push(Finding::BeforeBirth(at));
            } else if dose.date > assessment {
                findings.push(Finding::InFuture(at));
            } else {
                self.doses.push(Given {
                    on: Civil::from(dose.date),
                    vaccine,
                    manufacturer: dose.manufacturer,
                    volume: dose.volume,
                    condition: dose.condition,
                    input: at as u32,
                });
            }
        }
        let key = |given: &Given| {
            let volume = given.volume.map_or(0, |ml| u32::MAX - (ml.max(0.0) * 10_000.0) as u32);
            (
                given.on.day,
                given.vaccine,
                given.condition as u8,
                given.manufacturer.is_none(),
                given.manufacturer,
                volume,
            )
        };
        if self.doses.len() > 1 {
            self.doses.sort_by_key(key);
            let mut kept: Option<(Day, VaccineId, u32)> = None;
            self.doses.retain(|given| match kept {
                Some((day, vaccine, first)) if (day, vaccine) == (given.on.day, given.vaccine) => {
                    findings.push(Finding::Duplicate(given.input as usize, first as usize));
                    false
                }
                _ => {
                    kept = Some((given.on.day, given.vaccine, given.input));
                    true
                }
            });
        }
        for extra in self.doses.iter().skip(DOSES_WEIGHED) {
            findings.push(Finding::TooManyDoses(extra.input as usize));
        }
        self.doses.truncate(DOSES_WEIGHED);
    }

    /// Breaks the doses into antigens (section 4.2).
    fn file_by_antigen(&mut self, schedule: &Schedule) {
        let antigens = schedule.antigens.len();
        self.starts.clear();
        self.starts.resize(antigens + 1, 0);
        self.records.clear();
        if self.doses.is_empty() {
            return;
        }
        let ages = &self.ages;
        let counts = |given: &Given, association: &crate::schedule::AntigenUse| {
            ages[association.begin.0 as usize] <= given.on.day
                && given.on.day < ages[association.end.0 as usize]
        };
        for given in &self.doses {
            for association in &schedule.vaccines[given.vaccine.index()].antigens {
                if counts(given, association) {
                    self.starts[association.antigen.index() + 1] += 1;
                }
            }
        }
        for at in 0..antigens {
            self.starts[at + 1] += self.starts[at];
        }
        self.records.resize(self.starts[antigens] as usize, 0);
        // Filled from the back, each antigen's end moves down to its start.
        let mut ends = std::mem::take(&mut self.starts);
        for (at, given) in self.doses.iter().enumerate().rev() {
            for association in &schedule.vaccines[given.vaccine.index()].antigens {
                if counts(given, association) {
                    let end = &mut ends[association.antigen.index() + 1];
                    *end -= 1;
                    self.records[*end as usize] = at as u16;
                }
            }
        }
        // Every end has moved to its antigen's start: shift down by one.
        ends.copy_within(1.., 0);
        ends[antigens] = self.records.len() as u32;
        self.starts = ends;
    }

    /// Notes the risk series that an observation calls for at the age of assessment (table 5-4).
    fn mark_indicated(&mut self, schedule: &Schedule, child: &Child, assessment: Day) {
        self.indicated.clear();
        if child.observations.is_empty() {
            return;
        }
        self.indicated.resize(schedule.series.len() / 64 + 1, 0);
        for observed in &child.observations {
            for indicated in &schedule.observations[observed.observation.index()].indicates {
                let (begin, end) =
                    (self.ages[indicated.begin.0 as usize], self.ages[indicated.end.0 as usize]);
                if begin <= assessment && assessment < end {
                    self.indicated[indicated.series.index() / 64] |= 1 << (indicated.series.index() % 64);
                }
            }
        }
    }

    fn is_indicated(&self, series: SeriesId) -> bool {
        self.indicated.get(series.index() / 64).is_some_and(|word| word >> (series.index() % 64) & 1 == 1)
    }
}

/// The child as every step sees them.
pub(crate) struct Patient<'a> {
    pub(crate) schedule: &'a Schedule,
    pub(crate) child: &'a Child,
    pub(crate) birth: Civil,
    pub(crate) assessment: Day,
    pub(crate) history: &'a History,
}

impl Patient<'_> {
    /// The day on which the child reaches an age; the earliest or latest day for none.
    #[inline]
    pub(crate) fn at_age(&self, age: AgeIx) -> Day {
        self.history.ages[age.0 as usize]
    }

    /// The positions of the doses with an antigen, in order.
    #[inline]
    pub(crate) fn records(&self, antigen: AntigenId) -> &[u16] {
        let starts = &self.history.starts[antigen.index()..];
        &self.history.records[starts[0] as usize..starts[1] as usize]
    }

    #[inline]
    pub(crate) fn given(&self, record: u16) -> &Given {
        &self.history.doses[record as usize]
    }

    /// Whether an observation is active.
    pub(crate) fn has(&self, observation: ObservationId) -> bool {
        self.child.observations.iter().any(|observed| observed.observation == observation)
    }

    /// Whether a series concerns the child (table 5-5, and its cohort and dates).
    fn is_relevant(&self, id: SeriesId, series: &Series) -> bool {
        let sex = match self.child.sex {
            Sex::Persons => 0b001,
            Sex::Female => 0b010,
            Sex::Male => 0b100,
        };
        if series.kind == SeriesKind::Risk && !self.history.is_indicated(id) {
            return false;
        }
        series.sexes & sex != 0
            && (series.born_from..=series.born_until).contains(&self.birth.day)
            && (series.from..=series.until).contains(&self.assessment)
    }
}
