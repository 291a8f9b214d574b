//! What a control chart shows.

use vocabulary::{Date, Figure, Period};

use super::super::About;
use crate::svg::Mark;
use crate::svg::palette::{COMMON, CONCERN, IMPROVEMENT, NO_JUDGEMENT};

/// A run chart or control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlChart {
    /// What the chart is about.
    pub about: About,
    /// What it is and by which rules: `XmR chart, NHS Making Data Count rules`.
    pub method: String,
    /// What the centre line is: `Mean` or `Median`.
    pub centre: String,
    /// The points, in order of time.
    pub points: Vec<ControlPoint>,
    /// Where a person had the limits recalculated, and why.
    pub rebases: Vec<(Date, String)>,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// The days it is about.
    pub period: Period,
    /// Its value, or why there is none.
    pub figure: Figure,
    /// The centre line there.
    pub centre: Option<f64>,
    /// The lower limit there.
    pub lower: Option<f64>,
    /// The upper limit there.
    pub upper: Option<f64>,
    /// The target there.
    pub target: Option<f64>,
    /// What the rules make of it.
    pub signal: Signal,
    /// The rules that it fired, in words.
    pub rules: Vec<String>,
    /// Shown, but left out of limits and rules.
    pub ghosted: bool,
    /// The part of the series between two rebasings, from 0.
    pub part: usize,
}

/// What the rules make of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Nothing: common-cause variation.
    None,
    /// Special cause in the wrong direction.
    Concern,
    /// Special cause in the right direction.
    Improvement,
    /// Special cause where neither direction is better.
    NoJudgement,
}

impl Signal {
    /// The signal in words.
    pub fn words(self) -> &'static str {
        match self {
            Signal::None => "common cause",
            Signal::Concern => "special cause, concern",
            Signal::Improvement => "special cause, improvement",
            Signal::NoJudgement => "special cause",
        }
    }

    pub(in crate::charts) fn look(self) -> (Mark, &'static str, f64) {
        match self {
            Signal::None => (Mark::Circle, COMMON, 1.0),
            Signal::Concern => (Mark::Triangle, CONCERN, 1.3),
            Signal::Improvement => (Mark::Diamond, IMPROVEMENT, 1.3),
            Signal::NoJudgement => (Mark::Square, NO_JUDGEMENT, 1.3),
        }
    }
}
