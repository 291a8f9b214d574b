//! Reads the rows and puts them together as series.

use std::collections::HashMap;
use std::io::Read;

use vocabulary::{Period, Polarity};

use super::{Request, TextError, Values};
use crate::{Column, Kind, Reading, Rebase, Series, SpcError};

/// All rows, and which of them make a series.
pub(super) struct Sheet {
    rows: Vec<Row>,
    /// Names of series, each once.
    names: Vec<String>,
    /// Dates as they were written, each once.
    dates: Vec<(String, Period)>,
    /// Charts to draw, in the order of the input.
    pub groups: Vec<Group>,
}

struct Row {
    reading: Reading,
    series: usize,
    date: usize,
    rebase: String,
    number: u64,
    polarity: Polarity,
}

/// The rows of one chart: one series, or for a funnel one date.
pub(super) struct Group {
    rows: Vec<usize>,
}

/// Text that has been met before: a file of ten thousand series says each date ten thousand times, and a date is
/// read once.
#[derive(Default)]
struct Seen {
    names: Vec<String>,
    name_places: HashMap<String, usize>,
    dates: Vec<(String, Period)>,
    date_places: HashMap<String, usize>,
    subgroups: HashMap<String, u32>,
}

impl Seen {
    fn name(&mut self, name: &str) -> usize {
        if let Some(&at) = self.name_places.get(name) {
            return at;
        }
        self.names.push(name.to_owned());
        self.name_places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    fn date(&mut self, date: &str) -> Option<usize> {
        if let Some(&at) = self.date_places.get(date) {
            return Some(at);
        }
        self.dates.push((date.to_owned(), date.parse().ok()?));
        self.date_places.insert(date.to_owned(), self.dates.len() - 1);
        Some(self.dates.len() - 1)
    }

    fn subgroup(&mut self, name: &str) -> Option<u32> {
        let next = self.subgroups.len() as u32;
        (!name.is_empty()).then(|| *self.subgroups.entry(name.to_owned()).or_insert(next))
    }
}

/// Where the columns are.
struct Columns {
    series: Option<usize>,
    date: usize,
    value: usize,
    denominator: Option<usize>,
    subgroup: Option<usize>,
    target: Option<usize>,
    improvement: Option<usize>,
    rebase: Option<usize>,
    ghosted: Option<usize>,
}

impl Sheet {
    pub fn read(input: impl Read, request: &Request) -> Result<Sheet, TextError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .has_headers(false)
            .from_reader(input);
        let mut record = csv::StringRecord::new();
        reader.read_record(&mut record)?;
        let columns = Columns::find(&record, request.kind)?;
        let (mut seen, mut rows) = (Seen::default(), Vec::new());
        while reader.read_record(&mut record)? {
            if !record.iter().all(str::is_empty) {
                rows.push(columns.row(&record, &mut seen)?);
            }
        }
        let groups = groups(&rows, seen.names.len(), request.kind);
        Ok(Sheet { rows, names: seen.names, dates: seen.dates, groups })
    }

    /// The series that the rows of a group make.
    pub fn series(&self, group: &Group, request: &Request) -> Result<Series, TextError> {
        let rows = || group.rows.iter().map(|&at| &self.rows[at]);
        let mut readings: Vec<Reading> = rows().map(|row| row.reading).collect();
        if request.kind.entry().columns.contains(&Column::Denominator) {
            as_counts(&mut readings, request.values);
        }
        let fault = |error| self.fault(group, error);
        let mut series = Series::new(readings, self.polarity(group)?).map_err(fault)?;
        let mut rebases = Vec::new();
        for row in rows().filter(|row| !row.rebase.is_empty()) {
            rebases.push(Rebase::new(row.reading.period.start(), row.rebase.as_str()).map_err(fault)?);
        }
        if !rebases.is_empty() {
            series = series.with_rebases(rebases).map_err(fault)?;
        }
        let last = request.freeze.filter(|&n| n > 0).and_then(|n| group.rows.get(n - 1));
        match last {
            Some(&at) => series.with_freezes(vec![self.rows[at].reading.period.start()]).map_err(fault),
            None => Ok(series),
        }
    }

    /// Which direction is better in a group: what its rows say, which must be one thing.
    fn polarity(&self, group: &Group) -> Result<Polarity, TextError> {
        let mut said: Option<Polarity> = None;
        for row in group.rows.iter().map(|&at| &self.rows[at]).filter(|row| row.polarity != Polarity::NotSet)
        {
            match said {
                Some(before) if before != row.polarity => {
                    return Err(TextError::Contradiction {
                        row: row.number,
                        column: "improvement",
                        series: self.names[row.series].clone(),
                        value: row.polarity.code().to_owned(),
                        before: before.code().to_owned(),
                    });
                }
                _ => said = Some(row.polarity),
            }
        }
        Ok(said.unwrap_or_default())
    }

    /// The name of the series and the date of a reading of a group, as they were written.
    pub fn labels(&self, group: &Group, reading: usize) -> (&str, &str) {
        let row = &self.rows[group.rows[reading]];
        (&self.names[row.series], &self.dates[row.date].0)
    }

    /// An error of a series with its name and row.
    pub fn fault(&self, group: &Group, error: SpcError) -> TextError {
        let index = match &error {
            SpcError::NotFinite { index, .. }
            | SpcError::NegativeDenominator { index, .. }
            | SpcError::NoDenominator { index, .. }
            | SpcError::OutOfRange { index, .. }
            | SpcError::SubgroupTooLarge { index, .. }
            | SpcError::OutOfOrder { index, .. } => *index,
            _ => 1,
        };
        let row = group.rows.get(index.saturating_sub(1)).map(|&at| &self.rows[at]);
        TextError::Series {
            series: row.map_or_else(String::new, |row| self.names[row.series].clone()),
            row: row.map_or(0, |row| row.number),
            error,
        }
    }
}

/// The rows of each series in order of time, or for a funnel the rows of each date.
fn groups(rows: &[Row], series: usize, kind: Kind) -> Vec<Group> {
    if kind == Kind::Funnel {
        let mut dates: Vec<Period> = rows.iter().map(|row| row.reading.period).collect();
        dates.sort_unstable();
        dates.dedup();
        let of = |date: Period| (0..rows.len()).filter(|&at| rows[at].reading.period == date).collect();
        return dates.into_iter().map(|date| Group { rows: of(date) }).collect();
    }
    let mut groups: Vec<Group> = (0..series).map(|_| Group { rows: Vec::new() }).collect();
    for (at, row) in rows.iter().enumerate() {
        groups[row.series].rows.push(at);
    }
    for group in &mut groups {
        group.rows.sort_by_key(|&at| rows[at].reading.period.start());
    }
    groups
}

/// Shares of a denominator become counts again, so that a chart has one kind of input.
fn as_counts(readings: &mut [Reading], values: Values) {
    let shares = match values {
        Values::Counts => false,
        Values::Shares => true,
        Values::Auto => readings.iter().filter_map(|r| r.value).any(|value| value.fract() != 0.0),
    };
    if shares {
        for reading in readings {
            reading.value = reading.value.map(|share| share * reading.denominator.unwrap_or(1.0));
        }
    }
}

impl Columns {
    fn find(headings: &csv::StringRecord, kind: Kind) -> Result<Columns, TextError> {
        let mut places = HashMap::new();
        for (at, heading) in headings.iter().enumerate() {
            let heading = heading.trim_start_matches('\u{feff}').to_ascii_lowercase();
            if !heading.is_empty() && places.insert(heading.clone(), at).is_some() {
                return Err(TextError::TwoColumns(heading));
            }
        }
        let place = |name: &str| places.get(name).copied();
        let optional = |wanted: Column| -> Result<Option<usize>, TextError> {
            match place(wanted.name()) {
                // Subgroups may be told by their dates; a denominator cannot be guessed.
                None if wanted == Column::Denominator && kind.entry().columns.contains(&wanted) => {
                    Err(missing(wanted.name(), kind))
                }
                found => Ok(found),
            }
        };
        Ok(Columns {
            series: place("series"),
            date: place("date").ok_or_else(|| missing("date", kind))?,
            value: place("value").ok_or_else(|| missing("value", kind))?,
            denominator: optional(Column::Denominator)?,
            subgroup: optional(Column::Subgroup)?,
            target: place("target"),
            improvement: place("improvement"),
            rebase: place("rebase"),
            ghosted: place("ghosted"),
        })
    }

    fn row(&self, record: &csv::StringRecord, seen: &mut Seen) -> Result<Row, TextError> {
        let number = record.position().map_or(0, csv::Position::line);
        let text = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("");
        let cell = |column, value: &str, expected| TextError::Cell {
            row: number,
            column,
            value: value.to_owned(),
            expected,
        };
        let count = |at, column| match text(at) {
            "" => Ok(None),
            written => number_of(written)
                .map(Some)
                .ok_or_else(|| cell(column, written, "a number, or empty for a gap")),
        };
        let (date, better) = (text(Some(self.date)), text(self.improvement));
        let (ghosted, rebase) = (text(self.ghosted), text(self.rebase));
        let date_place = seen.date(date).ok_or_else(|| cell("date", date, DATES))?;
        Ok(Row {
            reading: Reading {
                period: seen.dates[date_place].1,
                value: count(Some(self.value), "value")?,
                denominator: count(self.denominator, "denominator")?,
                subgroup: seen.subgroup(text(self.subgroup)),
                target: count(self.target, "target")?,
                ghosted: flag(ghosted).ok_or_else(|| cell("ghosted", ghosted, "yes, no or empty"))?,
            },
            series: seen.name(text(self.series)),
            date: date_place,
            rebase: reason(rebase).ok_or_else(|| cell("rebase", rebase, REASON))?.to_owned(),
            number,
            polarity: direction(better).ok_or_else(|| cell("improvement", better, BETTER))?,
        })
    }
}

const DATES: &str = "a date or period such as 2025-03-01, March 2025, 2024/25 Q1 or 2024/25";
const REASON: &str = "a reason: say in words why the limits are recalculated here";
const BETTER: &str = "high-is-good, low-is-good, not-set or empty";

fn missing(column: &'static str, kind: Kind) -> TextError {
    let mut needed = "series, date, value".to_owned();
    for extra in kind.entry().columns {
        needed.push_str(", ");
        needed.push_str(extra.name());
    }
    TextError::NoColumn { column, needed }
}

/// A finite number; thousands may be separated by commas.
fn number_of(written: &str) -> Option<f64> {
    let parsed = match written.parse::<f64>() {
        Err(_) if written.contains(',') => written.replace(',', "").parse::<f64>(),
        other => other,
    };
    parsed.ok().filter(|n| n.is_finite())
}

fn flag(written: &str) -> Option<bool> {
    match written.to_ascii_lowercase().as_str() {
        "" | "no" | "false" | "0" => Some(false),
        "yes" | "true" | "1" => Some(true),
        _ => None,
    }
}

/// The reason for a rebase; empty for none. A bare mark is not a reason.
fn reason(written: &str) -> Option<&str> {
    match flag(written) {
        Some(false) => Some(""),
        Some(true) => None,
        None => Some(written),
    }
}

fn direction(written: &str) -> Option<Polarity> {
    match written.to_ascii_lowercase().as_str() {
        "" | "not-set" | "neutral" | "neither" => Some(Polarity::NotSet),
        "high-is-good" | "high" | "higher" | "up" | "increase" => Some(Polarity::HighIsGood),
        "low-is-good" | "low" | "lower" | "down" | "decrease" => Some(Polarity::LowIsGood),
        _ => None,
    }
}
