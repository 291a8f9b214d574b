//! The slope and relative index over a table.

use super::{Area, slope_of_areas};
use crate::registry::{Example, MeasureEntry};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::{Levels, MeasureError};

const COLUMNS: &[Column] = &[
    Column::number("rank", "the place in the order of deprivation: 1 is the most deprived"),
    Column::count("population", "how many people"),
    Column::number("value", "the figure of the group or area"),
];

const INPUT: &str = "year,rank,population,value\n2025,1,21675,70.5\n2025,2,20065,71.6\n2025,3,19750,72.5\n\
                     2025,4,24713,73.5\n2025,5,20112,73.1\n";

const SOURCE: &str =
    "Pamuk 1985, Population Studies 39: 17-31; Low and Low 2004, J Public Health 26: 388-395";

pub(crate) const SII: MeasureEntry = MeasureEntry {
    name: "sii",
    aliases: &["slope-index"],
    title: "Slope index of inequality",
    summary: "The gap from the most to the least deprived end that takes every group into account",
    formula: "slope of the regression of values on ridits, weighted by people: the fitted value at the least deprived end \
              less that at the most deprived; limits b ± t(n − 2) se(b)",
    source: SOURCE,
    peers: "phe_sii: the same value; its limits are simulated from the groups' own intervals. WHO's HEAT reports the \
            slope of a generalised linear model on the same ridits.",
    columns: COLUMNS,
    options: &[],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n2025,3.6014150528475257,0.8542607250997016,6.34856938059535,-5.215982851924783,12.418812957619835,weighted linear regression on the ridit,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const RII: MeasureEntry = MeasureEntry {
    name: "rii",
    aliases: &["relative-index"],
    title: "Relative index of inequality",
    summary: "How many times the least deprived end is the most deprived end, by the same line",
    formula: "(a + b)/a of the same line; limits by Fieller's theorem",
    source: "Pamuk 1985, Population Studies 39: 17-31; Fieller 1954, J R Stat Soc B 16: 175-185",
    peers: "phe_sii with rii = TRUE: the same value. The Scottish relative index divides the slope by the mean instead.",
    columns: COLUMNS,
    options: &[],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n2025,1.0511073612406743,1.0118907411052904,1.091895822413442,0.9303150282808824,1.1881684647456765,weighted linear regression on the ridit,\n",
    },
    run: crate::table::run::<Table<true>>,
};

struct Table<const RELATIVE: bool> {
    levels: Levels,
}

impl<const RELATIVE: bool> Measure for Table<RELATIVE> {
    type State = Vec<Area>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Table { levels: *setup.levels() })
    }

    fn add(&mut self, state: &mut Vec<Area>, cells: &Cells) -> Result<(), Fault> {
        state.push(Area { rank: cells.number(0), population: cells.number(1), value: cells.number(2) });
        Ok(())
    }

    fn answer(&mut self, areas: &mut Vec<Area>, answers: &mut Answers) -> Result<(), MeasureError> {
        let line = slope_of_areas(areas)?;
        let estimate = if RELATIVE { line.rii(&self.levels)? } else { line.sii(&self.levels) };
        answers.estimate(&estimate);
        Ok(())
    }
}
