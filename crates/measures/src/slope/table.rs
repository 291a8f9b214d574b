//! The slope and relative index over a table.

use super::{
    Area, FigureKind, Simulation, SlopeIndex, SlopeLimits, SlopeRequest, UncertainArea, slope_index,
};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Confidence, Levels, MeasureError};

const RANK: usize = 0;
const POPULATION: usize = 1;
const VALUE: usize = 2;
const LOWER: usize = 3;
const UPPER: usize = 4;
const ERROR: usize = 5;

const COLUMNS: &[Column] = &[
    Column::number("rank", "the place in the order of deprivation: 1 is the most deprived"),
    Column::count("population", "how many people"),
    Column::number("value", "the figure of the group or area"),
    Column::number("lower95", "the lower 95% limit of the figure").optional(),
    Column::number("upper95", "the upper 95% limit of the figure").optional(),
    Column::count(
        "se",
        "the standard error of the figure (of its logarithm for a rate, of its logit for a proportion)",
    )
    .optional(),
];

const OPTIONS: &[OptionEntry] = &[
    OptionEntry {
        name: "statistic",
        default: "value",
        what: "what the figures are: value, rate or proportion (from 0 to 1); says on which scale their errors are even",
    },
    OptionEntry {
        name: "transform",
        default: "none",
        what: "fit the line to the figures (none), to the logarithms of rates (log) or to the logits of proportions (logit)",
    },
    OptionEntry {
        name: "limits",
        default: "auto",
        what: "simulated (phe_sii's), closed-form (of the same errors), regression (of the fit), or auto: simulated where \
               the figures have limits or errors, else regression",
    },
    OptionEntry {
        name: "multiplier",
        default: "1",
        what: "what the slope index is per; below zero it turns gap and ratio round",
    },
    OptionEntry { name: "repetitions", default: "100000", what: "how often the figures are drawn" },
    OptionEntry { name: "seed", default: "1", what: "the same seed gives the same limits" },
    OptionEntry {
        name: "reliability",
        default: "no",
        what: "yes: repeat the simulation nine times and tell the mean absolute difference of the limits (mad95, mad998)",
    },
];

const INPUT: &str = "year,rank,population,value\n2025,1,21675,70.5\n2025,2,20065,71.6\n2025,3,19750,72.5\n\
                     2025,4,24713,73.5\n2025,5,20112,73.1\n";

const SOURCE: &str = "Pamuk 1985, Population Studies 39: 17-31; Low and Low 2004, J Public Health 26: 388-395; OHID's phe_sii for the simulated limits";

pub(crate) const SII: MeasureEntry = MeasureEntry {
    name: "sii",
    aliases: &["slope-index"],
    title: "Slope index of inequality",
    summary: "The gap from the most to the least deprived end that takes every group into account",
    formula: "slope b of the regression of values on ridits, weighted by people: the fitted value at the least deprived end \
              less that at the most deprived; on a scale g, g⁻¹(m + b/2) − g⁻¹(m − b/2). Limits: percentiles of b over figures \
              drawn from their errors; or b ± z√Σ(cᵢ seᵢ)²; or b ± t(n − 2) se(b)",
    source: SOURCE,
    peers: "phe_sii: the same value, and limits by the same procedure from another stream of chance. With a log transformation \
            and a multiplier below 1 it swaps its limits; here they stay in order. WHO's HEAT reports the slope of a \
            generalised linear model on the same ridits.",
    columns: COLUMNS,
    options: OPTIONS,
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
    formula: "g⁻¹(m + b/2)/g⁻¹(m − b/2) of the same line; limits as for the slope index, of a straight line by Fieller's theorem",
    source: "Pamuk 1985, Population Studies 39: 17-31; Fieller 1954, J R Stat Soc B 16: 175-185; OHID's phe_sii for the simulated limits",
    peers: "phe_sii with rii = TRUE: the same value. The Scottish relative index (scottish-rii) divides the slope by the mean instead.",
    columns: COLUMNS,
    options: OPTIONS,
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: INPUT,
        output: "year,value,lower95,upper95,lower998,upper998,method,note\n2025,1.0511073612406743,1.0118907411052904,1.091895822413442,0.9303150282808824,1.1881684647456765,weighted linear regression on the ridit,\n",
    },
    run: crate::table::run::<Table<true>>,
};

/// Where a row's error comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Errors {
    None,
    Given,
    OfLimits,
}

struct Table<const RELATIVE: bool> {
    request: SlopeRequest,
    errors: Errors,
    reliability: bool,
    levels: Levels,
}

impl<const RELATIVE: bool> Measure for Table<RELATIVE> {
    type State = Vec<UncertainArea>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let kinds = [
            ("value", FigureKind::Value),
            ("rate", FigureKind::Rate),
            ("proportion", FigureKind::Proportion),
        ];
        let scales =
            [("none", FigureKind::Value), ("log", FigureKind::Rate), ("logit", FigureKind::Proportion)];
        let (given, scale) = (setup.choice("statistic", &kinds)?, setup.choice("transform", &scales)?);
        let transformed = scale != FigureKind::Value;
        if transformed && given != FigureKind::Value && given != scale {
            let expected = "log with rates, logit with proportions".to_owned();
            return Err(MeasureError::Unknown {
                what: "a transformation of this statistic",
                value: format!("transform={}", setup.text("transform")),
                expected,
            });
        }
        let errors = match (setup.has(ERROR), setup.has(LOWER) && setup.has(UPPER)) {
            (true, _) => Errors::Given,
            (_, true) => Errors::OfLimits,
            _ => Errors::None,
        };
        let whole = |name: &str, least: f64| match setup.number(name)? {
            number if number >= least && number.fract() == 0.0 && number <= 1e15 => Ok(number),
            value => Err(MeasureError::OutOfRange {
                what: "a whole number",
                value,
                expected: "a larger one, such as 100000",
            }),
        };
        let reliability = setup.choice("reliability", &[("no", false), ("yes", true)])?;
        let simulation = Simulation {
            repetitions: whole("repetitions", 1000.0)? as usize,
            seed: whole("seed", 0.0)? as u64,
            reliability,
        };
        let words = [
            ("auto", None),
            ("simulated", Some(SlopeLimits::Simulated(simulation))),
            ("closed-form", Some(SlopeLimits::ClosedForm)),
            ("regression", Some(SlopeLimits::Regression)),
        ];
        let limits = match (setup.choice("limits", &words)?, errors) {
            (None, Errors::None) => SlopeLimits::Regression,
            (None, _) => SlopeLimits::Simulated(simulation),
            (Some(SlopeLimits::Regression), _) => SlopeLimits::Regression,
            (Some(limits), Errors::Given | Errors::OfLimits) => limits,
            (Some(_), Errors::None) => {
                return Err(MeasureError::Unknown {
                    what: "a table with the errors of its figures",
                    value: format!("limits={}", setup.text("limits")),
                    expected: "columns lower95 and upper95, or se".to_owned(),
                });
            }
        };
        let request = SlopeRequest {
            index: if RELATIVE { SlopeIndex::Relative } else { SlopeIndex::Slope },
            kind: if transformed { scale } else { given },
            transformed,
            limits,
            multiplier: setup.number("multiplier")?,
        };
        let reliability = reliability && matches!(limits, SlopeLimits::Simulated(_));
        Ok(Table { request, errors, reliability, levels: *setup.levels() })
    }

    fn more_headings(&self) -> Vec<String> {
        let levels: &[Confidence] = if self.reliability { self.levels.as_slice() } else { &[] };
        levels.iter().map(|level| format!("mad{}", level.suffix())).collect()
    }

    fn add(&mut self, state: &mut Vec<UncertainArea>, cells: &Cells) -> Result<(), Fault> {
        let area = Area {
            rank: cells.number(RANK),
            population: cells.number(POPULATION),
            value: cells.number(VALUE),
        };
        let error = match self.errors {
            Errors::None => f64::NAN,
            Errors::Given => cells.number(ERROR),
            Errors::OfLimits => {
                self.request.kind.error_of(cells.number(LOWER), cells.number(UPPER), Confidence::P95)
            }
        };
        state.push(UncertainArea { area, error });
        Ok(())
    }

    fn answer(&mut self, areas: &mut Vec<UncertainArea>, answers: &mut Answers) -> Result<(), MeasureError> {
        if self.request.limits != SlopeLimits::Regression
            && areas.iter().any(|area| area.error.is_nan() && area.area.population > 0.0)
        {
            return Err(crate::Reason::NoError.into());
        }
        let index = slope_index(areas, &self.request, &self.levels)?;
        answers.begin(&[]);
        answers.figures(&index.estimate);
        for difference in &index.differences {
            answers.figure(*difference);
        }
        answers.end_with(&index.estimate);
        Ok(())
    }
}
