//! The order of work (chapter 4): organise the history into antigens, weigh every relevant series, choose,
//! and gather the chosen series into groups.

use vocabulary::Date;

use crate::calendar::{Civil, to_day};
use crate::child::{Child, Dose};
use crate::definition::SeriesKind;
use crate::evaluate::evaluate;
use crate::forecast::forecast;
use crate::group;
use crate::history::History;
use crate::outcome::Outcome;
use crate::patient::Patient;
use crate::schedule::{AntigenId, Schedule, SeriesId};
use crate::select;
use crate::trace::{Event, Rule, Silent, Trace};
use crate::work::Work;

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
