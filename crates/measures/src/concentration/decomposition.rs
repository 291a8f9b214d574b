//! The concentration index taken apart by what goes with the figure.
//!
//! Wagstaff, van Doorslaer and Watanabe 2003, *Journal of Econometrics* 112: 207-223: with y = α + Σ βₖ xₖ + ε fitted by
//! weighted least squares, C = Σ (βₖ x̄ₖ/ȳ) Cₖ + GC(ε)/ȳ. The elasticity βₖ x̄ₖ/ȳ times the determinant's own index is its
//! contribution; what is left is not explained by them.

use super::{Ordered, Ranked};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry};
use crate::{MeasureError, Reason};

/// What a determinant contributes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Its coefficient in the regression.
    pub coefficient: f64,
    /// Its mean.
    pub mean: f64,
    /// By how many per cent the figure changes with one per cent of it.
    pub elasticity: f64,
    /// Its own concentration index; not a number when its mean is zero.
    pub index: f64,
    /// What it contributes to the index of the figure.
    pub contribution: f64,
}

/// A concentration index taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The index of the figure.
    pub index: f64,
    /// One for each determinant, in their order.
    pub contributions: Vec<Contribution>,
    /// What they leave over.
    pub residual: f64,
}

/// Takes the standard concentration index of rows apart by determinants: a list for each, as long as the rows.
///
/// # Errors
/// As [`concentration_index`](super::concentration_index); [`Reason::FewGroups`] when there are not more rows than
/// determinants and a constant; [`Reason::NoSpread`] when a determinant is constant or made of others;
/// [`MeasureError::OutOfRange`] for a list of another length or a number that is not finite.
pub fn decompose(rows: &[Ranked], determinants: &[Vec<f64>]) -> Result<Decomposition, MeasureError> {
    for list in determinants {
        if list.len() != rows.len() {
            let (what, expected) = ("a number of figures of a determinant", "as many as there are rows");
            return Err(MeasureError::OutOfRange { what, value: list.len() as f64, expected });
        }
        if let Some(&value) = list.iter().find(|value| !value.is_finite()) {
            return Err(MeasureError::OutOfRange { what: "a determinant", value, expected: "a number" });
        }
    }
    let index = Ordered::new(rows)?.index()?;
    let count = rows.iter().filter(|row| row.weight > 0.0).count();
    if count <= determinants.len() + 1 {
        return Err(Reason::FewGroups { what: "rows", count, least: determinants.len() + 2 }.into());
    }
    let total: f64 = rows.iter().map(|row| row.weight).sum();
    let mean_of = |list: &dyn Fn(usize) -> f64| {
        (0..rows.len()).map(|at| rows[at].weight * list(at)).sum::<f64>() / total
    };
    let mean = mean_of(&|at| rows[at].value);
    let means: Vec<f64> = determinants.iter().map(|list| mean_of(&|at| list[at])).collect();
    let coefficients = regress(rows, mean, determinants, &means)?;
    let mut contributions = Vec::with_capacity(determinants.len());
    for ((list, &own_mean), &coefficient) in determinants.iter().zip(&means).zip(&coefficients) {
        let of: Vec<Ranked> =
            rows.iter().zip(list).map(|(row, &value)| Ranked { value, error: None, ..*row }).collect();
        // Twice the covariance with the rank, which is the mean times the index and exists for any mean.
        let ordered = Ordered::new(&of)?;
        let generalised: f64 = 2.0
            * ordered.rows.iter().map(|(row, share, place)| share * row.value * (place - 0.5)).sum::<f64>();
        contributions.push(Contribution {
            coefficient,
            mean: own_mean,
            elasticity: coefficient * own_mean / mean,
            index: if own_mean == 0.0 { f64::NAN } else { generalised / own_mean },
            contribution: coefficient * generalised / mean,
        });
    }
    let residual = index - contributions.iter().map(|part| part.contribution).sum::<f64>();
    Ok(Decomposition { index, contributions, residual })
}

/// The coefficients of weighted least squares with a constant, from the normal equations of centred figures.
fn regress(
    rows: &[Ranked],
    mean: f64,
    determinants: &[Vec<f64>],
    means: &[f64],
) -> Result<Vec<f64>, MeasureError> {
    let count = determinants.len();
    // Scaled to a spread of one, so that what is nearly nothing can be told.
    let mut scales = Vec::with_capacity(count);
    for (list, own) in determinants.iter().zip(means) {
        let squares: f64 = rows.iter().zip(list).map(|(row, x)| row.weight * (x - own).powi(2)).sum();
        if squares <= 1e-24 * own * own {
            return Err(Reason::NoSpread("the figures of a determinant").into());
        }
        scales.push(squares.sqrt());
    }
    let centred = |k: usize, at: usize| (determinants[k][at] - means[k]) / scales[k];
    let sum = |of: &dyn Fn(usize) -> f64| (0..rows.len()).map(|at| rows[at].weight * of(at)).sum::<f64>();
    let mut system: Vec<Vec<f64>> = (0..count)
        .map(|k| {
            let mut row: Vec<f64> = (0..count).map(|l| sum(&|at| centred(k, at) * centred(l, at))).collect();
            row.push(sum(&|at| centred(k, at) * (rows[at].value - mean)));
            row
        })
        .collect();
    for pivot in 0..count {
        let best = (pivot..count)
            .max_by(|&a, &b| system[a][pivot].abs().total_cmp(&system[b][pivot].abs()))
            .unwrap_or(pivot);
        system.swap(pivot, best);
        if system[pivot][pivot].abs() < 1e-10 {
            return Err(Reason::NoSpread("the determinants, given the others,").into());
        }
        let lead = system[pivot].clone();
        for (at, row) in system.iter_mut().enumerate() {
            if at != pivot {
                let share = row[pivot] / lead[pivot];
                row.iter_mut().zip(&lead).for_each(|(cell, of)| *cell -= share * of);
            }
        }
    }
    Ok((0..count).map(|k| system[k][count] / system[k][k] / scales[k]).collect())
}

const FIRST: usize = 3;
const MOST: usize = 7;
const DETERMINANTS: [&str; MOST] = ["x1", "x2", "x3", "x4", "x5", "x6", "x7"];

const fn determinant(name: &'static str) -> Column {
    Column::number(name, "a determinant; name its heading with the column").optional()
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "concentration-decomposition",
    aliases: &["decomposition"],
    title: "Decomposition of the concentration index",
    summary: "How much of the concentration of a figure goes with each of its determinants",
    formula: "C = Σ (βₖ x̄ₖ/ȳ) Cₖ + GC(ε)/ȳ with β of y on x by least squares, weighted by people",
    source: "Wagstaff, van Doorslaer and Watanabe 2003, J Econometrics 112: 207-223",
    peers: "rineq (contribution, decomposition) and the World Bank's ADePT: the same for a linear model.",
    columns: &[
        Column::number("rank", "the place in the order of deprivation: lower is more deprived"),
        Column::number("value", "the figure of the person or group"),
        Column::count(
            "population",
            "how many people a row is, or a person's weight in a survey; one when absent",
        )
        .optional(),
        determinant("x1"),
        determinant("x2"),
        determinant("x3"),
        determinant("x4"),
        determinant("x5"),
        determinant("x6"),
        determinant("x7"),
    ],
    options: &[],
    shape: Shape {
        labels: &["determinant"],
        estimate: false,
        after: &["coefficient", "mean", "elasticity", "index", "contribution", "percent"],
    },
    example: Example {
        options: &[],
        input: "rank,value,x1,x2\n1,10,2,8\n2,12,3,9\n3,15,3,7\n4,13,5,6\n5,18,6,6\n6,21,8,3\n",
        output: "determinant,coefficient,mean,elasticity,index,contribution,percent,method,note\n\
                 x1,1.2499999999999662,4.5,0.3792134831460572,0.25308641975308643,0.095973782771533,72.18309859154746,linear decomposition,\n\
                 x2,-0.4476744186046868,6.5,-0.1961719362425032,-0.14957264957264937,0.029341956275588048,22.068457255160624,linear decomposition,\n\
                 (not explained),,,,,0.007643062451006072,5.7484441532919,linear decomposition,\n\
                 (all),,,,0.1329588014981271,0.1329588014981271,100,linear decomposition,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    weights: bool,
    /// The place and the heading of each determinant that there is.
    determinants: Vec<(usize, String)>,
}

#[derive(Default)]
struct Rows {
    rows: Vec<Ranked>,
    determinants: Vec<Vec<f64>>,
}

impl Measure for Table {
    type State = Rows;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let determinants: Vec<(usize, String)> = (FIRST..FIRST + MOST)
            .filter(|&column| setup.has(column))
            .map(|column| (column, setup.heading(DETERMINANTS[column - FIRST])))
            .collect();
        if determinants.is_empty() {
            return Err(MeasureError::Unknown {
                what: "a table with a determinant",
                value: "no column x1".to_owned(),
                expected: "columns x1 to x7, or headings named for them (x1=income)".to_owned(),
            });
        }
        Ok(Table { weights: setup.has(2), determinants })
    }

    fn add(&mut self, state: &mut Rows, cells: &Cells) -> Result<(), Fault> {
        state.determinants.resize(self.determinants.len(), Vec::new());
        for (list, (column, _)) in state.determinants.iter_mut().zip(&self.determinants) {
            let value = cells.number(*column);
            if value.is_nan() {
                let error = MeasureError::OutOfRange {
                    what: "a determinant",
                    value,
                    expected: "a number in every row",
                };
                return Err(Fault::of(*column, error));
            }
            list.push(value);
        }
        let weight = if self.weights { cells.number(2) } else { 1.0 };
        if weight.is_nan() {
            let (what, expected) = ("a population", "a number in every row, or no such column");
            return Err(Fault::of(2, MeasureError::OutOfRange { what, value: weight, expected }));
        }
        state.rows.push(Ranked { rank: cells.number(0), weight, value: cells.number(1), error: None });
        Ok(())
    }

    fn answer(&mut self, state: &mut Rows, answers: &mut Answers) -> Result<(), MeasureError> {
        let parts = decompose(&state.rows, &state.determinants)?;
        const METHOD: &str = "linear decomposition";
        let mut row = |name: &str, figures: [f64; 5]| {
            answers.begin(&[name]);
            figures.into_iter().for_each(|figure| answers.figure(figure));
            answers.figure(100.0 * figures[4] / parts.index);
            answers.end(METHOD, "");
        };
        for ((_, name), part) in self.determinants.iter().zip(&parts.contributions) {
            row(name, [part.coefficient, part.mean, part.elasticity, part.index, part.contribution]);
        }
        let none = f64::NAN;
        row("(not explained)", [none, none, none, none, parts.residual]);
        row("(all)", [none, none, none, parts.index, parts.index]);
        Ok(())
    }
}
