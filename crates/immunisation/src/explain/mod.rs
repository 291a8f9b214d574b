//! Every rule that a dose met and failed, in plain words.
//!
//! The same engine is run with somebody listening (`trace`), so that an explanation cannot say
//! anything but what was done. The alternative, a second pass that works out reasons from results, would in
//! time explain another engine.

mod words;

use std::fmt;

use vocabulary::Date;

use crate::child::{Child, Dose};
use crate::engine::{Scratch, run};
use crate::schedule::{AntigenId, Schedule, SeriesId};
use crate::trace::{Event, Rule};
use words::Words;

/// What was asked and how it came out, series by series, in the order in which the engine asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    steps: Vec<Step>,
}

/// One rule and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The antigen.
    pub antigen: AntigenId,
    /// The series.
    pub series: SeriesId,
    /// The name of the series.
    pub series_name: String,
    /// Whether the child is held to that series.
    pub best: bool,
    /// The position in the input of the dose that it is about; `None` for a forecast or a choice.
    pub dose: Option<usize>,
    /// The dose of the series that it is about, from 1, where it is about one.
    pub series_dose: Option<u8>,
    /// Whether the rule was met.
    pub met: bool,
    /// In plain words.
    pub text: String,
}

/// Explains an evaluation and forecast: the same arguments as [`crate::evaluate_and_forecast`].
pub fn explain(schedule: &Schedule, child: &Child, doses: &[Dose], assessment: Date) -> Explanation {
    let mut events: Vec<Event> = Vec::new();
    let mut scratch = Scratch::new();
    run(schedule, child, doses, assessment, &mut scratch, &mut events);
    let words = Words { schedule, child, history: scratch.history() };
    let is_best =
        |series: SeriesId| events.iter().any(|e| e.series == series && e.rule == Rule::Best && e.met);
    let steps = events.iter().map(|event| Step {
        antigen: schedule.series[event.series.index()].antigen,
        series: event.series,
        series_name: schedule.series_name(event.series).to_owned(),
        best: is_best(event.series),
        dose: event.given.map(|at| scratch.history().doses[at as usize].input as usize),
        series_dose: words.is_about_dose(event).then(|| event.target.saturating_add(1)),
        met: event.met,
        text: words.of(event),
    });
    let mut steps: Vec<Step> = steps.collect();
    // The choice of a series is made after all are weighed; told with the series it is easier to follow.
    steps.sort_by_key(|step| step.series);
    Explanation { steps }
}

impl Explanation {
    /// The steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The steps of the series that the child is held to: what a clinician asks for.
    pub fn of_best(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.best)
    }

    /// The same explanation with only the series that the child is held to.
    pub fn only_best(&self) -> Explanation {
        Explanation { steps: self.of_best().cloned().collect() }
    }

    /// The steps about one antigen.
    pub fn of_antigen(&self, antigen: AntigenId) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.antigen == antigen)
    }
}

/// A heading for each series, then a line for each step.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_steps(f, self.steps.iter())
    }
}

pub(crate) fn write_steps<'a>(
    out: &mut impl fmt::Write,
    steps: impl Iterator<Item = &'a Step>,
) -> fmt::Result {
    let mut heading = None;
    for step in steps {
        if heading != Some(step.series) {
            writeln!(out, "{}{}", step.series_name, if step.best { " (chosen)" } else { "" })?;
            heading = Some(step.series);
        }
        writeln!(out, "  {} {}", if step.met { "+" } else { "-" }, step.text)?;
    }
    Ok(())
}
