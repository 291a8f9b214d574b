//! Measures of groups over a table: a row a group.

use std::marker::PhantomData;

use super::MeasuredGroup;
use crate::table::OptionEntry;
use crate::table::{Answers, Cells, Column, Errors, Fault, Measure, Setup};
use crate::{Estimate, Levels, MeasureError, Multiplier};
use vocabulary::Polarity;

const GROUP: usize = 0;
const POPULATION: usize = 1;
const VALUE: usize = 2;
const ERROR: usize = 3;
const LOWER: usize = 4;
const UPPER: usize = 5;

pub(crate) const COLUMNS: &[Column] = &[
    Column::label("group", "which group each row is"),
    Column::count("population", "how many people are in it"),
    Column::number("value", "its figure"),
    Column::count("se", "the standard error of the figure").optional(),
    Column::number("lower95", "the lower 95% limit of the figure, instead of se").optional(),
    Column::number("upper95", "the upper 95% limit of the figure, instead of se").optional(),
];

/// Four groups, for the examples.
pub(super) const INPUT: &str = "year,group,population,value,se\n2025,north,200,75,2\n2025,east,300,90,1.5\n\
                                2025,south,150,60,3\n2025,west,350,97,0.5\n";

/// The name of a group.
pub(crate) type Named = String;

/// A measure of groups.
pub(crate) trait OfGroups: Sized {
    /// The measure as the request asks for it.
    fn new(setup: &Setup) -> Result<Self, MeasureError>;

    /// The measure of some groups, whose names stand in the same order.
    fn measure(
        &self,
        groups: &[MeasuredGroup],
        names: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError>;
}

/// An index of how unequally a total is shared, which is small and is read more easily times a multiplier.
pub(crate) trait Index {
    /// The index of some groups.
    fn of(groups: &[MeasuredGroup], levels: &Levels) -> Result<Estimate, MeasureError>;
}

/// The option of an [`Index`].
pub(super) const MULTIPLIER: &[OptionEntry] = &[OptionEntry {
    name: "multiplier",
    default: "1",
    what: "what index and limits are per: 1000 to read it easily",
}];

/// An index times the multiplier that was asked for.
pub(crate) struct Times<I>(Multiplier, PhantomData<I>);

impl<I: Index> OfGroups for Times<I> {
    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Times(setup.multiplier()?, PhantomData))
    }

    fn measure(
        &self,
        groups: &[MeasuredGroup],
        _: &[Named],
        levels: &Levels,
    ) -> Result<Estimate, MeasureError> {
        Ok(I::of(groups, levels)?.times(self.0.factor()))
    }
}

/// A measure of groups over a table.
pub(crate) struct Table<M> {
    measure: M,
    errors: Errors,
    levels: Levels,
}

/// The groups of one answer.
#[derive(Default)]
pub(crate) struct Rows {
    names: Vec<Named>,
    groups: Vec<MeasuredGroup>,
}

impl<M: OfGroups> Measure for Table<M> {
    type State = Rows;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        Ok(Table {
            measure: M::new(setup)?,
            errors: Errors::new(setup, ERROR, LOWER, UPPER),
            levels: *setup.levels(),
        })
    }

    fn add(&mut self, state: &mut Rows, cells: &Cells) -> Result<(), Fault> {
        state.names.push(cells.text(GROUP)?.to_owned());
        state.groups.push(MeasuredGroup {
            population: cells.number(POPULATION),
            value: cells.number(VALUE),
            error: self.errors.of(cells),
        });
        Ok(())
    }

    fn answer(&mut self, rows: &mut Rows, answers: &mut Answers) -> Result<(), MeasureError> {
        answers.estimate(&self.measure.measure(&rows.groups, &rows.names, &self.levels)?);
        Ok(())
    }
}

/// The place of a group by its name: the last when the name is empty, the one with the best figure for `best`.
pub(crate) fn reference(
    name: &str,
    groups: &[MeasuredGroup],
    names: &[Named],
    polarity: Polarity,
) -> Result<usize, MeasureError> {
    if let Some(place) = names.iter().position(|known| known == name) {
        return Ok(place);
    }
    let peopled = || groups.iter().enumerate().filter(|(_, group)| group.population > 0.0);
    let by_value = |one: &(usize, &MeasuredGroup), other: &(usize, &MeasuredGroup)| {
        one.1.value.total_cmp(&other.1.value)
    };
    let found = match (name, polarity) {
        ("", _) => groups.len().checked_sub(1),
        ("best", Polarity::HighIsGood) => peopled().max_by(by_value).map(|(place, _)| place),
        ("best", Polarity::LowIsGood) => peopled().min_by(by_value).map(|(place, _)| place),
        _ => None,
    };
    found.ok_or_else(|| MeasureError::Unknown {
        what: "a group",
        value: name.to_owned(),
        expected: format!("{}, or best with a polarity", names.join(", ")),
    })
}
