//! What is being worked out for one child, between the steps.

use crate::calendar::{Day, LATEST};
use crate::outcome::{EvaluationStatus, ForecastReason, Reason, Reasons, SeriesStatus};
use crate::patient::Patient;
use crate::schedule::{GroupId, Series, SeriesId};

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
    pub(crate) fn clear(&mut self) {
        self.series.clear();
        self.targets.clear();
        self.judged.clear();
        self.prioritised.clear();
        self.best.clear();
    }

    #[inline]
    pub(crate) fn judged(&self, series: &PatientSeries) -> &[Judged] {
        &self.judged[series.first_judged as usize..][..series.records as usize]
    }

    #[inline]
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

impl PatientSeries {
    /// What the schedule says of it.
    #[inline]
    pub(crate) fn table<'a>(&self, patient: &Patient<'a>) -> &'a Series {
        &patient.schedule.series[self.series.index()]
    }

    /// SELECTB-6.
    #[inline]
    pub(crate) fn is_complete(&self) -> bool {
        self.forecast.status == SeriesStatus::Complete
    }

    /// SELECTB-16.
    #[inline]
    pub(crate) fn is_in_process(&self) -> bool {
        self.satisfied > 0 && self.forecast.status == SeriesStatus::NotComplete
    }
}

/// What became of one target dose: it was satisfied by a dose, or skipped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    /// The dose of the series, from 0.
    pub(crate) dose: u8,
    /// The day of the dose that satisfied it; `None` when it was skipped.
    pub(crate) satisfied: Option<Day>,
}

/// How one dose counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) status: EvaluationStatus,
    pub(crate) reasons: Reasons,
    /// The dose of the series that it was held against, from 0; `u8::MAX` when none was left.
    pub(crate) target: u8,
}

impl Judged {
    /// Whether later intervals are counted from it (CALCDTINT-1).
    #[inline]
    pub(crate) fn is_reference(self) -> bool {
        matches!(self.status, EvaluationStatus::Valid | EvaluationStatus::NotValid)
            && !self.reasons.contains(Reason::Inadvertent)
    }
}

/// A dose being held against a target dose, with what was judged before it.
pub(crate) struct Held<'a> {
    pub(crate) patient: &'a Patient<'a>,
    pub(crate) id: SeriesId,
    /// The positions of the doses with the antigen.
    pub(crate) records: &'a [u16],
    /// How the earlier of them were judged; as many as come before the one at hand.
    pub(crate) judged: &'a [Judged],
    pub(crate) targets: &'a [Target],
    /// The series of this antigen that are already forecast.
    pub(crate) others: &'a [PatientSeries],
}

/// What is forecast for one series. [`LATEST`] stands for no date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SeriesForecast {
    pub(crate) status: SeriesStatus,
    pub(crate) reason: ForecastReason,
    pub(crate) earliest: Day,
    /// Whether any age, interval, season, dose or conflict says when the series can start (SELECTB-14).
    pub(crate) has_start: bool,
    /// FORECASTDT-5.
    pub(crate) recommended: Day,
    /// FORECASTDT-6.
    pub(crate) past_due: Day,
    /// FORECASTDT-4.
    pub(crate) latest: Day,
    pub(crate) dose_number: u8,
    /// Whether the forecast has priority in its group (FORECASTPRIORITY-1).
    pub(crate) priority: bool,
}

impl Default for SeriesForecast {
    fn default() -> SeriesForecast {
        SeriesForecast::without(SeriesStatus::NotComplete, ForecastReason::DoseNeeded)
    }
}

impl SeriesForecast {
    pub(crate) fn without(status: SeriesStatus, reason: ForecastReason) -> SeriesForecast {
        SeriesForecast {
            status,
            reason,
            earliest: LATEST,
            has_start: false,
            recommended: LATEST,
            past_due: LATEST,
            latest: LATEST,
            dose_number: 0,
            priority: false,
        }
    }
}
