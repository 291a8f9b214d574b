//! The history of one child, in order of date and by antigen (sections 4.2 and 4.3).

use vocabulary::Date;

use crate::calendar::{Civil, Day, EARLIEST, LATEST, to_day};
use crate::child::{Child, Dose, DoseCondition};
use crate::outcome::Finding;
use crate::schedule::{AgeIx, AntigenId, ManufacturerId, Schedule, SeriesId, VaccineId};

/// How many doses of one history are weighed. A record with more is damaged; the later ones are left out
/// with a finding.
pub const DOSES_WEIGHED: usize = 400;

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
    pub(crate) fn organise(
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

    /// The day on which the child reaches an age; the earliest or latest day for none.
    #[inline]
    pub(crate) fn at_age(&self, age: AgeIx) -> Day {
        self.ages[age.0 as usize]
    }

    /// The positions of the doses with an antigen, in order.
    #[inline]
    pub(crate) fn records(&self, antigen: AntigenId) -> &[u16] {
        let starts = &self.starts[antigen.index()..];
        &self.records[starts[0] as usize..starts[1] as usize]
    }

    pub(crate) fn is_indicated(&self, series: SeriesId) -> bool {
        self.indicated.get(series.index() / 64).is_some_and(|word| word >> (series.index() % 64) & 1 == 1)
    }
}
