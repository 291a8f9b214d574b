//! Life tables over a table: a row a band of age.

use vocabulary::AgeBand;

use super::{Health, LifeBand, life_table};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Levels, MeasureError};

const COLUMNS: [Column; 3] = [
    Column::label("age", "the band: 0, 1-4, 5-9 ... 90+, or the age at which it begins"),
    Column::count("deaths", "deaths in the band"),
    Column::count("population", "person-years in the band"),
];
const AT: OptionEntry =
    OptionEntry { name: "at", default: "0", what: "the ages to give it at, with spaces between, or all" };
const SOURCE: &str = "Chiang 1968; Silcocks and others 2001, J Epidemiol Community Health 55: 38-43; Toson and Baker 2003, NSMS 33";

const INPUT: &str = "area,age,deaths,population\nA,0,4,1000\nA,1-14,2,14000\nA,15-64,150,50000\nA,65-84,500,14000\n\
                     A,85+,300,2000\n";

pub(crate) const LIFE: MeasureEntry = MeasureEntry {
    name: "life-expectancy",
    aliases: &["le"],
    title: "Life expectancy",
    summary: "The years that people born now, or of an age now, can expect at today's death rates",
    formula: "Chiang II: q = nM/(1 + n(1 − a)M), a = 0.1 in the first band and 0.5 after it; e = T/l; the last band open",
    source: SOURCE,
    peers: "phe_life_expectancy: the same. It withholds at 5,000 person-years as well as below, and leaves the limits beside \
            a value that it withholds for a wide interval. phstatsmethods has none.",
    columns: &COLUMNS,
    options: &[AT],
    shape: Shape { labels: &["age"], estimate: true, after: &[] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,age,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,0,76.46615669479748,75.36903562489006,77.56327776470489,74.7363499224547,78.19596346714025,Chiang II with Silcocks' variance,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const HEALTHY: MeasureEntry = MeasureEntry {
    name: "healthy-life-expectancy",
    aliases: &["hle"],
    title: "Healthy life expectancy",
    summary: "The years in good health that people can expect, by Sullivan's method",
    formula: "Σ Lπ / l from the same life table; variance Σ L² π(1 − π)/n / l²",
    source: "Sullivan 1971, HSMHA Health Reports 86: 347-354; Jagger and others 2014, Sullivan guide, 4th edition",
    peers: "ONS: the same method with modelled shares. PHEindicatormethods and phstatsmethods have none.",
    columns: &[
        COLUMNS[0],
        COLUMNS[1],
        COLUMNS[2],
        Column::count("healthy", "the share in good health, from 0 to 1"),
        Column::size("asked", "how many people the share is from; certain when the table has no such column")
            .optional(),
    ],
    options: &[AT],
    shape: Shape { labels: &["age"], estimate: true, after: &[] },
    example: Example {
        options: &[],
        input: "area,age,deaths,population,healthy,asked\nA,0-14,6,15000,0.95,400\nA,15-64,150,50000,0.8,1200\n\
                A,65-84,500,14000,0.55,300\nA,85+,300,2000,0.4,80\n",
        output: "area,age,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,0,59.173801009432786,57.83813297231535,60.50946904655022,57.06788245624842,61.27971956261715,Sullivan,\n",
    },
    run: crate::table::run::<Table<true>>,
};

/// The ages that are asked for.
enum At {
    All,
    Starts(Vec<f64>),
}

struct Table<const HEALTHY: bool> {
    at: At,
    asked: bool,
    levels: Levels,
}

impl<const HEALTHY: bool> Measure for Table<HEALTHY> {
    type State = Vec<(LifeBand, Health)>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let words = setup.text("at").split_whitespace();
        let unknown = |word: &str| MeasureError::Unknown {
            what: "an age",
            value: format!("at={word}"),
            expected: "ages in years, such as 0 65, or all".to_owned(),
        };
        let at = match setup.text("at").trim() {
            "all" => At::All,
            _ => At::Starts(
                words.map(|word| word.parse().map_err(|_| unknown(word))).collect::<Result<_, _>>()?,
            ),
        };
        Ok(Table { at, asked: setup.has(4), levels: *setup.levels() })
    }

    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault> {
        let band = LifeBand { start: start(cells)?, deaths: cells.number(1), population: cells.number(2) };
        let asked = if self.asked { cells.number(4) } else { f64::INFINITY };
        let health =
            if HEALTHY { Health { share: cells.number(3), asked } } else { Health { share: 1.0, asked } };
        if health.share > 1.0 {
            let (what, value, expected) = ("a share in good health", health.share, "from 0 to 1");
            return Err(Fault::of(3, MeasureError::OutOfRange { what, value, expected }));
        }
        state.push((band, health));
        Ok(())
    }

    fn answer(&mut self, rows: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError> {
        rows.sort_by(|one, other| one.0.start.total_cmp(&other.0.start));
        let (bands, health): (Vec<LifeBand>, Vec<Health>) = rows.iter().copied().unzip();
        let table = life_table(&bands)?;
        let starts: Vec<f64> = match &self.at {
            At::All => table.starts().to_vec(),
            At::Starts(starts) => starts.clone(),
        };
        for start in starts {
            let Some(place) = table.starts().iter().position(|&known| known == start) else {
                let (what, value, expected) =
                    ("an age to give it at", start, "the age at which a band begins");
                return Err(MeasureError::OutOfRange { what, value, expected });
            };
            let label = start.to_string();
            let estimate = match HEALTHY {
                true => table.healthy(&health, place, &self.levels),
                false => table.expectancy(place, &self.levels),
            };
            match estimate {
                Ok(estimate) => answers.labelled(&[&label], &estimate),
                Err(MeasureError::Withheld(reason)) => answers.withheld(&[&label], reason),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The age at which a row's band begins: `5-9`, `90+`, `<1`, or a number alone.
fn start(cells: &Cells) -> Result<f64, Fault> {
    let text = cells.text(0)?;
    let band: Option<AgeBand> = text.parse().ok();
    let number = text.trim().parse::<f64>().ok().filter(|age| (0.0..150.0).contains(age));
    number.or(band.map(|band| f64::from(band.first()))).ok_or_else(|| {
        let (what, expected) = ("a band of age", "a form such as 5-9, 90+ or 5".to_owned());
        Fault::of(0, MeasureError::Unknown { what, value: text.to_owned(), expected })
    })
}
