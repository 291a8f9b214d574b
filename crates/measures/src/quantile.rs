//! Deprivation and other quantiles: equal shares of a ranked list, or equal shares of the people in it.
//!
//! By rank: OHID, *Assigning deprivation categories* (Fingertips technical guidance), as `phe_quantile` does it. With
//! N values, rank r (1 lowest, ties share the lowest rank) and q quantiles: q + 1 − ⌈(N + 1 − r) q / N⌉. The division
//! is in whole numbers here; the peers divide floating-point numbers twice, so that a rank exactly on a boundary may
//! fall on its other side by their rounding.
//!
//! By people: the middle person of an area, with areas in order of their value, lies in the quantile that the area
//! gets. Areas of equal value stand together.

use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{MeasureError, Reason};
use vocabulary::Withheld;

/// Which end of the values quantile 1 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Direction {
    /// Quantile 1 holds the highest values: the most deprived, by a score of deprivation.
    #[default]
    HighestFirst,
    /// Quantile 1 holds the lowest values: the most deprived, by a rank of deprivation.
    LowestFirst,
}

/// The quantile, from 1 to `count`, of each value by its rank. Not-a-number has none and counts for nothing.
///
/// # Errors
/// [`Reason::FewGroups`] when there are fewer values than quantiles; [`MeasureError::OutOfRange`] for a count of 0.
pub fn quantiles(values: &[f64], count: u32, direction: Direction) -> Result<Vec<Option<u32>>, MeasureError> {
    let (order, known) = ordered(values, count, direction)?;
    let mut given = vec![None; values.len()];
    let q = u64::from(count);
    let mut rank = 0_u64;
    for (place, &at) in order[..known].iter().enumerate() {
        if place == 0 || values[order[place - 1]] != values[at] {
            rank = place as u64 + 1;
        }
        let from_top = (known as u64 + 1 - rank) * q;
        given[at] = Some((q + 1 - from_top.div_ceil(known as u64)) as u32);
    }
    Ok(given)
}

/// The quantile, from 1 to `count`, of each value when quantiles hold equal numbers of people. Not-a-number has none,
/// and its people count for nothing. `populations` must be as long as `values`, and none negative.
///
/// # Errors
/// As [`quantiles`]; [`MeasureError::OutOfRange`] for a negative population or when nobody lives anywhere.
pub fn weighted_quantiles(
    values: &[f64],
    populations: &[f64],
    count: u32,
    direction: Direction,
) -> Result<Vec<Option<u32>>, MeasureError> {
    if let Some(&value) = populations.iter().find(|people| !(people.is_finite() && **people >= 0.0)) {
        return Err(MeasureError::OutOfRange { what: "a population", value, expected: "zero or more" });
    }
    if populations.len() != values.len() {
        let expected = "as many as there are values";
        return Err(MeasureError::OutOfRange {
            what: "a number of populations",
            value: populations.len() as f64,
            expected,
        });
    }
    let (order, known) = ordered(values, count, direction)?;
    let total: f64 = order[..known].iter().map(|&at| populations[at]).sum();
    if total <= 0.0 {
        return Err(MeasureError::OutOfRange {
            what: "a total population",
            value: total,
            expected: "more than zero",
        });
    }
    let mut given = vec![None; values.len()];
    let (mut place, mut below) = (0, 0.0);
    while place < known {
        let value = values[order[place]];
        let ties = order[place..known].iter().take_while(|&&at| values[at] == value).count();
        let tied = &order[place..place + ties];
        let people: f64 = tied.iter().map(|&at| populations[at]).sum();
        let share = (below + people / 2.0) / total * f64::from(count);
        let quantile = (share.ceil() as u32).clamp(1, count);
        tied.iter().for_each(|&at| given[at] = Some(quantile));
        below += people;
        place += ties;
    }
    Ok(given)
}

/// The places of the values in the order in which quantiles are cut, those that are not a number last, and how many
/// are numbers.
fn ordered(values: &[f64], count: u32, direction: Direction) -> Result<(Vec<usize>, usize), MeasureError> {
    let known = values.iter().filter(|value| !value.is_nan()).count();
    if count == 0 {
        return Err(MeasureError::OutOfRange {
            what: "a number of quantiles",
            value: 0.0,
            expected: "one or more",
        });
    }
    if known < count as usize {
        return Err(Reason::FewGroups { what: "values", count: known, least: count as usize }.into());
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    let key = |at: usize| match (values[at].is_nan(), direction) {
        (true, _) => f64::INFINITY,
        (_, Direction::HighestFirst) => -values[at],
        (_, Direction::LowestFirst) => values[at],
    };
    order.sort_by(|&a, &b| values[a].is_nan().cmp(&values[b].is_nan()).then(key(a).total_cmp(&key(b))));
    Ok((order, known))
}

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "quantile",
    aliases: &["quantiles", "decile", "quintile"],
    title: "Quantiles",
    summary: "Which tenth or fifth each area belongs to, by rank or by people",
    formula: "by rank r of N (ties take the lowest): q + 1 − ⌈(N + 1 − r) q / N⌉; by people: the quantile of the area's middle person",
    source: "OHID, Assigning deprivation categories (Fingertips technical guidance)",
    peers: "phe_quantile and ph_quantile: the same, but for ranks on a boundary, which their floating-point division may \
            move. Neither weights by people.",
    columns: &[
        Column::label("area", "what each row is about"),
        Column::number("value", "what is ranked"),
        Column::count("population", "people, for quantiles of equal numbers of people").optional(),
    ],
    options: &[
        OptionEntry { name: "quantiles", default: "10", what: "how many there are" },
        OptionEntry {
            name: "first",
            default: "highest",
            what: "which values quantile 1 holds: highest or lowest",
        },
        OptionEntry {
            name: "by",
            default: "rank",
            what: "equal numbers of rows (rank) or of people (people)",
        },
    ],
    shape: Shape { labels: &["area"], estimate: false, after: &["value", "quantile"] },
    example: Example {
        options: &[("quantiles", "2")],
        input: "area,value\nA,31.2\nB,12.5\nC,45.0\nD,20.1\n",
        output: "area,value,quantile,method,note\nA,31.2,1,quantiles by rank,\nB,12.5,2,quantiles by rank,\n\
                 C,45,1,quantiles by rank,\nD,20.1,2,quantiles by rank,\n",
    },
    run: crate::table::run::<Table>,
};

struct Table {
    count: u32,
    direction: Direction,
    by_people: bool,
}

/// The rows of a group, with their names end to end.
#[derive(Default)]
struct Rows {
    names: String,
    ends: Vec<usize>,
    values: Vec<f64>,
    populations: Vec<f64>,
}

impl Measure for Table {
    type State = Rows;
    const TAKES_WITHHELD: bool = true;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let count = setup.number("quantiles")?;
        if !(1.0..=1_000_000.0).contains(&count) || count.fract() != 0.0 {
            let what = "a number of quantiles";
            return Err(MeasureError::OutOfRange { what, value: count, expected: "a whole number from 1" });
        }
        let by_people = setup.choice("by", &[("rank", false), ("people", true)])?;
        if by_people && !setup.has(2) {
            let (what, value) = ("a table with a column population", "by=people".to_owned());
            return Err(MeasureError::Unknown { what, value, expected: "a column population".to_owned() });
        }
        let words = [("highest", Direction::HighestFirst), ("lowest", Direction::LowestFirst)];
        Ok(Table { count: count as u32, direction: setup.choice("first", &words)?, by_people })
    }

    fn add(&mut self, state: &mut Rows, cells: &Cells) -> Result<(), Fault> {
        state.names.push_str(cells.text(0)?);
        state.ends.push(state.names.len());
        state.values.push(cells.number(1));
        state.populations.push(if cells.number(2).is_nan() { 0.0 } else { cells.number(2) });
        Ok(())
    }

    fn add_withheld(&mut self, state: &mut Rows, cells: &Cells, _: Withheld) -> Result<(), Fault> {
        self.add(state, cells)
    }

    fn answer(&mut self, rows: &mut Rows, answers: &mut Answers) -> Result<(), MeasureError> {
        let given = match self.by_people {
            true => weighted_quantiles(&rows.values, &rows.populations, self.count, self.direction)?,
            false => quantiles(&rows.values, self.count, self.direction)?,
        };
        let method = if self.by_people { "quantiles by people" } else { "quantiles by rank" };
        let mut begin = 0;
        for ((&end, &value), quantile) in rows.ends.iter().zip(&rows.values).zip(given) {
            answers.begin(&[&rows.names[begin..end]]);
            answers.figure(value);
            answers.figure(quantile.map_or(f64::NAN, f64::from));
            let note = if quantile.is_none() { "not given: value withheld" } else { "" };
            answers.end(if quantile.is_none() { "" } else { method }, note);
            begin = end;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], count: u32, direction: Direction, expected: &[u32]) {
        let got: Vec<u32> = quantiles(values, count, direction).unwrap().into_iter().flatten().collect();
        assert_eq!(got, expected, "{values:?}");
    }

    // Worked by the formula of the guidance, by hand.
    #[test]
    fn ranks_are_cut_as_the_guidance_says() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        check(&ten, 10, Direction::LowestFirst, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        check(&ten, 10, Direction::HighestFirst, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        check(&ten[..7], 5, Direction::LowestFirst, &[1, 1, 2, 3, 3, 4, 5]);
        check(&[1.0, 1.0, 1.0, 4.0], 2, Direction::LowestFirst, &[1, 1, 1, 2]);
        check(&[4.0, 4.0, 1.0, f64::NAN, 4.0], 2, Direction::HighestFirst, &[1, 1, 2, 1]);
    }

    // Worked by the formula. MHCLG's own deciles put rank 3,376 of 33,755 into the second: see `vocabulary::Decile`.
    #[test]
    fn national_ranks_are_cut_as_the_guidance_says() {
        let ranks: Vec<f64> = (1..=33_755).map(f64::from).collect();
        let deciles = quantiles(&ranks, 10, Direction::LowestFirst).unwrap();
        for (rank, decile) in [(1, 1), (3_375, 1), (3_376, 1), (3_377, 2), (26_525, 8), (33_755, 10)] {
            assert_eq!(deciles[rank - 1], Some(decile), "{rank}");
        }
    }

    #[test]
    fn people_are_shared_out() {
        let cut = |people: &[f64]| -> Vec<u32> {
            let values: Vec<f64> = (0..people.len()).map(|at| at as f64).collect();
            weighted_quantiles(&values, people, 2, Direction::LowestFirst)
                .unwrap()
                .into_iter()
                .flatten()
                .collect()
        };
        assert_eq!(cut(&[1.0, 1.0, 1.0, 1.0]), [1, 1, 2, 2]);
        assert_eq!(cut(&[100.0, 1.0, 1.0, 1.0]), [1, 2, 2, 2]);
        assert_eq!(cut(&[1.0, 1.0, 1.0, 100.0]), [1, 1, 1, 2]);
        assert_eq!(cut(&[1.0, 0.0, 1.0]), [1, 1, 2]);
    }

    #[test]
    fn too_few_values_are_told() {
        let reason = quantiles(&[1.0, f64::NAN], 2, Direction::LowestFirst).unwrap_err().reason();
        assert_eq!(reason, Some(Reason::FewGroups { what: "values", count: 1, least: 2 }));
    }
}
