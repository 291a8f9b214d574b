//! From rows to groups to answers.

use std::io::{Read, Write};

use vocabulary::Withheld;

use super::answers::{Answers, escape};
use super::groups::Groups;
use super::number::{self, Read as Number};
use super::rows::{Field, Row, Rows};
use super::{ColumnKind, Fault, MOST_COLUMNS, Measure, Request, Setup, Summary, TableError};
use crate::MeasureError;

/// The cells of a row, by the place of their columns among the measure's.
pub(crate) struct Cells<'r> {
    numbers: &'r [f64; MOST_COLUMNS],
    row: Row<'r>,
    fields: &'r [Field],
    plan: &'r Plan,
}

impl<'r> Cells<'r> {
    /// A number; not a number where the cell is withheld or the table has no such column.
    #[inline]
    pub fn number(&self, column: usize) -> f64 {
        self.numbers[column]
    }

    /// Text as it stands; empty where the table has no such column.
    #[inline]
    pub fn bytes(&self, column: usize) -> &'r [u8] {
        match self.plan.places[column] {
            Some(place) => self.row.bytes(self.fields[place]).trim_ascii(),
            None => b"",
        }
    }

    /// Text.
    pub fn text(&self, column: usize) -> Result<&'r str, Fault> {
        std::str::from_utf8(self.bytes(column)).map_err(|_| {
            let value = String::from_utf8_lossy(self.bytes(column)).into_owned();
            let expected = "text in UTF-8".to_owned();
            Fault::of(column, MeasureError::Unknown { what: "text", value, expected })
        })
    }
}

/// Headings that are no groups unless the request says so: those that answers have anyway, and columns without one.
const OWN: [&str; 3] = ["method", "note", ""];

/// Which heading is what.
struct Plan {
    headings: Vec<String>,
    /// The heading of each column of the measure.
    places: [Option<usize>; MOST_COLUMNS],
    /// The columns that hold numbers: place among the measure's, place among the headings, kind, required.
    numbers: Vec<(usize, usize, ColumnKind, bool)>,
    groups: Vec<usize>,
}

/// How the numbers of a row were read. Small, for it comes with every row.
#[derive(Clone, Copy)]
enum Numbers {
    Read,
    /// The first needed number that is withheld: its column, and why.
    Withheld(usize, Withheld),
    /// The place of a cell that is no number, and what was expected.
    Unreadable(usize, ColumnKind),
}

/// What is known of a group.
struct Slot<S> {
    state: S,
    /// Rows that have a withheld cell in a column that is needed: how many, which column, and why.
    spoilt: Option<(usize, usize, Withheld)>,
}

/// Runs a measure over a table.
pub(crate) fn run<M: Measure>(
    request: &Request,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Summary, TableError> {
    let mut rows = Rows::new(input);
    let mut fields = Vec::new();
    if !rows.next(&mut fields)? {
        return Err(TableError::Empty);
    }
    let plan = Plan::new(request, &rows, &fields)?;
    let present: Vec<bool> = plan.places.iter().map(Option::is_some).collect();
    let mut measure = M::new(&Setup::new(request, &present)?)?;
    let mut groups = Groups::new();
    let mut slots: Vec<Slot<M::State>> = Vec::new();
    let (mut numbers, mut count) = ([f64::NAN; MOST_COLUMNS], 0);
    while rows.next(&mut fields)? {
        count += 1;
        plan.check_width(&rows, &fields)?;
        let group = groups.place_of(&plan.groups, &rows, &fields);
        if group == slots.len() {
            slots.push(Slot { state: M::State::default(), spoilt: None });
        }
        let slot = &mut slots[group];
        let withheld = match plan.numbers(rows.row(), &fields, &mut numbers) {
            Numbers::Read => None,
            Numbers::Withheld(column, reason) => Some((column, reason)),
            Numbers::Unreadable(place, kind) => return Err(plan.unreadable(&rows, &fields, place, kind)),
        };
        let cells = Cells { numbers: &numbers, row: rows.row(), fields: &fields, plan: &plan };
        let taken = match withheld {
            None => measure.add(&mut slot.state, &cells),
            Some((_, reason)) if M::TAKES_WITHHELD => measure.add_withheld(&mut slot.state, &cells, reason),
            Some((column, reason)) => {
                slot.spoilt.get_or_insert((0, column, reason)).0 += 1;
                Ok(())
            }
        };
        if let Err(fault) = taken {
            return Err(plan.fault(&rows, &fields, fault));
        }
    }
    answer(request, &plan, &mut measure, &groups, slots, output)?;
    Ok(Summary { rows: count, groups: groups.count() })
}

fn answer<M: Measure>(
    request: &Request,
    plan: &Plan,
    measure: &mut M,
    groups: &Groups,
    slots: Vec<Slot<M::State>>,
    output: &mut dyn Write,
) -> Result<(), TableError> {
    let mut headings = Vec::new();
    for &place in &plan.groups {
        escape(plan.headings[place].as_bytes(), &mut headings);
        headings.push(b',');
    }
    let mut answers =
        Answers::new(output, &headings, request.entry.shape, &request.levels, &measure.more_headings());
    for (group, mut slot) in slots.into_iter().enumerate() {
        answers.of_group(groups.key(group));
        if let Some((count, column, reason)) = slot.spoilt {
            let rows = if count == 1 { "row" } else { "rows" };
            let name = request.entry.columns[column].name;
            answers.empty(&[], &format!("not given: {name} {reason} in {count} {rows}"));
            continue;
        }
        match measure.answer(&mut slot.state, &mut answers) {
            Ok(()) => {}
            Err(MeasureError::Withheld(reason)) => answers.withheld(&[], reason),
            Err(error) => {
                let group = String::from_utf8_lossy(groups.key(group)).trim_end_matches(',').to_owned();
                return Err(TableError::Group { group, error });
            }
        }
    }
    Ok(answers.finish()?)
}

impl Plan {
    fn new(request: &Request, rows: &Rows, fields: &[Field]) -> Result<Plan, TableError> {
        let entry = request.entry;
        let headings: Vec<String> = fields
            .iter()
            .map(|&field| String::from_utf8_lossy(rows.bytes(field)).trim().to_owned())
            .collect();
        for (place, heading) in headings.iter().enumerate() {
            if !heading.is_empty()
                && headings[..place].iter().any(|other| other.eq_ignore_ascii_case(heading))
            {
                return Err(TableError::TwoColumns(heading.clone()));
            }
        }
        let known = || entry.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        for (column, _) in &request.columns {
            if !entry.columns.iter().any(|known| known.name == column) {
                let column = column.clone();
                return Err(TableError::UnknownColumn { column, measure: entry.name, known: known() });
            }
        }
        let find =
            |heading: &str| headings.iter().position(|other| other.eq_ignore_ascii_case(heading.trim()));
        let missing = |heading: &str| TableError::NoColumn {
            column: heading.to_owned(),
            measure: entry.name,
            needed: known(),
            found: headings.join(", "),
        };
        let mut plan = Plan {
            headings: Vec::new(),
            places: [None; MOST_COLUMNS],
            numbers: Vec::new(),
            groups: Vec::new(),
        };
        for (at, column) in entry.columns.iter().enumerate() {
            let given = request.columns.iter().rev().find(|(name, _)| name == column.name);
            let heading = given.map_or(column.name, |(_, heading)| heading.as_str());
            let place = find(heading);
            if place.is_none() && (column.required || given.is_some()) {
                return Err(missing(heading));
            }
            if place.is_some() && plan.places.contains(&place) {
                return Err(TableError::TwoUses(heading.to_owned()));
            }
            plan.places[at] = place;
            if let Some(place) = place.filter(|_| column.kind != ColumnKind::Label) {
                plan.numbers.push((at, place, column.kind, column.required));
            }
        }
        let used = |place: &usize| plan.places.contains(&Some(*place));
        plan.groups = match &request.groups {
            None => (0..headings.len())
                .filter(|place| !used(place) && !OWN.contains(&headings[*place].as_str()))
                .collect(),
            Some(names) => {
                let found: Result<Vec<usize>, TableError> =
                    names.iter().map(|name| find(name).ok_or_else(|| missing(name))).collect();
                let found = found?;
                if let Some(&twice) = found.iter().find(|place| used(place)) {
                    return Err(TableError::TwoUses(headings[twice].clone()));
                }
                found
            }
        };
        plan.headings = headings;
        Ok(plan)
    }

    /// A row may be longer than the headings only by empty cells.
    #[inline]
    fn check_width(&self, rows: &Rows, fields: &[Field]) -> Result<(), TableError> {
        let headings = self.headings.len();
        let fits = match fields.len().cmp(&headings) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => {
                fields[headings..].iter().all(|&field| rows.bytes(field).is_empty())
            }
        };
        match fits {
            true => Ok(()),
            false => Err(TableError::Width { row: rows.line(), cells: fields.len(), headings }),
        }
    }

    /// Reads the numbers of a row.
    #[inline]
    fn numbers(&self, row: Row, fields: &[Field], numbers: &mut [f64; MOST_COLUMNS]) -> Numbers {
        let mut outcome = Numbers::Read;
        for &(column, place, kind, required) in &self.numbers {
            let short = row.word(fields[place]).and_then(|(word, length)| number::digits(word, length));
            if let Some(number) = short.filter(|&number| kind.holds(number)) {
                numbers[column] = number;
                continue;
            }
            numbers[column] = match number::read(row.bytes(fields[place])) {
                Number::Number(number) if kind.holds(number) => number,
                Number::Withheld(reason) => {
                    if required && matches!(outcome, Numbers::Read) {
                        outcome = Numbers::Withheld(column, reason);
                    }
                    f64::NAN
                }
                _ => return Numbers::Unreadable(place, kind),
            };
        }
        outcome
    }

    #[cold]
    fn unreadable(&self, rows: &Rows, fields: &[Field], place: usize, kind: ColumnKind) -> TableError {
        TableError::Cell {
            row: rows.line(),
            column: self.headings[place].clone(),
            value: String::from_utf8_lossy(rows.bytes(fields[place])).into_owned(),
            expected: kind.expected(),
        }
    }

    #[cold]
    fn fault(&self, rows: &Rows, fields: &[Field], fault: Fault) -> TableError {
        let place = self.places[fault.column];
        TableError::Row {
            row: rows.line(),
            column: place.map_or_else(String::new, |place| self.headings[place].clone()),
            value: place.map_or_else(String::new, |place| {
                String::from_utf8_lossy(rows.bytes(fields[place])).into_owned()
            }),
            error: fault.error,
        }
    }
}
