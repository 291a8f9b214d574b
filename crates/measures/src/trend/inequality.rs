//! Whether an inequality narrows or widens: the slope over time of an index of inequality, with its standard error.
//!
//! Regression on time weighted by the inverse of the squared standard errors of the index at each time, which are taken
//! as known; without them, ordinary least squares with n − 2 degrees of freedom. The index is given (a slope index, a
//! gap, a ratio), or worked out here as the slope index of the groups at each time, with the standard error that the
//! groups' own errors give it or, without these, that of its regression. It narrows when the interval of the slope leaves
//! zero outside on the side that leads to no inequality: 0 for gaps and slope indices, 1 for ratios.

use super::{FigurePoint, weighted};
use crate::estimate::Note;
use crate::slope::{FigureKind, SlopeIndex, SlopeLimits, SlopeRequest, UncertainArea, slope_index};
use crate::special::student_upper_quantile;
use crate::table::{Answers, Cells, Column, Errors, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Area, Confidence, Estimate, Levels, MeasureError, Reason};

/// An index of inequality at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InequalityPoint {
    /// When: a year, or any number that grows.
    pub time: f64,
    /// The index.
    pub index: f64,
    /// Its standard error.
    pub error: Option<f64>,
}

/// How an inequality moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InequalityTrend {
    /// The change of the index in one unit of time.
    pub change: Estimate,
    /// The index on the line at the first and at the last time.
    pub ends: (f64, f64),
    /// `narrowing`, `widening`, or `no-significant-change` at the first of the levels.
    pub direction: &'static str,
}

/// How an index of inequality moves over time. `none` is the index when there is no inequality: 0, or 1 for a ratio.
///
/// # Errors
/// [`Reason::FewGroups`] below three points; [`MeasureError::OutOfRange`] for two points at one time or a number that is
/// not finite; [`Reason::NoError`] for an error of zero.
pub fn inequality_trend(
    points: &[InequalityPoint],
    none: f64,
    levels: &Levels,
) -> Result<InequalityTrend, MeasureError> {
    let latest = super::latest(points, points.len().max(3), |point| point.time)?;
    if let Some(point) = latest.iter().find(|point| !point.index.is_finite()) {
        return Err(MeasureError::OutOfRange { what: "an index", value: point.index, expected: "a number" });
    }
    if latest.iter().any(|point| point.error.is_some_and(|error| !(error > 0.0 && error.is_finite()))) {
        return Err(Reason::NoError.into());
    }
    let known = latest.iter().all(|point| point.error.is_some());
    let figure = |point: &InequalityPoint| FigurePoint {
        time: point.time,
        value: point.index,
        error: if known { point.error.unwrap_or(1.0) } else { 1.0 },
    };
    let figures: Vec<FigurePoint> = latest.iter().map(figure).collect();
    let (slope, error) = weighted(&figures);
    let total: f64 = figures.iter().map(|point| point.error.powi(-2)).sum();
    let mean = |of: fn(&FigurePoint) -> f64| {
        figures.iter().map(|point| of(point) * point.error.powi(-2)).sum::<f64>() / total
    };
    let (time, index) = (mean(|point| point.time), mean(|point| point.value));
    let at = |when: f64| index + slope * (when - time);
    let freedom = figures.len() as f64 - 2.0;
    let left: f64 = figures.iter().map(|point| (point.value - at(point.time)).powi(2)).sum();
    let (method, error) = match known {
        true => ("regression on time weighted by the inverse of the variance", error),
        false => ("regression on time", error * (left / freedom).sqrt()),
    };
    let critical = |confidence: Confidence| match known {
        true => confidence.z(),
        false => student_upper_quantile(freedom, confidence.tail()),
    };
    let change = Estimate::new(slope, method, levels, |confidence| {
        (slope - critical(confidence) * error, slope + critical(confidence) * error)
    });
    let (first, last) = (figures[0].time, figures[figures.len() - 1].time);
    let certain =
        change.intervals().first().is_some_and(|interval| interval.lower > 0.0 || interval.upper < 0.0);
    let direction = match (certain, (slope < 0.0) == (index > none)) {
        (false, _) => "no-significant-change",
        (true, true) => "narrowing",
        (true, false) => "widening",
    };
    let change = if known { change } else { change.with_note(Note::NoErrors) };
    Ok(InequalityTrend { change, ends: (at(first), at(last)), direction })
}

const TIME: usize = 0;
const VALUE: usize = 1;
const LOWER: usize = 2;
const UPPER: usize = 3;
const ERROR: usize = 4;
const RANK: usize = 5;
const POPULATION: usize = 6;

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "inequality-trend",
    aliases: &["gap-trend"],
    title: "Trend in the inequality",
    summary: "Whether a gap, a slope index or a ratio narrows or widens over time",
    formula: "slope of the index on time weighted by 1/se², ± z/√Σw(t − t̄)²; without errors by least squares, ± t(n − 2) se; with \
              rank and population the index is the slope index of the groups at each time",
    source: "Inverse-variance weighting as in OHID, Fingertips technical guidance: Fingertips trend markers (which allow slope indices and gaps)",
    peers: "None has it as one step; WHO's HEAT shows the indices of the years side by side.",
    columns: &[
        Column::number("time", "when: a year, or any number that grows"),
        Column::number("value", "the index at that time; with rank and population, the figure of a group"),
        Column::number("lower95", "its lower 95% limit").optional(),
        Column::number("upper95", "its upper 95% limit").optional(),
        Column::size("se", "its standard error, instead of limits").optional(),
        Column::number("rank", "the group's place in the order of deprivation: 1 is the most deprived")
            .optional(),
        Column::count("population", "how many people are in the group").optional(),
    ],
    options: &[OptionEntry {
        name: "none",
        default: "0",
        what: "the index when there is no inequality: 0, or 1 for a ratio",
    }],
    shape: Shape { labels: &[], estimate: true, after: &["first", "last", "direction"] },
    example: Example {
        options: &[],
        input: "area,time,value,se\nA,2019,-12,1.5\nA,2020,-11,1.2\nA,2021,-11.5,1.4\nA,2022,-8,1.1\nA,2023,-7,1\n",
        output: "area,value,lower95,upper95,lower998,upper998,first,last,direction,method,note\n\
                 A,1.3570016747461147,0.6083585711693524,2.105644778322877,0.1766324829083612,2.537370866583868,-12.536377171321233,-7.108370472336773,narrowing,regression on time weighted by the inverse of the variance,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    none: f64,
    groups: bool,
    errors: Errors,
    levels: Levels,
}

impl Measure for Table {
    type State = Vec<(f64, UncertainArea)>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Table {
            none: setup.number("none")?,
            groups: setup.has(RANK) && setup.has(POPULATION),
            errors: Errors::new(setup, ERROR, LOWER, UPPER),
            levels: *setup.levels(),
        })
    }

    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault> {
        let error = self.errors.of(cells).unwrap_or(f64::NAN);
        let area = Area {
            rank: cells.number(RANK),
            population: cells.number(POPULATION),
            value: cells.number(VALUE),
        };
        state.push((cells.number(TIME), UncertainArea { area, error }));
        Ok(())
    }

    fn answer(&mut self, state: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError> {
        let points = if self.groups { indices(state)? } else { given(state) };
        let trend = inequality_trend(&points, self.none, &self.levels)?;
        answers.begin(&[]);
        answers.figures(&trend.change);
        answers.figure(trend.ends.0);
        answers.figure(trend.ends.1);
        answers.word(trend.direction);
        answers.end_with(&trend.change);
        Ok(())
    }
}

fn given(rows: &[(f64, UncertainArea)]) -> Vec<InequalityPoint> {
    let point = |(time, row): &(f64, UncertainArea)| InequalityPoint {
        time: *time,
        index: row.area.value,
        error: Some(row.error).filter(|error| !error.is_nan()),
    };
    rows.iter().map(point).collect()
}

/// The slope index of the groups at each time.
fn indices(rows: &mut [(f64, UncertainArea)]) -> Result<Vec<InequalityPoint>, MeasureError> {
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    let known = rows.iter().all(|(_, row)| !row.error.is_nan());
    let request = SlopeRequest {
        index: SlopeIndex::Slope,
        kind: FigureKind::Value,
        transformed: false,
        limits: if known { SlopeLimits::ClosedForm } else { SlopeLimits::Regression },
        multiplier: 1.0,
    };
    let levels = Levels::one(Confidence::P95);
    rows.chunk_by(|one, other| one.0 == other.0)
        .map(|year| {
            let areas: Vec<UncertainArea> = year.iter().map(|(_, area)| *area).collect();
            let index = slope_index(&areas, &request, &levels)?.estimate;
            let critical = match known {
                true => Confidence::P95.z(),
                false => student_upper_quantile(areas.len() as f64 - 2.0, Confidence::P95.tail()),
            };
            let error = index.intervals().first().map(|interval| (interval.upper - index.value()) / critical);
            Ok(InequalityPoint { time: year[0].0, index: index.value(), error })
        })
        .collect()
}
