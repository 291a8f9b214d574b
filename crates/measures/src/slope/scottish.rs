//! The Scottish slope and relative index of inequality, as the Scottish Public Health Observatory (ScotPHO) has them.
//!
//! ScotPHO, *Measuring health inequalities* and the deprivation functions of its profiles: the same regression as
//! [`slope`](super::slope), but the slope index is the most deprived end less the least (above zero when the most
//! deprived have more of it), and the relative index divides it by the average of the whole population, not by one end
//! of the line. Limits are those of the regression, divided by the same average, which is taken as certain. Half the
//! relative index says by how much the most deprived end lies above the average.

use super::{Area, Slope};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Estimate, Levels, MeasureError, Reason, slope_of_areas};

const METHOD: &str = "Scottish relative index: weighted linear regression on the ridit over the average";

/// The Scottish indices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScottishIndex {
    /// The most deprived end of the line less the least deprived.
    pub slope: Estimate,
    /// The same divided by the average.
    pub relative: Estimate,
    /// The average of the whole population.
    pub average: f64,
}

/// The Scottish indices of a line through areas. `average` is the figure of the whole population where it is known; the
/// areas' own average, weighted by people, where it is not.
///
/// # Errors
/// As [`slope_of_areas`]; [`Reason::RatioToZero`] for an average of zero, [`MeasureError::OutOfRange`] for one below.
pub fn scottish_index(
    areas: &[Area],
    average: Option<f64>,
    levels: &Levels,
) -> Result<ScottishIndex, MeasureError> {
    let line: Slope = slope_of_areas(areas)?;
    let average = average.unwrap_or(line.middle);
    if average == 0.0 {
        return Err(Reason::RatioToZero("the average").into());
    }
    if !(average > 0.0 && average.is_finite()) {
        return Err(MeasureError::OutOfRange { what: "an average", value: average, expected: "above zero" });
    }
    let slope = line.sii(levels).times(-1.0);
    Ok(ScottishIndex { slope, relative: slope.times(1.0 / average).named(METHOD), average })
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "scottish-rii",
    aliases: &["rii-scotland", "scotpho-rii"],
    title: "Relative index of inequality, Scottish variant",
    summary: "The gap from the most to the least deprived end, as a multiple of the average",
    formula: "(a − (a + b))/ȳ with the same line a + b x; its limits over the same average; above_average is half of it in per cent",
    source: "Scottish Public Health Observatory (ScotPHO), Measuring health inequalities; Pamuk 1985, Population Studies 39: 17-31",
    peers: "ScotPHO's own R functions: the same. phe_sii divides one end by the other and counts the gap the other way round.",
    columns: &[
        Column::number("rank", "the place in the order of deprivation: 1 is the most deprived"),
        Column::count("population", "how many people"),
        Column::number("value", "the figure of the group or area"),
    ],
    options: &[OptionEntry {
        name: "average",
        default: "",
        what: "the figure of the whole population; that of the rows, weighted by people, when empty",
    }],
    shape: Shape { labels: &[], estimate: true, after: &["slope_index", "average", "above_average"] },
    example: Example {
        options: &[],
        input: "year,rank,population,value\n2025,1,20,160\n2025,2,20,130\n2025,3,20,120\n2025,4,20,95\n2025,5,20,70\n",
        output: "year,value,lower95,upper95,lower998,upper998,slope_index,average,above_average,method,note\n\
                 2025,0.9347826086956519,0.7123884004799356,1.1571768169113685,0.22097552266915507,1.6485896947221486,107.5,115,46.7391304347826,Scottish relative index: weighted linear regression on the ridit over the average,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    average: Option<f64>,
    levels: Levels,
}

impl Measure for Table {
    type State = Vec<Area>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let average = match setup.text("average").trim() {
            "" => None,
            _ => Some(setup.number("average")?),
        };
        Ok(Table { average, levels: *setup.levels() })
    }

    fn add(&mut self, state: &mut Vec<Area>, cells: &Cells) -> Result<(), Fault> {
        state.push(Area { rank: cells.number(0), population: cells.number(1), value: cells.number(2) });
        Ok(())
    }

    fn answer(&mut self, areas: &mut Vec<Area>, answers: &mut Answers) -> Result<(), MeasureError> {
        let index = scottish_index(areas, self.average, &self.levels)?;
        answers.begin(&[]);
        answers.figures(&index.relative);
        answers.figure(index.slope.value());
        answers.figure(index.average);
        answers.figure(index.relative.value() * 50.0);
        answers.end_with(&index.relative);
        Ok(())
    }
}
