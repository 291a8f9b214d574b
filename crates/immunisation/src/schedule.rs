//! A schedule compiled into compact tables.
//!
//! Everything that the engine compares is a small number here: codes are positions, ages are positions in one
//! table whose dates are worked out once for each child, lists of vaccines are bit sets. Nothing is parsed,
//! hashed or allocated while a dose is weighed. The rejected alternative was to walk the format's own
//! structures, comparing strings, which is what makes the published engines slow.

use std::collections::HashMap;

use crate::calendar::{Day, Span};
use crate::definition::{DoseCountTest, SeriesKind};

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u16);

        impl $name {
            /// The position in its table, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

positions! {
    /// A vaccine of a schedule.
    VaccineId;
    /// An antigen of a schedule.
    AntigenId;
    /// A group of antigens of a schedule.
    GroupId;
    /// A series of a schedule.
    SeriesId;
    /// A condition, contraindication, preference or evidence of immunity of a schedule.
    ObservationId;
    /// A maker of vaccines that a schedule speaks of.
    ManufacturerId;
    /// A country that a schedule speaks of.
    CountryId;
}

/// A schedule ready for use. It is made from a [`crate::ScheduleDefinition`] by [`Schedule::compile`], and is the
/// same for every child: share it between threads.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) ages: Vec<Span>,
    pub(crate) vaccines: Vec<Vaccine>,
    pub(crate) antigens: Vec<Antigen>,
    pub(crate) groups: Vec<Group>,
    pub(crate) series: Vec<Series>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) manufacturers: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) vaccine_codes: HashMap<String, VaccineId>,
    pub(crate) observation_codes: HashMap<String, ObservationId>,
}

/// A position in the table of ages. The first two stand for "none", as an earliest and as a latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AgeIx(pub(crate) u16);

pub(crate) const NO_EARLIEST_AGE: AgeIx = AgeIx(0);
pub(crate) const NO_LATEST_AGE: AgeIx = AgeIx(1);

#[derive(Debug, Clone)]
pub(crate) struct Vaccine {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) antigens: Box<[AntigenUse]>,
    /// The conflicts in which this vaccine is the one that may be ineffective.
    pub(crate) conflicts: Box<[Conflict]>,
    /// Whether it is the first of any conflict.
    pub(crate) conflicting: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct AntigenUse {
    pub(crate) antigen: AntigenId,
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Conflict {
    pub(crate) previous: VaccineId,
    pub(crate) begin: Span,
    pub(crate) minimum_end: Span,
    pub(crate) end: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Antigen {
    pub(crate) name: String,
    pub(crate) group: GroupId,
    pub(crate) first_series: u16,
    pub(crate) end_series: u16,
    pub(crate) defaults: Box<[SeriesId]>,
    pub(crate) immune_if: Box<[ObservationId]>,
    pub(crate) immune_born_before: Box<[BirthImmunity]>,
    pub(crate) contraindications: Box<[Contraindication]>,
    pub(crate) vaccine_contraindications: Box<[VaccineContraindication]>,
}

#[derive(Debug, Clone)]
pub(crate) struct BirthImmunity {
    pub(crate) before: Day,
    pub(crate) country: Option<CountryId>,
    pub(crate) unless: Box<[ObservationId]>,
}

#[derive(Debug, Clone)]
pub(crate) struct Contraindication {
    pub(crate) observation: ObservationId,
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) struct VaccineContraindication {
    pub(crate) observation: ObservationId,
    pub(crate) vaccine: VaccineId,
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) antigens: Box<[AntigenId]>,
    pub(crate) administer_full: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Observation {
    pub(crate) code: String,
    pub(crate) title: String,
    /// The risk series that it calls for.
    pub(crate) indicates: Box<[Indicated]>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Indicated {
    pub(crate) series: SeriesId,
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
}

#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) antigen: AntigenId,
    pub(crate) kind: SeriesKind,
    pub(crate) source: String,
    /// Bit 0 everyone else, bit 1 female, bit 2 male.
    pub(crate) sexes: u8,
    pub(crate) born_from: Day,
    pub(crate) born_until: Day,
    pub(crate) from: Day,
    pub(crate) until: Day,
    pub(crate) group: u8,
    pub(crate) equivalent_groups: u32,
    pub(crate) default: bool,
    pub(crate) product: bool,
    /// 0 for A, 1 for B, ...
    pub(crate) priority: u8,
    pub(crate) preference: u8,
    pub(crate) maximum_start: AgeIx,
    pub(crate) guidance: Vec<String>,
    pub(crate) doses: Box<[SeriesDose]>,
}

#[derive(Debug, Clone)]
pub(crate) struct SeriesDose {
    pub(crate) ages: Box<[AgeRule]>,
    pub(crate) intervals: Box<[IntervalRule]>,
    pub(crate) allowable_intervals: Box<[IntervalRule]>,
    pub(crate) preferable: Box<[Use]>,
    pub(crate) allowable: Box<[Use]>,
    pub(crate) inadvertent: VaccineSet,
    pub(crate) evaluation_skips: Box<[Skip]>,
    pub(crate) forecast_skips: Box<[Skip]>,
    /// The vaccines after which a preferable vaccine of this dose must wait, and how long.
    pub(crate) waits: Box<[(VaccineId, Span)]>,
    pub(crate) recurring: bool,
    pub(crate) seasonal: bool,
    pub(crate) season_start: Day,
    pub(crate) season_end: Day,
    /// Whether it has intervals and each of them has the priority flag (FORECASTPRIORITY-1).
    pub(crate) priority: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct AgeRule {
    pub(crate) absolute_minimum: AgeIx,
    pub(crate) minimum: AgeIx,
    pub(crate) recommended: AgeIx,
    pub(crate) overdue: AgeIx,
    pub(crate) maximum: AgeIx,
    pub(crate) from: Day,
    pub(crate) until: Day,
}

#[derive(Debug, Clone)]
pub(crate) struct IntervalRule {
    pub(crate) reference: Reference,
    pub(crate) absolute_minimum: Option<Span>,
    pub(crate) minimum: Option<Span>,
    pub(crate) recommended: Option<Span>,
    pub(crate) overdue: Option<Span>,
    pub(crate) from: Day,
    pub(crate) until: Day,
}

#[derive(Debug, Clone)]
pub(crate) enum Reference {
    Previous,
    /// The dose of the series, from 0.
    Dose(u8),
    MostRecent(VaccineSet),
    Observation(ObservationId),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) vaccine: VaccineId,
    pub(crate) manufacturer: Option<ManufacturerId>,
    pub(crate) recommended: bool,
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
    pub(crate) from: Day,
    pub(crate) until: Day,
    pub(crate) volume: f32,
}

#[derive(Debug, Clone)]
pub(crate) struct Skip {
    pub(crate) all_sets: bool,
    pub(crate) sets: Box<[SkipSet]>,
}

#[derive(Debug, Clone)]
pub(crate) struct SkipSet {
    pub(crate) any: bool,
    pub(crate) from: Day,
    pub(crate) until: Day,
    pub(crate) conditions: Box<[Condition]>,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Age { begin: AgeIx, end: AgeIx },
    Completed { groups: u32 },
    Interval { span: Span },
    Count(Count),
}

#[derive(Debug, Clone)]
pub(crate) struct Count {
    pub(crate) begin: AgeIx,
    pub(crate) end: AgeIx,
    pub(crate) start: Day,
    pub(crate) stop: Day,
    pub(crate) valid_only: bool,
    pub(crate) test: DoseCountTest,
    pub(crate) count: u8,
    pub(crate) vaccines: Option<VaccineSet>,
    /// Whether the list has vaccines that do not hold the antigen, so that other doses are looked at too.
    pub(crate) outside: bool,
}

/// A set of vaccines, a bit each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct VaccineSet(Box<[u64]>);

impl VaccineSet {
    pub(crate) fn new(vaccines: &[VaccineId]) -> VaccineSet {
        let words = vaccines.iter().map(|v| v.index() / 64 + 1).max().unwrap_or(0);
        let mut bits = vec![0_u64; words];
        for vaccine in vaccines {
            bits[vaccine.index() / 64] |= 1 << (vaccine.index() % 64);
        }
        VaccineSet(bits.into_boxed_slice())
    }

    #[inline]
    pub(crate) fn contains(&self, vaccine: VaccineId) -> bool {
        self.0.get(vaccine.index() / 64).is_some_and(|word| word >> (vaccine.index() % 64) & 1 == 1)
    }
}

impl Schedule {
    /// What the schedule is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of the document or data that it was made from.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The vaccine with a code: the schedule's own, or another that means the same in records.
    pub fn vaccine(&self, code: &str) -> Option<VaccineId> {
        self.vaccine_codes.get(code.trim()).copied()
    }

    /// The schedule's own code of a vaccine.
    pub fn vaccine_code(&self, vaccine: VaccineId) -> &str {
        &self.vaccines[vaccine.index()].code
    }

    /// Every code of a vaccine, the schedule's own first, the others in order.
    pub fn vaccine_all_codes(&self, vaccine: VaccineId) -> impl Iterator<Item = &str> {
        let own = self.vaccine_code(vaccine);
        let others =
            self.vaccine_codes.iter().filter(move |(code, id)| **id == vaccine && code.as_str() != own);
        let mut others: Vec<&str> = others.map(|(code, _)| code.as_str()).collect();
        others.sort_unstable();
        std::iter::once(own).chain(others)
    }

    /// The name of a vaccine in plain words.
    pub fn vaccine_name(&self, vaccine: VaccineId) -> &str {
        &self.vaccines[vaccine.index()].name
    }

    /// The vaccines in order.
    pub fn vaccines(&self) -> impl Iterator<Item = VaccineId> + use<> {
        (0..self.vaccines.len() as u16).map(VaccineId)
    }

    /// Whether a vaccine counts towards an antigen, at some age.
    pub fn vaccine_has(&self, vaccine: VaccineId, antigen: AntigenId) -> bool {
        self.vaccines[vaccine.index()].antigens.iter().any(|a| a.antigen == antigen)
    }

    /// The condition, contraindication, preference or evidence of immunity with a code.
    pub fn observation(&self, code: &str) -> Option<ObservationId> {
        self.observation_codes.get(code.trim()).copied()
    }

    /// The schedule's own code of an observation.
    pub fn observation_code(&self, observation: ObservationId) -> &str {
        &self.observations[observation.index()].code
    }

    /// An observation in plain words.
    pub fn observation_title(&self, observation: ObservationId) -> &str {
        &self.observations[observation.index()].title
    }

    /// The maker with a code; `None` for one that the schedule does not speak of, which is then no matter.
    pub fn manufacturer(&self, code: &str) -> Option<ManufacturerId> {
        let code = code.trim();
        self.manufacturers.iter().position(|known| known == code).map(|at| ManufacturerId(at as u16))
    }

    /// The country with a name, where the schedule speaks of it; `US`, `USA` and `U.S.` are one.
    pub fn country(&self, name: &str) -> Option<CountryId> {
        let letters = |name: &str| {
            let letters: String =
                name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
            if letters == "USA" { "US".to_owned() } else { letters }
        };
        let wanted = letters(name);
        self.countries.iter().position(|known| letters(known) == wanted).map(|at| CountryId(at as u16))
    }

    /// The antigens in order.
    pub fn antigens(&self) -> impl Iterator<Item = AntigenId> + use<> {
        (0..self.antigens.len() as u16).map(AntigenId)
    }

    /// The name of an antigen.
    pub fn antigen_name(&self, antigen: AntigenId) -> &str {
        &self.antigens[antigen.index()].name
    }

    /// The groups of antigens in order.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> + use<> {
        (0..self.groups.len() as u16).map(GroupId)
    }

    /// The group with a name; case and spaces around it do not matter.
    pub fn group(&self, name: &str) -> Option<GroupId> {
        let name = name.trim();
        self.groups.iter().position(|g| g.name.eq_ignore_ascii_case(name)).map(|at| GroupId(at as u16))
    }

    /// The name of a group.
    pub fn group_name(&self, group: GroupId) -> &str {
        &self.groups[group.index()].name
    }

    /// The antigens of a group.
    pub fn group_antigens(&self, group: GroupId) -> &[AntigenId] {
        &self.groups[group.index()].antigens
    }

    /// The name of a series.
    pub fn series_name(&self, series: SeriesId) -> &str {
        &self.series[series.index()].name
    }

    /// For everyone, for those at risk, or only recognised.
    pub fn series_kind(&self, series: SeriesId) -> SeriesKind {
        self.series[series.index()].kind
    }

    /// Where a series is written: a source's id and the paragraph; empty where the schedule does not say.
    pub fn series_source(&self, series: SeriesId) -> &str {
        &self.series[series.index()].source
    }

    /// What a clinician should know about a series (FORECASTGUIDANCE-1).
    pub fn series_guidance(&self, series: SeriesId) -> &[String] {
        &self.series[series.index()].guidance
    }

    /// How many doses a series has.
    pub fn series_doses(&self, series: SeriesId) -> usize {
        self.series[series.index()].doses.len()
    }
}
