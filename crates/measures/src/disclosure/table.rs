//! Disclosure control over a table: a row a cell.

use std::collections::BTreeMap;

use super::{CountTable, Policy, Release, Totals, protect};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{MeasureError, Multiplier};

const ROW: usize = 0;
const COLUMN: usize = 1;
const COUNT: usize = 2;
const DENOMINATOR: usize = 3;
const PARENT: usize = 4;

/// Counts up to here are whole numbers without a doubt.
const MOST: f64 = (1_u64 << 53) as f64;

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "suppress",
    aliases: &["disclosure", "suppression"],
    title: "Disclosure control",
    summary: "Withholds small counts and as few others as it takes that no total gives one away",
    formula: "primary cells by the policy's range; then the fewest cells found such that the largest and the smallest value of each \
              primary cell, given all that is shown, reach both ends of that range; each by a maximum flow",
    source: "Cox 1995, JASA 90: 1453-1462; Fischetti and Salazar-González 2001, Management Science 47: 1008-1027; the policies \
             and their sources are in data/disclosure.toml",
    peers: "tau-Argus and sdcTable let an observer think that a withheld cell may be zero although zeros are shown; their \
            hypercube and Gaussian methods promise only that no cell can be told exactly.",
    columns: &[
        Column::label("row", "what the row is of: an area, an age"),
        Column::label("column", "what the column is of; not needed where there is only one").optional(),
        Column::count("count", "the people counted, a whole number"),
        Column::count("denominator", "the people among whom they were counted").optional(),
        Column::label("parent", "the row that this row is part of; empty for none").optional(),
    ],
    options: &[
        OptionEntry {
            name: "policy",
            default: "town",
            what: "town, nhs-england, small-counts, ukhsa-sti, ons-health, ons-health-sensitive or published",
        },
        OptionEntry {
            name: "totals",
            default: "both",
            what: "the totals that readers have: both, rows, columns or none; those that the table lacks are added",
        },
        OptionEntry { name: "total", default: "Total", what: "what totals are called" },
        OptionEntry {
            name: "multiplier",
            default: "100",
            what: "what rates are per, where there is a denominator",
        },
    ],
    shape: Shape { labels: &["row", "column"], estimate: false, after: &["value", "rate"] },
    example: Example {
        options: &[("policy", "ons-health-sensitive")],
        input: "row,column,count\n\
                North,Girls,20\nNorth,Boys,3\nSouth,Girls,50\nSouth,Boys,10\nWest,Girls,0\nWest,Boys,30\n",
        output: "row,column,value,rate,method,note\n\
                 North,Girls,,,ons-health-sensitive,withheld: it could identify someone\n\
                 North,Boys,,,ons-health-sensitive,withheld: it could identify someone\n\
                 North,Total,23,,ons-health-sensitive,\n\
                 South,Girls,,,ons-health-sensitive,withheld: it could identify someone\n\
                 South,Boys,,,ons-health-sensitive,withheld: it could identify someone\n\
                 South,Total,60,,ons-health-sensitive,\n\
                 West,Girls,0,,ons-health-sensitive,\n\
                 West,Boys,30,,ons-health-sensitive,\n\
                 West,Total,30,,ons-health-sensitive,\n\
                 Total,Girls,70,,ons-health-sensitive,\n\
                 Total,Boys,43,,ons-health-sensitive,\n\
                 Total,Total,113,,ons-health-sensitive,\n",
    },
    run: crate::table::run::<Table>,
};

/// What is read of a table.
#[derive(Default)]
struct Sheet {
    rows: Names,
    columns: Names,
    /// The row above each row; none where it has not been said.
    parents: Vec<Option<usize>>,
    cells: Vec<Read>,
    seen: BTreeMap<(usize, usize), ()>,
}

/// A cell that was read.
struct Read {
    row: usize,
    column: usize,
    count: u64,
    denominator: u64,
}

/// Labels by their place.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
}

struct Table {
    policy: &'static Policy,
    totals: Totals,
    total: String,
    multiplier: Multiplier,
    denominators: bool,
}

impl Measure for Table {
    type State = Sheet;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let totals = [
            ("both", Totals::BOTH),
            ("rows", Totals { rows: true, columns: false }),
            ("columns", Totals { rows: false, columns: true }),
            ("none", Totals { rows: false, columns: false }),
        ];
        Ok(Table {
            policy: Policy::named(setup.text("policy"))?,
            totals: setup.choice("totals", &totals)?,
            total: setup.text("total").to_owned(),
            multiplier: setup.multiplier()?,
            denominators: setup.has(DENOMINATOR),
        })
    }

    fn add(&mut self, sheet: &mut Sheet, cells: &Cells) -> Result<(), Fault> {
        let row = sheet.rows.place(cells.text(ROW)?);
        let column = sheet.columns.place(cells.text(COLUMN)?);
        let count = whole(cells.number(COUNT), COUNT)?;
        let denominator = if self.denominators { whole(cells.number(DENOMINATOR), DENOMINATOR)? } else { 0 };
        if self.denominators && count > denominator {
            let (events, population) = (count as f64, denominator as f64);
            return Err(Fault::of(COUNT, MeasureError::MoreEventsThanPeople { events, population }));
        }
        let parent = cells.text(PARENT)?;
        let parent = (!parent.is_empty()).then(|| sheet.rows.place(parent));
        sheet.parents.resize(sheet.rows.names.len(), None);
        match (sheet.parents[row], parent) {
            (Some(before), Some(now)) if before != now => {
                let expected = format!("'{}', as before", sheet.rows.names[before]);
                let value = sheet.rows.names[now].clone();
                return Err(Fault::of(
                    PARENT,
                    MeasureError::Unknown { what: "the row above this one", value, expected },
                ));
            }
            (None, now) => sheet.parents[row] = now,
            _ => {}
        }
        if sheet.seen.insert((row, column), ()).is_some() {
            let value = format!("{} {}", sheet.rows.names[row], sheet.columns.names[column]);
            let expected = "one line for each row and column".to_owned();
            return Err(Fault::of(ROW, MeasureError::Unknown { what: "a new cell", value, expected }));
        }
        sheet.cells.push(Read { row, column, count, denominator });
        Ok(())
    }

    fn answer(&mut self, sheet: &mut Sheet, answers: &mut Answers) -> Result<(), MeasureError> {
        let plan = Plan::new(sheet, &self.total);
        let (columns, rows) = (plan.columns.len(), plan.rows.len());
        let (mut counts, mut people) = (vec![0; rows * columns], vec![0; rows * columns]);
        for cell in &sheet.cells {
            if let (Some(row), Some(column)) = (plan.row[cell.row], plan.column[cell.column]) {
                (counts[row * columns + column], people[row * columns + column]) =
                    (cell.count, cell.denominator);
            }
        }
        let people = self.denominators.then_some(people.as_slice());
        let table = CountTable::tree(&plan.parents, columns, &counts, people)?.with_totals(self.totals);
        plan.check(sheet, &table)?;
        self.write(sheet, &plan, &protect(&table, self.policy), answers);
        Ok(())
    }
}

impl Table {
    fn write(&self, sheet: &Sheet, plan: &Plan, release: &Release, answers: &mut Answers) {
        for row in 0..release.rows() {
            let name = plan.rows.get(row).map_or(self.total.as_str(), |&row| sheet.rows.names[row].as_str());
            for column in 0..release.columns() {
                let figure = release.figure(row, column);
                if figure.status() == "not-applicable" {
                    continue;
                }
                let place = plan.columns.get(column);
                answers.begin(&[
                    name,
                    place.map_or(self.total.as_str(), |&at| sheet.columns.names[at].as_str()),
                ]);
                answers.figure(figure.value().unwrap_or(f64::NAN));
                let rate = release.rate(row, column, self.multiplier.factor());
                answers.figure(rate.value().unwrap_or(f64::NAN));
                let note = match (figure.value(), rate.status()) {
                    (None, _) => "withheld: it could identify someone",
                    (Some(_), "suppressed") => "rate withheld: it would give the count away",
                    _ => "",
                };
                answers.end(self.policy.code(), note);
            }
        }
    }
}

/// Where the rows and columns that were read stand in the table.
struct Plan {
    /// The rows of the table without the total of all, by their place among the names.
    rows: Vec<usize>,
    columns: Vec<usize>,
    parents: Vec<Option<usize>>,
    row: Vec<Option<usize>>,
    column: Vec<Option<usize>>,
}

impl Plan {
    fn new(sheet: &Sheet, total: &str) -> Plan {
        let parts = |names: &Names| -> Vec<usize> {
            let is_total = |name: &String| name.eq_ignore_ascii_case(total);
            let all: Vec<usize> = (0..names.names.len()).filter(|&at| !is_total(&names.names[at])).collect();
            // A table of nothing but totals has them for its cells.
            if all.is_empty() { (0..names.names.len()).collect() } else { all }
        };
        let (rows, columns) = (parts(&sheet.rows), parts(&sheet.columns));
        let places = |of: &[usize], count: usize| {
            let mut places = vec![None; count];
            of.iter().enumerate().for_each(|(place, &at)| places[at] = Some(place));
            places
        };
        let row = places(&rows, sheet.rows.names.len());
        let column = places(&columns, sheet.columns.names.len());
        let parents = rows.iter().map(|&at| sheet.parents[at].and_then(|above| row[above])).collect();
        Plan { rows, columns, parents, row, column }
    }

    /// Totals that were given must be the sums of their parts: otherwise nothing can be proved.
    fn check(&self, sheet: &Sheet, table: &CountTable) -> Result<(), MeasureError> {
        for cell in &sheet.cells {
            let row = self.row[cell.row].unwrap_or(table.rows() - 1);
            let column = self.column[cell.column].unwrap_or(table.columns() - 1);
            if table.count(row * table.columns() + column) != cell.count {
                let (row, column) = (&sheet.rows.names[cell.row], &sheet.columns.names[cell.column]);
                // The sum itself may be what must not be told.
                return Err(MeasureError::Unknown {
                    what: "the sum of its parts",
                    value: format!("the total of {row} {column}").trim_end().to_owned(),
                    expected: "totals that are sums; leave them out to have them added".to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(&place) = self.places.get(name) {
            return place;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

/// A count of people.
fn whole(number: f64, column: usize) -> Result<u64, Fault> {
    if number.fract() == 0.0 && (0.0..MOST).contains(&number) {
        return Ok(number as u64);
    }
    let expected = "a whole number of people";
    Err(Fault::of(column, MeasureError::OutOfRange { what: "a count", value: number, expected }))
}
