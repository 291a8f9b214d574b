//! Histories in CSV: one row a dose, or one row a person.

use csv::StringRecord;
use vocabulary::Personal;

use super::{Record, RecordFinding};
use crate::schedule::Schedule;

/// Where each column stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvLayout {
    person: usize,
    date_of_birth: usize,
    sex: Option<usize>,
    country: Option<usize>,
    /// One row a dose.
    vaccine: Option<usize>,
    date: Option<usize>,
    manufacturer: Option<usize>,
    condition: Option<usize>,
    observation: Option<usize>,
    observation_date: Option<usize>,
    /// One row a person.
    doses: Option<usize>,
    observations: Option<usize>,
}

impl CsvLayout {
    /// Finds the columns by their headings; the error names what is missing.
    ///
    /// # Errors
    ///
    /// A sentence, when there is no `person`, no `date_of_birth`, or neither `vaccine` and `date` nor `doses`.
    pub fn from_headings<'a>(headings: impl IntoIterator<Item = &'a str>) -> Result<CsvLayout, String> {
        let headings: Vec<String> = headings
            .into_iter()
            .map(|heading| {
                heading.trim_start_matches('\u{feff}').trim().to_ascii_lowercase().replace([' ', '-'], "_")
            })
            .collect();
        let find = |name: &str| headings.iter().position(|heading| heading == name);
        // The second names are those of the UK schedule's files.
        let required = |name: &str, other: &str| {
            find(name).or_else(|| find(other)).ok_or_else(|| format!("the heading has no column '{name}'"))
        };
        let layout = CsvLayout {
            person: required("person", "id")?,
            date_of_birth: required("date_of_birth", "born")?,
            sex: find("sex"),
            country: find("country_of_birth"),
            vaccine: find("vaccine"),
            date: find("date"),
            manufacturer: find("manufacturer"),
            condition: find("condition"),
            observation: find("observation"),
            observation_date: find("observation_date"),
            doses: find("doses"),
            observations: find("observations").or_else(|| find("conditions")),
        };
        match (layout.doses, layout.vaccine, layout.date) {
            (Some(_), ..) | (None, Some(_), Some(_)) => Ok(layout),
            _ => {
                Err("the heading has neither the columns 'vaccine' and 'date' nor the column 'doses'"
                    .to_owned())
            }
        }
    }

    /// Whether a row holds a whole person, so that rows can be read in any order and on any thread.
    pub fn is_row_a_person(&self) -> bool {
        self.doses.is_some()
    }

    /// Reads a row that is a person into a record, which is emptied first.
    pub fn read_row(&self, schedule: &Schedule, row: &StringRecord, record: &mut Record) {
        record.clear();
        self.begin(row, record);
        self.add(schedule, row, record);
    }

    fn begin(&self, row: &StringRecord, record: &mut Record) {
        record.person = Personal::new(cell(row, Some(self.person)).to_owned());
        record.set_child(cell(row, Some(self.date_of_birth)), cell(row, self.sex));
    }

    /// Adds what a row says to the record of its person.
    fn add(&self, schedule: &Schedule, row: &StringRecord, record: &mut Record) {
        let country = cell(row, self.country);
        if !country.is_empty() {
            record.set_country(schedule, country);
        }
        let doses = cell(row, self.doses);
        // `code:date` between spaces; or `code date` between semicolons, as in the UK schedule's files.
        let (list, between): (Vec<&str>, fn(char) -> bool) = if doses.contains(':') {
            (doses.split_ascii_whitespace().collect(), |c| c == ':')
        } else {
            (doses.split(';').map(str::trim).filter(|dose| !dose.is_empty()).collect(), |c| c == ' ')
        };
        for dose in list {
            let mut parts = dose.split(between);
            let mut part = || parts.next().unwrap_or_default();
            let (code, date, manufacturer, condition) = (part(), part(), part(), part());
            record.add_dose(schedule, code, date, manufacturer, condition);
        }
        let spaces = |c: char| c.is_ascii_whitespace() || c == ';';
        for observation in cell(row, self.observations).split(spaces).filter(|one| !one.is_empty()) {
            let (code, date) = observation.split_once(':').unwrap_or((observation, ""));
            record.add_observation(schedule, code, date);
        }
        let vaccine = cell(row, self.vaccine);
        if !vaccine.is_empty() {
            let (manufacturer, condition) = (cell(row, self.manufacturer), cell(row, self.condition));
            record.add_dose(schedule, vaccine, cell(row, self.date), manufacturer, condition);
        }
        let observation = cell(row, self.observation);
        if !observation.is_empty() {
            record.add_observation(schedule, observation, cell(row, self.observation_date));
        }
    }
}

fn cell(row: &StringRecord, at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).map(str::trim).unwrap_or_default()
}

/// The persons of a CSV file in turn, whichever of the two forms it has.
pub struct CsvHistories<'s, R> {
    schedule: &'s Schedule,
    reader: csv::Reader<R>,
    layout: CsvLayout,
    row: StringRecord,
    /// Whether `row` is the first row of the next person.
    waiting: bool,
}

impl<'s, R: std::io::Read> CsvHistories<'s, R> {
    /// Reads the heading.
    ///
    /// # Errors
    ///
    /// A sentence, when the heading cannot be read or lacks a column (see [`CsvLayout::from_headings`]).
    pub fn new(schedule: &'s Schedule, reader: R) -> Result<CsvHistories<'s, R>, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
        let headings = reader.headers().map_err(|error| error.to_string())?;
        let layout = CsvLayout::from_headings(headings)?;
        Ok(CsvHistories { schedule, reader, layout, row: StringRecord::new(), waiting: false })
    }

    /// Reads the next person into a record; false at the end. A row that cannot be read is a record with a
    /// finding.
    pub fn read_next(&mut self, record: &mut Record) -> bool {
        record.clear();
        if !self.waiting {
            match self.reader.read_record(&mut self.row) {
                Ok(true) => {}
                Ok(false) => return false,
                Err(error) => return unreadable(&error, record),
            }
        }
        self.waiting = false;
        self.layout.begin(&self.row, record);
        self.layout.add(self.schedule, &self.row, record);
        while !self.layout.is_row_a_person() {
            match self.reader.read_record(&mut self.row) {
                Ok(true) if cell(&self.row, Some(self.layout.person)) == record.person.reveal().as_str() => {
                    self.layout.add(self.schedule, &self.row, record);
                }
                Ok(true) => {
                    self.waiting = true;
                    break;
                }
                Ok(false) => break,
                Err(error) => {
                    unreadable(&error, record);
                }
            }
        }
        true
    }
}

fn unreadable(error: &csv::Error, record: &mut Record) -> bool {
    // The message of an error about text names the line, not what stood in it.
    let line = error.position().map_or(0, csv::Position::line);
    record.findings.push(RecordFinding::UnreadableLine(format!("line {line}")));
    !error.is_io_error()
}
