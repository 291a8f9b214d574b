//! The concentration index over a table: a row a person or a group.

use super::{Bounds, ConcentrationKind, Ranked, RankedKind, concentration_index};
use crate::table::{Answers, Cells, Column, Errors, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Levels, MeasureError};

const RANK: usize = 0;
const VALUE: usize = 1;
const POPULATION: usize = 2;
const ERROR: usize = 3;
const LOWER: usize = 4;
const UPPER: usize = 5;

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "concentration-index",
    aliases: &["concentration", "erreygers", "wagstaff"],
    title: "Concentration index",
    summary: "How far something is concentrated among the most (below zero) or the least deprived",
    formula: "C = 2/ȳ Σ pᵢ yᵢ (Rᵢ − ½) with Rᵢ the fractional rank; generalised ȳ C; Erreygers 4ȳ/(b − a) C; Wagstaff (b − a)ȳ/((b − ȳ)(ȳ − a)) C; \
              var C = 1/n (Σ pᵢ aᵢ² − (1 + C)²) + 1/ȳ² Σ pᵢ² seᵢ² (2Rᵢ − 1 − C)², aᵢ = yᵢ/ȳ (2Rᵢ − 1 − C) + 2 − qᵢ₋₁ − qᵢ, q the curve",
    source: "Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77: 87-103; Erreygers 2009, J Health Econ 28: 504-515; Wagstaff 2005, Health Econ 14: 429-432",
    peers: "WHO's healthequal (rci, aci) and rineq: the same values. Their standard errors are those of a convenient regression, which \
            takes ranks as independent; here they are Kakwani's.",
    columns: &[
        Column::number("rank", "the place in the order of deprivation: lower is more deprived"),
        Column::number("value", "the figure of the person or group"),
        Column::count(
            "population",
            "how many people a row is, or a person's weight in a survey; one when absent",
        )
        .optional(),
        Column::count("se", "the standard error of a group's figure").optional(),
        Column::number("lower95", "the lower 95% limit of a group's figure, instead of se").optional(),
        Column::number("upper95", "the upper 95% limit of a group's figure, instead of se").optional(),
    ],
    options: &[
        OptionEntry {
            name: "index",
            default: "standard",
            what: "standard, generalised, erreygers or wagstaff",
        },
        OptionEntry {
            name: "minimum",
            default: "0",
            what: "the least that a figure can be, for erreygers and wagstaff",
        },
        OptionEntry {
            name: "maximum",
            default: "1",
            what: "the most that a figure can be, for erreygers and wagstaff",
        },
        OptionEntry {
            name: "rows",
            default: "auto",
            what: "what the rows are: individuals, groups, or auto: groups where there is a population",
        },
    ],
    shape: Shape { labels: &[], estimate: true, after: &["mean"] },
    example: Example {
        options: &[],
        input: "country,rank,population,value\nIndia,1,29939,154.7\nIndia,2,28776,152.9\nIndia,3,26528,119.5\n\
                India,4,24689,86.9\nIndia,5,19739,54.3\n",
        output: "country,value,lower95,upper95,lower998,upper998,mean,method,note\n\
                 India,-0.16941677465052096,-0.2901052477614486,-0.04872830153959333,-0.3597036480478276,0.02087009874678572,118.9071689120929,concentration index,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    kind: ConcentrationKind,
    of: RankedKind,
    weights: bool,
    errors: Errors,
    levels: Levels,
}

impl Measure for Table {
    type State = Vec<Ranked>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let bounds = Bounds::new(setup.number("minimum")?, setup.number("maximum")?)?;
        let kinds = [
            ("standard", ConcentrationKind::Standard),
            ("generalised", ConcentrationKind::Generalised),
            ("erreygers", ConcentrationKind::Erreygers(bounds)),
            ("wagstaff", ConcentrationKind::Wagstaff(bounds)),
        ];
        let weights = setup.has(POPULATION);
        let auto = if weights { RankedKind::Groups } else { RankedKind::Individuals };
        let rows = [("auto", auto), ("individuals", RankedKind::Individuals), ("groups", RankedKind::Groups)];
        Ok(Table {
            kind: setup.choice("index", &kinds)?,
            of: setup.choice("rows", &rows)?,
            weights,
            errors: Errors::new(setup, ERROR, LOWER, UPPER),
            levels: *setup.levels(),
        })
    }

    fn add(&mut self, state: &mut Vec<Ranked>, cells: &Cells) -> Result<(), Fault> {
        let weight = if self.weights { cells.number(POPULATION) } else { 1.0 };
        if weight.is_nan() {
            let (what, expected) = ("a population", "a number in every row, or no such column");
            return Err(Fault::of(POPULATION, MeasureError::OutOfRange { what, value: weight, expected }));
        }
        let error = self.errors.of(cells);
        state.push(Ranked { rank: cells.number(RANK), weight, value: cells.number(VALUE), error });
        Ok(())
    }

    fn answer(&mut self, rows: &mut Vec<Ranked>, answers: &mut Answers) -> Result<(), MeasureError> {
        let index = concentration_index(rows, self.of, self.kind, &self.levels)?;
        let people: f64 = rows.iter().map(|row| row.weight).sum();
        answers.begin(&[]);
        answers.figures(&index);
        answers.figure(rows.iter().map(|row| row.weight * row.value).sum::<f64>() / people);
        answers.end_with(&index);
        Ok(())
    }
}
