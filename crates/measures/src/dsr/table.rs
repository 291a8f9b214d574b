//! Directly standardised rates over a table: a row an age band.

use vocabulary::AgeBand;

use super::Sums;
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape, same};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Levels, MeasureError, Multiplier, Reason, Reliability, StandardPopulation};

const AGE: usize = 0;
const EVENTS: usize = 1;
const POPULATION: usize = 2;
const WEIGHT: usize = 3;
const TIMES: usize = 4;

pub(crate) const ENTRY: MeasureEntry = MeasureEntry {
    name: "dsr",
    aliases: &["directly-standardised-rate"],
    title: "Directly standardised rate",
    summary: "The rate that a population would have with the ages of the European Standard Population",
    formula: "Σ wᵢxᵢ/nᵢ / Σ wᵢ × multiplier; limits value + √(var/x) (Byar's limit of x − x) (Dobson); not given below 10 events",
    source: "Dobson and others 1991, Stat Med 10: 457-462; Breslow and Day 1987 II, section 2.3; OHID, Fingertips technical guidance",
    peers: "calculate_dsr of PHEindicatormethods and ph_dsr of phstatsmethods: the same. They take a missing count for zero and \
            refuse a band in which nobody lives; here a missing count leaves the area without a rate, and an empty band counts \
            as one without events.",
    columns: &[
        Column::label("age", "the age band, such as 0-4 or 90+; not needed with weight").optional(),
        Column::count("events", "the events of the band; with times, the people who had it so often"),
        Column::count("population", "the people or person-years of the band"),
        Column::count("weight", "the people of the standard population, instead of a standard that is known")
            .optional(),
        Column::count("times", "how often each person had the event, where events are not independent")
            .optional(),
    ],
    options: &[
        OptionEntry {
            name: "standard",
            default: "esp2013",
            what: "the standard population: esp2013 or esp1976",
        },
        OptionEntry { name: "multiplier", default: "100000", what: "what the rate is per" },
        crate::reliability::OPTION,
    ],
    shape: Shape::ESTIMATE,
    example: Example {
        options: &[],
        input: "area,age,events,population,weight\nA,0-64,12,4000,7\nA,65+,30,900,3\nB,0-64,1,3000,7\nB,65+,2,800,3\n",
        output: "area,value,lower95,upper95,lower998,upper998,method,note\nA,1210.0000000000002,861.7070713329749,1648.5315405070821,698.021563778067,1927.424509029011,Dobson,\nB,,,,,,,not given: 3 events where the method needs 10\n",
    },
    run: crate::table::run::<Table>,
};

/// What is kept of a band of a group whose rows are added up.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    events: f64,
    population: f64,
    /// Times squared, summed over people.
    squares: f64,
}

#[derive(Default)]
struct State {
    sums: Sums,
    /// A bit for each band that was seen.
    seen: u64,
    /// Where its cells begin, when its rows are added up.
    start: Option<usize>,
}

struct Table {
    standard: &'static StandardPopulation,
    rows: Rows,
    multiplier: Multiplier,
    reliability: Reliability,
    levels: Levels,
    /// The cells of all groups, band by band.
    cells: Vec<Cell>,
    /// Texts of bands that were met, with their place in the standard.
    known: Vec<(Vec<u8>, usize)>,
    last: usize,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// A stratum with its own weight.
    Weighted,
    /// The only row of its band.
    Bands,
    /// One of the rows of a band, to be added to the others: the request left out a column that tells them apart.
    Parts,
    /// The people of a band who had the event so often.
    Repeated,
}

impl Measure for Table {
    type State = State;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let unknown = |value: &str, expected: &str| MeasureError::Unknown {
            what: "a table that can be standardised",
            value: value.to_owned(),
            expected: expected.to_owned(),
        };
        let rows = match (setup.has(AGE), setup.has(WEIGHT), setup.has(TIMES)) {
            (_, true, true) => {
                return Err(unknown("one with weight and times", "times with the ages of a known standard"));
            }
            (false, false, _) => {
                return Err(unknown("one without age and weight", "a column age, or a column weight"));
            }
            (_, true, _) => Rows::Weighted,
            (_, _, true) => Rows::Repeated,
            _ if setup.names_groups() => Rows::Parts,
            _ => Rows::Bands,
        };
        Ok(Table {
            standard: StandardPopulation::named(setup.text("standard"))?,
            rows,
            multiplier: setup.multiplier()?,
            reliability: Reliability::of(setup)?,
            levels: *setup.levels(),
            cells: Vec::new(),
            known: Vec::new(),
            last: 0,
        })
    }

    #[inline]
    fn add(&mut self, state: &mut State, cells: &Cells) -> Result<(), Fault> {
        let (events, population) = (cells.number(EVENTS), cells.number(POPULATION));
        if population == 0.0 && events > 0.0 {
            let (what, expected) = ("a number of events in a band without people", "none");
            return Err(Fault::of(EVENTS, MeasureError::OutOfRange { what, value: events, expected }));
        }
        if self.rows == Rows::Weighted {
            state.sums.add(events, population, cells.number(WEIGHT));
            return Ok(());
        }
        let band = self.band(cells)?;
        let before = state.seen & (1 << band) != 0;
        state.seen |= 1 << band;
        if self.rows != Rows::Bands {
            return self.add_part(state, cells, band, before);
        }
        if before {
            let expected = "one row a band: name the groups, and rows of one band are added up".to_owned();
            let value = cells.text(AGE)?.to_owned();
            return Err(Fault::of(
                AGE,
                MeasureError::Unknown { what: "a band that is new to its group", value, expected },
            ));
        }
        state.sums.add(events, population, self.standard.bands()[band].1);
        Ok(())
    }

    fn answer(&mut self, state: &mut State, answers: &mut Answers) -> Result<(), MeasureError> {
        let bands = self.standard.bands();
        let seen = state.seen.count_ones() as usize;
        if self.rows != Rows::Weighted && seen < bands.len() {
            return Err(Reason::MissingBands { missing: bands.len() - seen, of: bands.len() }.into());
        }
        let mut sums = state.sums;
        if let Some(start) = state.start {
            let mut variance = 0.0;
            for (cell, &(_, standard)) in self.cells[start..start + bands.len()].iter().zip(bands) {
                sums.add(cell.events, cell.population, standard);
                if cell.population > 0.0 {
                    variance += cell.squares * (standard / cell.population).powi(2);
                }
            }
            sums = if self.rows == Rows::Repeated { sums.repeated(variance) } else { sums };
        }
        let estimate = sums.estimate(self.multiplier, &self.levels)?;
        answers.estimate(&self.reliability.apply_to(sums.events, estimate)?);
        Ok(())
    }
}

impl Table {
    /// Takes in one of several rows of a band.
    fn add_part(&mut self, state: &mut State, cells: &Cells, band: usize, before: bool) -> Result<(), Fault> {
        let count = self.standard.bands().len();
        let start = *state.start.get_or_insert_with(|| {
            self.cells.resize(self.cells.len() + count, Cell::default());
            self.cells.len() - count
        });
        let cell = &mut self.cells[start + band];
        let (events, population) = (cells.number(EVENTS), cells.number(POPULATION));
        if self.rows == Rows::Parts {
            cell.events += events;
            cell.population += population;
            return Ok(());
        }
        if before && cell.population != population {
            let (what, expected) = ("a population", "the one that other rows of the same band have");
            return Err(Fault::of(
                POPULATION,
                MeasureError::OutOfRange { what, value: population, expected },
            ));
        }
        let times = cells.number(TIMES);
        cell.population = population;
        cell.events += times * events;
        cell.squares += times * times * events;
        Ok(())
    }
}

impl Table {
    /// The place of a row's band. Bands mostly come in one order, so the one after the last is tried first.
    #[inline]
    fn band(&mut self, cells: &Cells) -> Result<usize, Fault> {
        let text = cells.bytes(AGE);
        let next = if self.last + 1 < self.known.len() { self.last + 1 } else { 0 };
        if self.known.get(next).is_some_and(|(known, _)| same(known, text)) {
            self.last = next;
            return Ok(self.known[next].1);
        }
        if let Some(found) = self.known.iter().position(|(known, _)| known == text) {
            self.last = found;
            return Ok(self.known[found].1);
        }
        let place = self.read(cells.text(AGE)?)?;
        self.known.push((text.to_owned(), place));
        self.last = self.known.len() - 1;
        Ok(place)
    }

    /// The place of a band: of the same ages, or of an age alone that a band begins with.
    fn read(&self, text: &str) -> Result<usize, Fault> {
        let alone = text.bytes().all(|byte| byte.is_ascii_digit());
        let band: Option<AgeBand> = text.parse().ok();
        let found = band.and_then(|band| {
            let place = self.standard.place(band.first())?;
            (alone || self.standard.bands()[place].0 == band).then_some(place)
        });
        found.ok_or_else(|| {
            let bands: Vec<String> = self.standard.bands().iter().map(|(band, _)| band.to_string()).collect();
            let (what, value) = ("a band of the standard population", text.to_owned());
            Fault::of(AGE, MeasureError::Unknown { what, value, expected: bands.join(", ") })
        })
    }
}
