//! Recent trends over a table: a row a point.

use super::{
    Direction, FigurePoint, ProportionPoint, RecentTrend, recent_trend, recent_trend_of_proportions,
};
use crate::table::{Answers, Cells, Column, Errors, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{MeasureError, Reason};
use vocabulary::Polarity;

const TIME: usize = 0;
const EVENTS: usize = 1;
const POPULATION: usize = 2;
const VALUE: usize = 3;
const LOWER: usize = 4;
const UPPER: usize = 5;
const ERROR: usize = 6;

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "trend",
    aliases: &["recent-trend"],
    title: "Recent trend",
    summary: "Whether the latest five points rise or fall, as Fingertips marks it",
    formula: "proportions: X² = D(D Σct − C Σdt)²/(C(D − C)(D Σdt² − (Σdt)²)), direction by the slope of the logits; others: β by \
              regression weighted by 1/se², X² = β²/var β; a trend when X² > 9.5495 (99.8%) and β keeps its sign without any one point",
    source: "OHID, Fingertips Public Health Technical Guidance: Fingertips trend markers; Armitage 1955, Biometrics 11: 375-386",
    peers: "assign_trend_markers of PHEindicatormethods: the same words. It divides figures by the multiplier and not their limits, \
            and stops where a proportion is 0 or 1.",
    columns: &[
        Column::number("time", "when: a year, or any number that grows"),
        Column::count("events", "the events of a proportion").optional(),
        Column::size("population", "the people of a proportion").optional(),
        Column::number("value", "the figure, for everything but proportions").optional(),
        Column::number("lower95", "its lower 95% limit").optional(),
        Column::number("upper95", "its upper 95% limit").optional(),
        Column::size("se", "its standard error, instead of limits").optional(),
    ],
    options: &[
        OptionEntry { name: "points", default: "5", what: "how many of the latest points are looked at" },
        OptionEntry {
            name: "polarity",
            default: "not-set",
            what: "which way is better: high-is-good, low-is-good or not-set",
        },
    ],
    shape: Shape {
        labels: &[],
        estimate: false,
        after: &["trend", "words", "slope", "chi_squared", "from", "to"],
    },
    example: Example {
        options: &[("polarity", "low-is-good")],
        input: "area,time,value,lower95,upper95\nA,1,30.6,28.98,32.25\nA,2,30.2,28.63,31.9\nA,3,28,26.44,29.64\n\
                A,4,24.6,23.15,26.19\nA,5,24.67,23.16,26.25\n",
        output: "area,trend,words,slope,chi_squared,from,to,method,note\n\
                 A,decreasing,Decreasing and getting better,-1.7515662226629556,46.76359716054988,1,5,regression on time weighted by the inverse of the variance,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    proportions: bool,
    errors: Errors,
    points: usize,
    polarity: Polarity,
}

#[derive(Default)]
struct Points {
    proportions: Vec<ProportionPoint>,
    figures: Vec<FigurePoint>,
}

impl Measure for Table {
    type State = Points;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let proportions = setup.has(EVENTS) && setup.has(POPULATION);
        let errors = Errors::new(setup, ERROR, LOWER, UPPER);
        if !(proportions || setup.has(VALUE) && errors.are_known()) {
            return Err(MeasureError::Unknown {
                what: "a table that a trend can be told of",
                value: "columns that are not enough".to_owned(),
                expected: "events and population, or value with lower95 and upper95 or se".to_owned(),
            });
        }
        let words = [Polarity::HighIsGood, Polarity::LowIsGood, Polarity::NotSet].map(|p| (p.code(), p));
        let polarity = setup.choice("polarity", &words)?;
        Ok(Table { proportions, errors, points: setup.number("points")?.clamp(0.0, 1e6) as usize, polarity })
    }

    fn add(&mut self, state: &mut Points, cells: &Cells) -> Result<(), Fault> {
        let time = cells.number(TIME);
        if self.proportions {
            let (events, population) = (cells.number(EVENTS), cells.number(POPULATION));
            if events > population {
                return Err(Fault::of(EVENTS, MeasureError::MoreEventsThanPeople { events, population }));
            }
            state.proportions.push(ProportionPoint { time, events, population });
            return Ok(());
        }
        let error = self.errors.of(cells).unwrap_or(f64::NAN);
        state.figures.push(FigurePoint { time, value: cells.number(VALUE), error });
        Ok(())
    }

    fn answer(&mut self, state: &mut Points, answers: &mut Answers) -> Result<(), MeasureError> {
        let trend = match self.proportions {
            true => recent_trend_of_proportions(
                &known(&mut state.proportions, self.points, |point| {
                    (point.time, point.events + point.population)
                })?,
                self.points,
            )?,
            false => recent_trend(
                &known(&mut state.figures, self.points, |point| (point.time, point.value + point.error))?,
                self.points,
            )?,
        };
        self.write(&trend, answers);
        Ok(())
    }
}

/// The points, when none of the latest is withheld: a gap among them would make another five of them.
fn known<P: Copy>(
    points: &mut [P],
    count: usize,
    parts: impl Fn(&P) -> (f64, f64),
) -> Result<Vec<P>, MeasureError> {
    points.sort_by(|one, other| parts(one).0.total_cmp(&parts(other).0));
    let latest = &points[points.len().saturating_sub(count)..];
    match latest.iter().any(|point| parts(point).1.is_nan()) {
        true => Err(Reason::NoPoint.into()),
        false => Ok(points.iter().copied().filter(|point| !parts(point).1.is_nan()).collect()),
    }
}

impl Table {
    fn write(&self, trend: &RecentTrend, answers: &mut Answers) {
        answers.begin(&[]);
        answers.word(trend.direction.code());
        answers.word(Direction::words(trend.direction, self.polarity));
        for number in [trend.slope, trend.statistic, trend.between.0, trend.between.1] {
            answers.figure(number);
        }
        let method = if self.proportions {
            "chi-squared test for trend"
        } else {
            "regression on time weighted by the inverse of the variance"
        };
        match trend.hangs_on {
            None => answers.end(method, ""),
            Some(time) => answers.end(method, &format!("without the point at {time} the slope turns")),
        }
    }
}
