//! Whether the latest points of a series rise or fall, as Fingertips marks it.
//!
//! OHID, Fingertips Public Health Technical Guidance, *Fingertips trend markers*: the latest five points, two methods.
//! Proportions: the chi-squared test for trend of counts (Armitage 1955, *Biometrics* 11: 375-386), with the direction
//! from the unweighted slope of the logits. Everything else: the slope by regression on time weighted by the inverse of
//! the squared standard errors, and the square of slope over its standard error. A trend is marked when the statistic
//! is above 9.5495 (99.8%) and when the slope has the same sign with each of the points left out in turn: a trend that
//! hangs on one point is none. Points need not be a year apart.
//!
//! Where a proportion is 0 or 1 its logit does not exist; the direction is then that of the chi-squared statistic. The
//! peer stops there.

mod inequality;
mod table;

pub use inequality::{InequalityPoint, InequalityTrend, inequality_trend};

pub(crate) use inequality::ENTRY as INEQUALITY;
pub(crate) use table::ENTRY;

use vocabulary::Polarity;

use crate::{MeasureError, Reason};

/// The statistic above which a trend is marked: the square of the normal quantile at 99.9%.
const CRITICAL: f64 = 9.5495;

/// A proportion at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionPoint {
    /// When: a year, or any number that grows.
    pub time: f64,
    /// How many events.
    pub events: f64,
    /// Among how many.
    pub population: f64,
}

/// A figure with its standard error at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigurePoint {
    /// When: a year, or any number that grows.
    pub time: f64,
    /// The figure.
    pub value: f64,
    /// Its standard error, above zero.
    pub error: f64,
}

/// What the latest points do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// They rise.
    Increasing,
    /// They fall.
    Decreasing,
    /// Neither for certain.
    NoSignificantChange,
}

/// The trend of the latest points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecentTrend {
    /// What they do.
    pub direction: Direction,
    /// The slope that gives the direction: of the figures, or of the logits of proportions, in one unit of time.
    pub slope: f64,
    /// The chi-squared statistic with one degree of freedom.
    pub statistic: f64,
    /// The time of the first point without which the slope turns, when the statistic alone would mark a trend.
    pub hangs_on: Option<f64>,
    /// The times of the first and the last point that were looked at.
    pub between: (f64, f64),
}

impl Direction {
    /// The stable code used in files: `increasing`, `decreasing` or `no-significant-change`.
    pub fn code(self) -> &'static str {
        match self {
            Direction::Increasing => "increasing",
            Direction::Decreasing => "decreasing",
            Direction::NoSignificantChange => "no-significant-change",
        }
    }

    /// The words of Fingertips.
    pub fn words(self, polarity: Polarity) -> &'static str {
        match (self, polarity) {
            (Direction::NoSignificantChange, _) => "No significant change",
            (Direction::Increasing, Polarity::HighIsGood) => "Increasing and getting better",
            (Direction::Increasing, Polarity::LowIsGood) => "Increasing and getting worse",
            (Direction::Increasing, Polarity::NotSet) => "Increasing",
            (Direction::Decreasing, Polarity::HighIsGood) => "Decreasing and getting worse",
            (Direction::Decreasing, Polarity::LowIsGood) => "Decreasing and getting better",
            (Direction::Decreasing, Polarity::NotSet) => "Decreasing",
        }
    }
}

/// The trend of the latest `count` proportions (five on Fingertips), which need not be in order.
///
/// # Errors
/// [`Reason::FewGroups`] when there are fewer points; [`MeasureError::OutOfRange`] for two points at one time, for a
/// negative number and for fewer than three points asked for; [`MeasureError::MoreEventsThanPeople`].
pub fn recent_trend_of_proportions(
    points: &[ProportionPoint],
    count: usize,
) -> Result<RecentTrend, MeasureError> {
    for point in points {
        let (events, population) = (point.events, point.population);
        if !(events >= 0.0 && population > 0.0 && population.is_finite()) {
            let what = "a number of events or people";
            return Err(MeasureError::OutOfRange {
                what,
                value: events.min(population),
                expected: "zero or more events, and people",
            });
        }
        if events > population {
            return Err(MeasureError::MoreEventsThanPeople { events, population });
        }
    }
    let latest = latest(points, count, |point| point.time)?;
    let certain = latest.iter().any(|point| point.events == 0.0 || point.events == point.population);
    Ok(judge(
        &latest,
        |point| point.time,
        |points| {
            if certain { armitage(points).0 } else { slope_of_logits(points) }
        },
        |points| armitage(points).1,
    ))
}

/// The trend of the latest `count` figures (five on Fingertips), which need not be in order.
///
/// # Errors
/// As [`recent_trend_of_proportions`]; [`Reason::NoError`] for an error that is not above zero.
pub fn recent_trend(points: &[FigurePoint], count: usize) -> Result<RecentTrend, MeasureError> {
    let latest = latest(points, count, |point| point.time)?;
    for point in &latest {
        if !point.value.is_finite() {
            return Err(MeasureError::OutOfRange {
                what: "a figure",
                value: point.value,
                expected: "a number",
            });
        }
        if !(point.error > 0.0 && point.error.is_finite()) {
            return Err(Reason::NoError.into());
        }
    }
    Ok(judge(
        &latest,
        |point| point.time,
        |points| weighted(points).0,
        |points| {
            let (slope, error) = weighted(points);
            (slope / error).powi(2)
        },
    ))
}

/// The latest points in the order of time.
fn latest<P: Copy>(points: &[P], count: usize, time: impl Fn(&P) -> f64) -> Result<Vec<P>, MeasureError> {
    if count < 3 {
        let (what, expected) = ("a number of points", "three or more");
        return Err(MeasureError::OutOfRange { what, value: count as f64, expected });
    }
    if points.len() < count {
        return Err(Reason::FewGroups { what: "points", count: points.len(), least: count }.into());
    }
    if let Some(point) = points.iter().find(|point| !time(point).is_finite()) {
        return Err(MeasureError::OutOfRange { what: "a time", value: time(point), expected: "a number" });
    }
    let mut sorted = points.to_vec();
    sorted.sort_by(|one, other| time(one).total_cmp(&time(other)));
    if let Some(pair) = sorted.windows(2).find(|pair| time(&pair[0]) == time(&pair[1])) {
        let (what, expected) = ("two points at the time", "one point at each time");
        return Err(MeasureError::OutOfRange { what, value: time(&pair[0]), expected });
    }
    Ok(sorted.split_off(sorted.len() - count))
}

fn judge<P: Copy>(
    points: &[P],
    time: impl Fn(&P) -> f64,
    slope: impl Fn(&[P]) -> f64,
    statistic: impl Fn(&[P]) -> f64,
) -> RecentTrend {
    let (slope_of_all, statistic) = (slope(points), statistic(points));
    let mut trend = RecentTrend {
        direction: Direction::NoSignificantChange,
        slope: slope_of_all,
        statistic,
        hangs_on: None,
        between: (time(&points[0]), time(&points[points.len() - 1])),
    };
    if statistic > CRITICAL {
        let without = |left: usize| {
            let rest: Vec<P> =
                points.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, point)| *point).collect();
            slope(&rest)
        };
        let sign = |slope: f64| slope.partial_cmp(&0.0);
        let turned = (0..points.len()).find(|&left| sign(without(left)) != sign(slope_of_all));
        match turned {
            Some(left) => trend.hangs_on = Some(time(&points[left])),
            None if slope_of_all < 0.0 => trend.direction = Direction::Decreasing,
            None => trend.direction = Direction::Increasing,
        }
    }
    trend
}

/// Times are counted from the middle, so that years lose no figures when they are squared.
fn middle(times: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = times.clone().count() as f64;
    times.sum::<f64>() / count
}

/// The slope of the proportions weighted by people, and Armitage's statistic.
fn armitage(points: &[ProportionPoint]) -> (f64, f64) {
    let start = middle(points.iter().map(|point| point.time));
    let (mut people, mut events, mut by_time, mut events_by_time, mut by_square) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for point in points {
        let time = point.time - start;
        people += point.population;
        events += point.events;
        by_time += point.population * time;
        events_by_time += point.events * time;
        by_square += point.population * time * time;
    }
    let across = people * events_by_time - events * by_time;
    let spread = people * by_square - by_time * by_time;
    let variance = events * (people - events) * spread;
    let statistic = if variance > 0.0 { people * across * across / variance } else { 0.0 };
    (across / spread, statistic)
}

fn slope_of_logits(points: &[ProportionPoint]) -> f64 {
    let start = middle(points.iter().map(|point| point.time));
    let (mut across, mut spread) = (0.0, 0.0);
    for point in points {
        let time = point.time - start;
        across += time * (point.events / (point.population - point.events)).ln();
        spread += time * time;
    }
    across / spread
}

/// The slope by regression weighted by the inverse of the squared errors, and its standard error.
fn weighted(points: &[FigurePoint]) -> (f64, f64) {
    let weight = |point: &FigurePoint| 1.0 / (point.error * point.error);
    let total: f64 = points.iter().map(weight).sum();
    let mean = |of: fn(&FigurePoint) -> f64| {
        points.iter().map(|point| weight(point) * of(point)).sum::<f64>() / total
    };
    let (time, value) = (mean(|point| point.time), mean(|point| point.value));
    let spread: f64 = points.iter().map(|point| weight(point) * (point.time - time).powi(2)).sum();
    let across: f64 =
        points.iter().map(|point| weight(point) * (point.time - time) * (point.value - value)).sum();
    (across / spread, (1.0 / spread).sqrt())
}

#[cfg(test)]
mod tests;
