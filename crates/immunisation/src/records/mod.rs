//! Histories as text: CSV and JSON Lines in, forecasts out.
//!
//! # Columns of the CSV
//!
//! One row a dose, the rows of a person together; a person without doses has one row with no vaccine. The
//! heading names the columns, in any order: `person`, `date_of_birth`, `sex`, `vaccine`, `date`, and if wanted
//! `manufacturer`, `condition` (`expired` or `compromised`), `observation`, `observation_date`,
//! `country_of_birth`. Or one row a person, with `doses` (`code:2025-03-31`, with `:maker` if known, separated
//! by spaces) and `observations` (`code` or `code:2025-03-31`): a third of the size, and it can be cut at any
//! line. Dates are `2025-03-31` or `31/03/2025`.
//!
//! # Lines of the JSON
//!
//! One person a line: `{"person": "1", "date_of_birth": "2024-01-31", "sex": "female", "doses": [{"vaccine":
//! "03", "date": "2025-02-01", "manufacturer": "MSD", "condition": "expired"}], "observations": [{"code": "160",
//! "date": "2025-01-01"}], "country_of_birth": "U.S."}`.
//!
//! # What is odd
//!
//! Nothing makes a whole file fail. A code that the schedule does not know, a date that cannot be read or is not
//! whole, a person without a date of birth: each is a [`RecordFinding`], and the rest is answered. A date of
//! which only the month is known counts as the first day of that month, the day on which the dose is least
//! likely to have been given at a valid age; one of which only the year is known does not count.

mod csv;
mod date;
mod json;
mod write;

use vocabulary::{Date, Personal, Sex};

use crate::child::{Child, Dose, DoseCondition, Observed};
use crate::schedule::Schedule;

pub use self::csv::{CsvHistories, CsvLayout};
pub use self::json::read_json_line;
pub use self::write::{forecast_json_line, write_csv_heading, write_csv_rows};
pub(crate) use date::{ReadDate, read_date};

/// One person's record, used again for each.
#[derive(Debug, Clone)]
pub struct Record {
    /// Whose record it is: the caller's own key.
    pub person: Personal<String>,
    /// The child; `None` when the date of birth could not be read, and nothing can be said.
    pub child: Option<Child>,
    /// The doses in the order of the record; those without a usable date are left out.
    pub doses: Vec<Dose>,
    /// What was odd about the record.
    pub findings: Vec<RecordFinding>,
}

impl Default for Record {
    fn default() -> Record {
        Record { person: Personal::new(String::new()), child: None, doses: Vec::new(), findings: Vec::new() }
    }
}

/// Something odd about a record. It holds codes and dates as they stood in the record, never a person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFinding {
    /// The line could not be read at all.
    UnreadableLine(String),
    /// There is no date of birth that can be read.
    NoDateOfBirth(String),
    /// The sex is not one that is known; it counts as not known.
    UnknownSex(String),
    /// The schedule does not know the vaccine; the dose does not count.
    UnknownVaccine(String),
    /// The schedule does not know the condition; it was left out.
    UnknownObservation(String),
    /// The date of a dose cannot be read, or has only a year; the dose was left out.
    UnreadableDate(String),
    /// Only the month of a dose is known; it counts as the first day of it.
    PartialDate(String),
}

impl std::fmt::Display for RecordFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RecordFinding::UnreadableLine(why) => write!(f, "the line could not be read: {why}"),
            RecordFinding::NoDateOfBirth(text) => {
                write!(f, "'{text}' is not a date of birth, so nothing can be said")
            }
            RecordFinding::UnknownSex(text) => write!(f, "'{text}' is not a sex; it counts as not known"),
            RecordFinding::UnknownVaccine(code) => {
                write!(f, "the schedule has no vaccine '{code}'; the dose does not count")
            }
            RecordFinding::UnknownObservation(code) => {
                write!(f, "the schedule has no condition '{code}'; it was left out")
            }
            RecordFinding::UnreadableDate(text) => write!(f, "'{text}' is not a date; the dose was left out"),
            RecordFinding::PartialDate(text) => {
                write!(f, "'{text}' has no day; the dose counts as given on the first of the month")
            }
        }
    }
}

impl Record {
    /// Empties it for the next person.
    pub fn clear(&mut self) {
        self.person = Personal::new(String::new());
        self.child = None;
        self.doses.clear();
        self.findings.clear();
    }

    /// Sets who it is. Observations already read are kept.
    fn set_child(&mut self, date_of_birth: &str, sex: &str) {
        match read_date(date_of_birth) {
            ReadDate::Day(date) => {
                let known = Sex::parse(sex);
                if known.is_none() {
                    self.findings.push(RecordFinding::UnknownSex(sex.to_owned()));
                }
                self.child = Some(Child::new(date, known.unwrap_or(Sex::Persons)));
            }
            _ => self.findings.push(RecordFinding::NoDateOfBirth(date_of_birth.to_owned())),
        }
    }

    /// Adds a dose as it stands in the record.
    fn add_dose(&mut self, schedule: &Schedule, code: &str, date: &str, manufacturer: &str, condition: &str) {
        let date: Date = match read_date(date) {
            ReadDate::Day(day) => day,
            ReadDate::Month(first) => {
                self.findings.push(RecordFinding::PartialDate(date.to_owned()));
                first
            }
            ReadDate::Unreadable => {
                self.findings.push(RecordFinding::UnreadableDate(date.to_owned()));
                return;
            }
        };
        let vaccine = schedule.vaccine(code);
        if vaccine.is_none() {
            self.findings.push(RecordFinding::UnknownVaccine(code.to_owned()));
        }
        let manufacturer = if manufacturer.is_empty() { None } else { schedule.manufacturer(manufacturer) };
        let condition = match condition.trim() {
            "" => DoseCondition::Sound,
            text if text.eq_ignore_ascii_case("expired") => DoseCondition::Expired,
            _ => DoseCondition::Compromised,
        };
        self.doses.push(Dose { vaccine, date, manufacturer, volume: None, condition });
    }

    /// Adds a condition as it stands in the record.
    fn add_observation(&mut self, schedule: &Schedule, code: &str, date: &str) {
        let Some(observation) = schedule.observation(code) else {
            self.findings.push(RecordFinding::UnknownObservation(code.to_owned()));
            return;
        };
        let date = match read_date(date) {
            ReadDate::Day(day) | ReadDate::Month(day) => Some(day),
            ReadDate::Unreadable => None,
        };
        if let Some(child) = &mut self.child
            && !child.observations.iter().any(|known| known.observation == observation)
        {
            child.observations.push(Observed { observation, date });
        }
    }

    fn set_country(&mut self, schedule: &Schedule, name: &str) {
        if let Some(child) = &mut self.child {
            child.country_of_birth = schedule.country(name);
        }
    }
}
