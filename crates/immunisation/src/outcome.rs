//! What the engine says: how each dose counts, and what is due for each group of antigens.

use vocabulary::Date;

use crate::definition::SeriesKind;
use crate::schedule::{AntigenId, GroupId, SeriesId, VaccineId};

/// The answer for one child on one day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    pub(crate) groups: Vec<GroupForecast>,
    pub(crate) evaluations: Vec<DoseEvaluation>,
    pub(crate) recommended: Vec<VaccineId>,
    pub(crate) findings: Vec<Finding>,
}

impl Outcome {
    /// What is due, a forecast for each group of antigens and series group that concerns the child, in the
    /// schedule's order.
    pub fn groups(&self) -> &[GroupForecast] {
        &self.groups
    }

    /// How each dose counts, once for each antigen that it holds and each series chosen in a series group of
    /// that antigen, in the order of antigens and then of dates. Those with `best` are what the child is held to.
    pub fn evaluations(&self) -> &[DoseEvaluation] {
        &self.evaluations
    }

    /// The forecast of a group that matters now, where it has several: one that asks for a dose before one that
    /// does not, one for those at risk before one for everyone, and of those for everyone the first that the
    /// child has not grown out of (a child is not told about the adults' series, nor an adult about the
    /// children's).
    pub fn for_group(&self, group: GroupId) -> Option<&GroupForecast> {
        let of_group = || self.groups.iter().filter(|forecast| forecast.group == group);
        let everyone = || of_group().filter(|forecast| forecast.kind == SeriesKind::Standard);
        let standard = everyone().find(|f| f.status != SeriesStatus::AgedOut).or_else(|| everyone().next());
        let risk = of_group().filter(|forecast| forecast.kind != SeriesKind::Standard);
        let risk =
            risk.min_by_key(|forecast| (forecast.status != SeriesStatus::NotComplete, forecast.series_group));
        match (risk, standard) {
            (Some(risk), Some(standard))
                if risk.status != SeriesStatus::NotComplete
                    && standard.status == SeriesStatus::NotComplete =>
            {
                Some(standard)
            }
            (risk, standard) => risk.or(standard),
        }
    }

    /// What was odd about the input.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The vaccines recommended by name for a forecast; empty when any of the group's will do.
    pub fn recommended_vaccines(&self, forecast: &GroupForecast) -> &[VaccineId] {
        let (start, end) = (forecast.vaccines.0 as usize, forecast.vaccines.1 as usize);
        self.recommended.get(start..end).unwrap_or(&[])
    }

    /// How the dose at a position of the input counts for a group as a whole, where its antigens were weighed
    /// in a series group: not valid if any of its antigens is, otherwise the best that any of them is, with
    /// the reasons of those. `None` for a dose that was not weighed there.
    pub fn dose_in_group(
        &self,
        dose: usize,
        group: GroupId,
        series_group: u8,
    ) -> Option<(EvaluationStatus, Reasons)> {
        let of_dose = self.evaluations.iter().filter(|evaluation| {
            evaluation.dose == dose && evaluation.group == group && evaluation.series_group == series_group
        });
        let rank = |status: EvaluationStatus| match status {
            EvaluationStatus::SubStandard => 0,
            EvaluationStatus::NotValid => 1,
            EvaluationStatus::Valid => 2,
            EvaluationStatus::Extraneous => 3,
        };
        of_dose.fold(None, |so_far, evaluation| match so_far {
            Some((status, Reasons(reasons))) if status == evaluation.status => {
                Some((status, Reasons(reasons | evaluation.reasons.0)))
            }
            Some((status, _)) if rank(status) < rank(evaluation.status) => so_far,
            _ => Some((evaluation.status, evaluation.reasons)),
        })
    }

    /// Whether any dose is overdue: the child is under-vaccinated on the day of assessment.
    pub fn under_vaccinated(&self, assessment: Date) -> bool {
        self.groups.iter().any(|group| group.is_overdue(assessment))
    }

    pub(crate) fn clear(&mut self) {
        self.groups.clear();
        self.evaluations.clear();
        self.recommended.clear();
        self.findings.clear();
    }
}

/// Where a child stands with a series or a group (table 3-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SeriesStatus {
    /// More is needed.
    NotComplete,
    /// All that is recommended has been given.
    Complete,
    /// There is evidence of immunity.
    Immune,
    /// Nothing may be given for now.
    Contraindicated,
    /// The child was too old before it was finished.
    AgedOut,
    /// Nothing is recommended now.
    NotRecommended,
}

impl SeriesStatus {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            SeriesStatus::NotComplete => "not-complete",
            SeriesStatus::Complete => "complete",
            SeriesStatus::Immune => "immune",
            SeriesStatus::Contraindicated => "contraindicated",
            SeriesStatus::AgedOut => "aged-out",
            SeriesStatus::NotRecommended => "not-recommended",
        }
    }
}

/// Why nothing is forecast, or what the forecast rests on (table 7-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForecastReason {
    /// The next dose is needed.
    DoseNeeded,
    /// The series is complete.
    Complete,
    /// Nothing is recommended because of what was given before.
    PastHistory,
    /// There is evidence of immunity.
    Immune,
    /// There is a contraindication.
    Contraindicated,
    /// The season has ended.
    SeasonEnded,
    /// The child has reached the maximum age.
    TooOld,
    /// The series cannot be finished before the maximum age.
    CannotFinish,
}

/// What is due for a group of antigens (chapter 9).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupForecast {
    /// The group.
    pub group: GroupId,
    /// The series group that it was made from.
    pub series_group: u8,
    /// Whether that is for everyone or for those at risk.
    pub kind: SeriesKind,
    /// Where the child stands.
    pub status: SeriesStatus,
    /// Why.
    pub reason: ForecastReason,
    /// The first day on which the next dose may be given.
    pub earliest: Option<Date>,
    /// The day on which it should be given (FORECASTVG-2, never before the earliest).
    pub recommended: Option<Date>,
    /// The last day on which it is not overdue (FORECASTVG-3).
    pub past_due: Option<Date>,
    /// The last day on which it may be given.
    pub latest: Option<Date>,
    /// The number of the next dose, from 1.
    pub dose_number: Option<u8>,
    /// The antigens that are due, one bit for each [`AntigenId`] in order.
    pub(crate) antigens_due: u64,
    /// The series that was chosen, for a group of one antigen; the first of them for a group of several.
    pub series: SeriesId,
    pub(crate) vaccines: (u32, u32),
}

impl GroupForecast {
    /// Whether a dose may be given on this day.
    pub fn is_due(&self, on: Date) -> bool {
        self.status == SeriesStatus::NotComplete && self.earliest.is_some_and(|earliest| earliest <= on)
    }

    /// Whether a dose is overdue on this day: the day is after the last on which it was not.
    pub fn is_overdue(&self, on: Date) -> bool {
        self.status == SeriesStatus::NotComplete && self.past_due.is_some_and(|past_due| past_due < on)
    }

    /// Whether an antigen is among those due.
    pub fn is_antigen_due(&self, antigen: AntigenId) -> bool {
        antigen.0 < 64 && self.antigens_due >> antigen.0 & 1 == 1
    }
}

/// How a dose counts (table 3-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvaluationStatus {
    /// It counts.
    Valid,
    /// It does not count and is repeated.
    NotValid,
    /// It was not needed; it need not be repeated.
    Extraneous,
    /// Something was wrong with the dose itself; it is repeated.
    SubStandard,
}

impl EvaluationStatus {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            EvaluationStatus::Valid => "valid",
            EvaluationStatus::NotValid => "not-valid",
            EvaluationStatus::Extraneous => "extraneous",
            EvaluationStatus::SubStandard => "sub-standard",
        }
    }
}

/// The reasons of an evaluation: a small set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Reasons(pub(crate) u16);

/// A reason of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u16)]
pub enum Reason {
    /// Given by mistake: a vaccine that must not be used for the dose.
    Inadvertent = 1,
    /// Given before the absolute minimum age.
    TooYoung = 1 << 1,
    /// Given at or after the maximum age.
    TooOld = 1 << 2,
    /// Given before the absolute minimum interval had passed.
    TooSoon = 1 << 3,
    /// Given too close to another (live) vaccine.
    Conflict = 1 << 4,
    /// Neither a preferable nor an allowable vaccine.
    WrongVaccine = 1 << 5,
    /// The series was already complete.
    SeriesComplete = 1 << 6,
    /// Given after the lot's expiry.
    Expired = 1 << 7,
    /// Recalled, sub-potent, wrongly kept or wrongly given.
    Compromised = 1 << 8,
    /// It counts, within the grace period.
    GracePeriod = 1 << 9,
    /// It counts, though less was given than recommended.
    LowVolume = 1 << 10,
}

impl Reason {
    /// Every reason, the one that decides first.
    pub const ALL: [Reason; 11] = [
        Reason::Expired,
        Reason::Compromised,
        Reason::SeriesComplete,
        Reason::Inadvertent,
        Reason::TooOld,
        Reason::TooYoung,
        Reason::TooSoon,
        Reason::Conflict,
        Reason::WrongVaccine,
        Reason::GracePeriod,
        Reason::LowVolume,
    ];

    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Inadvertent => "inadvertent",
            Reason::TooYoung => "too-young",
            Reason::TooOld => "too-old",
            Reason::TooSoon => "too-soon",
            Reason::Conflict => "conflict",
            Reason::WrongVaccine => "wrong-vaccine",
            Reason::SeriesComplete => "series-complete",
            Reason::Expired => "expired",
            Reason::Compromised => "compromised",
            Reason::GracePeriod => "grace-period",
            Reason::LowVolume => "low-volume",
        }
    }
}

impl Reasons {
    pub(crate) fn add(&mut self, reason: Reason) {
        self.0 |= reason as u16;
    }

    /// Whether a reason is among them.
    pub fn contains(self, reason: Reason) -> bool {
        self.0 & reason as u16 != 0
    }

    /// The reasons, the one that decides first.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }
}

/// How one dose counts in one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseEvaluation {
    /// The position of the dose in the input.
    pub dose: usize,
    /// The antigen.
    pub antigen: AntigenId,
    /// The group of the antigen.
    pub group: GroupId,
    /// The series that was chosen.
    pub series: SeriesId,
    /// The series group of that series.
    pub series_group: u8,
    /// Whether that series is for everyone or for those at risk.
    pub kind: SeriesKind,
    /// Whether the child is held to that series; a series chosen in its group may give way to an equivalent one.
    pub best: bool,
    /// How the dose counts.
    pub status: EvaluationStatus,
    /// Why.
    pub reasons: Reasons,
    /// The dose of the series that it was held against, from 1; `None` when there was none left.
    pub series_dose: Option<u8>,
}

/// Something odd about the input. The engine answers all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The dose at this position is of a vaccine that the schedule does not know; it was left out.
    UnknownVaccine(usize),
    /// The dose at this position was given before the child was born; it was left out.
    BeforeBirth(usize),
    /// The dose at this position lies after the day of assessment; it was left out.
    InFuture(usize),
    /// The dose at the first position repeats the one at the second, same vaccine and day; it was left out.
    Duplicate(usize, usize),
    /// The child is born after the day of assessment: the forecast is for the day of birth onwards.
    NotYetBorn,
    /// More doses than the engine weighs ([`crate::DOSES_WEIGHED`]); the later ones were left out.
    TooManyDoses(usize),
}

/// A sentence; doses are counted from 1, as a person would.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::UnknownVaccine(at) => {
                write!(
                    f,
                    "dose {} is of a vaccine that the schedule does not know; it does not count",
                    at + 1
                )
            }
            Finding::BeforeBirth(at) => {
                write!(f, "dose {} was given before birth; it does not count", at + 1)
            }
            Finding::InFuture(at) => {
                write!(f, "dose {} lies after the day of assessment; it does not count yet", at + 1)
            }
            Finding::Duplicate(at, first) => {
                write!(f, "dose {} repeats dose {}, same vaccine and day; it was left out", at + 1, first + 1)
            }
            Finding::NotYetBorn => f.write_str("the child is born after the day of assessment"),
            Finding::TooManyDoses(at) => {
                write!(f, "dose {} is beyond what one history can hold; it was left out", at + 1)
            }
        }
    }
}
