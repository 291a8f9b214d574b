//! One child's line of a file, read without copying: what it says and what is odd about it.

use vocabulary::{Date, Sex};

use super::child::{Child, Conditions, Dose, VaccineId};
use super::schedule::Schedule;
use crate::records::{self, ReadDate};

/// What was odd about a line, before any rule is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// A dose's vaccine code is not known; the dose was left out.
    UnknownVaccine,
    /// A condition's code is not known; it was left out.
    UnknownCondition,
    /// A dose's date has no day: the first of the month was taken, or the day of birth in that month.
    PartialDate,
    /// A dose's date cannot be read; the dose was left out.
    UnreadableDate,
}

impl Oddity {
    pub(super) fn code(self) -> &'static str {
        match self {
            Oddity::UnknownVaccine => "unknown-vaccine",
            Oddity::UnknownCondition => "unknown-condition",
            Oddity::PartialDate => "partial-date",
            Oddity::UnreadableDate => "unreadable-date",
        }
    }
}

/// A line as read; kept and reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) born: Option<Date>,
    pub(super) doses: Vec<Dose>,
    pub(super) oddities: Vec<(Oddity, String)>,
}

impl Record {
    pub(super) fn clear(&mut self) {
        self.doses.clear();
        self.oddities.clear();
    }

    pub(super) fn odd(&mut self, oddity: Oddity, text: &[u8]) {
        self.oddities.push((oddity, String::from_utf8_lossy(text).into_owned()));
    }

    /// Adds a dose from its code and its date as text.
    pub(super) fn dose(&mut self, schedule: &Schedule, code: &[u8], date: &[u8]) {
        let Some(vaccine) = schedule.codes.get(code) else {
            self.odd(Oddity::UnknownVaccine, code);
            return;
        };
        match read_date(date) {
            ReadDate::Day(given) => self.doses.push(Dose::new(VaccineId(vaccine), given)),
            ReadDate::Month(month) => {
                self.odd(Oddity::PartialDate, date);
                // In the month of birth the first day on which it can have been given is the day of birth.
                let birth = self.born.filter(|born| born.first_of_month() == month);
                self.doses.push(Dose::new(VaccineId(vaccine), birth.unwrap_or(month)));
            }
            ReadDate::Unreadable => self.odd(Oddity::UnreadableDate, date),
        }
    }

    /// Adds the conditions named in a list.
    pub(super) fn conditions<'a>(
        &mut self,
        schedule: &Schedule,
        codes: impl Iterator<Item = &'a [u8]>,
    ) -> Conditions {
        let mut conditions = Conditions::default();
        for code in codes.map(<[u8]>::trim_ascii).filter(|code| !code.is_empty()) {
            match std::str::from_utf8(code).ok().and_then(|code| schedule.condition(code)) {
                Some(condition) => conditions = conditions.with(condition),
                None => self.odd(Oddity::UnknownCondition, code),
            }
        }
        conditions
    }
}

/// The child of a line; none when the date of birth cannot be read.
pub(super) fn child(born: &[u8], sex: &[u8], expecting: &[u8]) -> Option<Child> {
    let sex = match sex {
        b"f" | b"F" => Sex::Female,
        b"m" | b"M" => Sex::Male,
        other => std::str::from_utf8(other).ok().and_then(Sex::parse).unwrap_or(Sex::Persons),
    };
    let ReadDate::Day(born) = read_date(born) else { return None };
    let child = Child::new(born, sex);
    Some(match read_date(expecting) {
        ReadDate::Day(delivery) => child.expecting(delivery),
        _ => child,
    })
}

/// A date; nearly every one is `2026-01-31`, which is read without a further look.
fn read_date(text: &[u8]) -> ReadDate {
    match read_iso(text) {
        Some(day) => ReadDate::Day(day),
        None => std::str::from_utf8(text).map_or(ReadDate::Unreadable, records::read_date),
    }
}

/// `2026-01-31`.
fn read_iso(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let year = digit(y1)? * 1000 + digit(y2)? * 100 + digit(y3)? * 10 + digit(y4)?;
    let (month, day) = (digit(m1)? * 10 + digit(m2)?, digit(d1)? * 10 + digit(d2)?);
    Date::new(year, month as i8, day as i8).ok()
}
