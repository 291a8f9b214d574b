//! Whether the latest figures rise or fall, as OHID marks it, and whether the inequality narrows.

use measures::{
    FigurePoint, InequalityPoint, Levels, ProportionPoint, TrendDirection, inequality_trend, recent_trend,
    recent_trend_of_proportions,
};
use report::figures::Unit;
use vocabulary::Period;

use super::analysis::{Analysis, counted};
use super::drawing::difference_unit;
use super::measured::{Measured, interval, source};
use super::statistics::{Estimated, estimate, limits};

/// How many points Fingertips looks at.
const POINTS: usize = 5;

/// A period as years: when it begins.
fn years(period: Period) -> f64 {
    let start = period.start();
    f64::from(start.year()) + f64::from(start.month() - 1) / 12.0 + f64::from(start.day() - 1) / 365.25
}

/// Whether no two periods share a day: overlapping ones are not independent, and no trend is tested over them.
fn are_apart(periods: &[Period]) -> bool {
    periods.windows(2).all(|pair| pair[0].end() < pair[1].start())
}

/// The trend over the latest five figures of the town; `None` where there are fewer, where they overlap, or where their errors
/// cannot be known.
pub(super) fn recent(analysis: &Analysis) -> Option<Measured> {
    let i = &analysis.indicator;
    let shown: Vec<_> = analysis.points.iter().filter(|point| point.figure.value().is_some()).collect();
    let latest = &shown[shown.len().checked_sub(POINTS)?..];
    let periods: Vec<Period> = latest.iter().map(|point| point.period).collect();
    if !are_apart(&periods) {
        return None;
    }
    let counts = latest.iter().map(|p| counted(i, p.numerator, p.denominator, p.figure));
    let (trend, method) = match i.statistic.as_str() {
        "proportion" => {
            let points: Option<Vec<ProportionPoint>> = counts
                .zip(&periods)
                .map(|(counts, &period)| {
                    let (events, population) = counts.numerator.zip(counts.denominator)?;
                    Some(ProportionPoint { time: years(period), events, population })
                })
                .collect();
            (recent_trend_of_proportions(&points?, POINTS).ok()?, PROPORTIONS)
        }
        _ => {
            let points: Option<Vec<FigurePoint>> = counts
                .zip(&periods)
                .map(|(counts, &period)| {
                    let known = estimate(&i.statistic, i.multiplier, counts)?;
                    let (lower, upper) = known.interval95?;
                    let error = (upper - lower) / (2.0 * measures::Confidence::P95.z());
                    Some(FigurePoint { time: years(period), value: known.value, error })
                })
                .collect();
            (recent_trend(&points?, POINTS).ok()?, FIGURES)
        }
    };
    let words = match trend.direction {
        TrendDirection::NoSignificantChange => "No significant change".to_owned(),
        direction => direction.words(i.polarity).to_owned(),
    };
    Some(Measured {
        name: "trend",
        title: "Trend over the latest five figures",
        period: span(&periods)?,
        estimate: Estimated { value: trend.slope, interval95: None, interval998: None },
        shown: words,
        shown95: NO_INTERVAL.to_owned(),
        shown998: NO_INTERVAL.to_owned(),
        method,
        source: source("trend"),
    })
}

const NO_INTERVAL: &str = "none: it is a test";
const PROPORTIONS: &str = "chi-squared test for trend of counts at 99.8%, the same way with each figure left out in turn; the value is the slope of the logits in a year";
const FIGURES: &str = "slope by regression on time weighted by the inverse of the squared errors, tested at 99.8%, the same way with each figure left out in turn; the value is the slope in a year";

/// The change in a year of the slope index of inequality; `None` below three periods or where they overlap.
pub(super) fn in_inequality(analysis: &Analysis) -> Option<Measured> {
    let periods: Vec<Period> = analysis.gaps.iter().map(|gap| gap.period).collect();
    if !are_apart(&periods) {
        return None;
    }
    let points: Vec<InequalityPoint> = analysis
        .gaps
        .iter()
        .map(|gap| InequalityPoint {
            time: years(gap.period),
            index: gap.slope.sii,
            error: gap.slope.error.filter(|error| *error > 0.0),
        })
        .collect();
    let trend = inequality_trend(&points, 0.0, &Levels::STANDARD).ok()?;
    let unit = difference_unit(analysis.unit());
    let change = Estimated {
        value: trend.change.value(),
        interval95: limits(&trend.change, measures::Confidence::P95),
        interval998: limits(&trend.change, measures::Confidence::P998),
    };
    let words = match trend.direction {
        "narrowing" => "Narrowing",
        "widening" => "Widening",
        _ => "No significant change",
    };
    let write = |value: f64| if unit == Unit::Count { format!("{value:.1}") } else { unit.write(value) };
    Some(Measured {
        name: "inequality-trend",
        title: "Change of the slope index in a year",
        period: span(&periods)?,
        estimate: change,
        shown: format!("{words}: {}", write(change.value)),
        shown95: interval(change.interval95, unit),
        shown998: interval(change.interval998, unit),
        method: "regression of the slope indices on time, weighted by the inverse of their variances where all are known",
        source: source("inequality-trend"),
    })
}

fn span(periods: &[Period]) -> Option<Period> {
    Period::new(periods.first()?.start(), periods.last()?.end())
}
