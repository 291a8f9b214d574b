//! The chart: every point with its limits, the rules it fired and what that means.

mod build;
mod sentence;

use vocabulary::{Period, Polarity};

use crate::{Assurance, Kind, Profile, Rebase, Rules, Variation};

pub use build::chart;

/// What a point's rules mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Judgement {
    /// No rule fired: nothing more than chance explains.
    CommonCause,
    /// Special cause in the better direction.
    Improvement,
    /// Special cause in the worse direction.
    Concern,
    /// Special cause that is not judged: no direction is better, or the rule points neither way.
    Neither,
}

impl Judgement {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Judgement::CommonCause => "common-cause",
            Judgement::Improvement => "improvement",
            Judgement::Concern => "concern",
            Judgement::Neither => "neither",
        }
    }
}

/// One point of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The days it is about (of a subgroup: of its first reading).
    pub period: Period,
    /// Which reading of the series it is, or a subgroup's first, counted from 0.
    pub reading: usize,
    /// What is plotted: the value, or the proportion, rate, range, mean or sum that the kind makes of it; `None` is a gap.
    pub value: Option<f64>,
    /// The centre line here; `None` when no reading of the part can be used.
    pub centre: Option<f64>,
    /// The lower limit here; `None` when the kind has none or there are too few points.
    pub lower: Option<f64>,
    /// The upper limit here.
    pub upper: Option<f64>,
    /// The target here.
    pub target: Option<f64>,
    /// The rules that it fired.
    pub rules: Rules,
    /// What they mean.
    pub judgement: Judgement,
    /// What they mean and which way they point: the icon if this were the latest point.
    pub variation: Variation,
    /// Which part of the chart it is in, counted from 1; a part begins at the start and at every rebase.
    pub part: u32,
    /// Shown, but left out of the limits and of the rules.
    pub ghosted: bool,
}

/// A stretch of a chart that has limits of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its first point, as a place in [`Chart::points`].
    pub first: usize,
    /// How many points it has, gaps included.
    pub points: usize,
    /// How many of them the limits come from: neither gaps nor ghosted, and no later than a freeze.
    pub used: usize,
    /// Why it begins here; `None` for the first part.
    pub rebase: Option<Rebase>,
    /// The place of the first point after a freeze; limits come from the points before it.
    pub frozen_from: Option<usize>,
}

/// A series with its centre, limits, rules and icons, and the method that made them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    kind: Kind,
    profile: &'static Profile,
    polarity: Polarity,
    points: Vec<Point>,
    parts: Vec<Part>,
    variation: Variation,
    assurance: Assurance,
    latest: Option<usize>,
}

impl Chart {
    /// The kind of chart.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The rule set that it was drawn by.
    pub fn profile(&self) -> &'static Profile {
        self.profile
    }

    /// Which direction was taken as an improvement.
    pub fn polarity(&self) -> Polarity {
        self.polarity
    }

    /// The points, oldest first: one for each reading, or for each subgroup of an x̄ chart.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The parts, oldest first.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The variation icon: what the latest point shows.
    pub fn variation(&self) -> Variation {
        self.variation
    }

    /// The assurance icon: the latest target against the latest limits.
    pub fn assurance(&self) -> Assurance {
        self.assurance
    }

    /// The latest point that is neither a gap nor ghosted, on which the icons rest.
    pub fn latest(&self) -> Option<&Point> {
        self.latest.and_then(|at| self.points.get(at))
    }
}
