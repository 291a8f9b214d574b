//! Calendar arithmetic as CDC's Logic Specification 4.6 asks for it (section 3.4, CALCDT-1 to CALCDT-6):
//! years first, then months, then weeks and days; a date that does not exist rolls forward to the first of
//! the next month.
//!
//! Inside the engine a date is a whole number of days, because comparing and adding integers is most of the
//! work; `jiff` does the same arithmetic but clamps 31 June to 30 June, where the specification says 1 July.

use std::fmt;
use std::str::FromStr;

use vocabulary::Date;

/// Days since 1 January 1970.
pub(crate) type Day = i32;

/// A day before every date that a person can have.
pub(crate) const EARLIEST: Day = i32::MIN / 4;
/// A day after every date that a person can have.
pub(crate) const LATEST: Day = i32::MAX / 4;

/// A length of time by the calendar: whole years, months and days, each of which may be negative
/// (`6 weeks - 4 days`, `16 years - 4 months`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    years: i16,
    months: i16,
    days: i32,
}

impl Span {
    /// A span of whole years, months and days. Each is held to what a life can need: 200 years either way.
    pub const fn new(years: i16, months: i16, days: i32) -> Span {
        Span {
            years: held(years as i32, 200) as i16,
            months: held(months as i32, 2400) as i16,
            days: held(days, 73_050),
        }
    }

    /// A span of whole weeks.
    pub const fn weeks(weeks: i16) -> Span {
        Span::new(0, 0, weeks as i32 * 7)
    }

    /// The date this long after `date`, rolled forward to the first of the next month where it does not
    /// exist. A result outside the years that a [`Date`] can hold is the last (or first) date that it can.
    pub fn after(self, date: Date) -> Date {
        to_date(Civil::from(date).plus(self))
    }

    /// About how many days it is, for ordering spans against each other only.
    pub(crate) fn rough_days(self) -> i32 {
        i32::from(self.years) * 365 + i32::from(self.years) / 4 + i32::from(self.months) * 30 + self.days
    }
}

const fn held(number: i32, most: i32) -> i32 {
    match number {
        _ if number > most => most,
        _ if number < -most => -most,
        _ => number,
    }
}

/// `6 weeks - 4 days` reads back as the same span; written in years, months, weeks and days.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (weeks, days) =
            if self.days % 7 == 0 && self.days != 0 { (self.days / 7, 0) } else { (0, self.days) };
        let parts = [
            (i32::from(self.years), "year"),
            (i32::from(self.months), "month"),
            (weeks, "week"),
            (days, "day"),
        ];
        let mut first = true;
        for (number, unit) in parts.into_iter().filter(|(number, _)| *number != 0) {
            let plural = if number.abs() == 1 { "" } else { "s" };
            match (first, number < 0) {
                (true, false) => write!(f, "{number} {unit}{plural}")?,
                (true, true) => write!(f, "-{} {unit}{plural}", -number)?,
                (false, false) => write!(f, " + {number} {unit}{plural}")?,
                (false, true) => write!(f, " - {} {unit}{plural}", -number)?,
            }
            first = false;
        }
        if first { f.write_str("0 days") } else { Ok(()) }
    }
}

/// Text that is not a length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a length of time: expected a form such as 8 weeks, 12 months - 4 days or 3 years + 4 months"
)]
pub struct ParseSpanError(pub String);

impl FromStr for Span {
    type Err = ParseSpanError;

    /// Reads `8 weeks`, `6 weeks - 4 days`, `16 months + 4 weeks`, `1 year`, `0 days`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseSpanError(text.to_owned());
        let spaced = text.replace('+', " + ").replace('-', " - ");
        let mut words = spaced.split_whitespace();
        let (mut span, mut sign, mut parts) = (Span::default(), 1_i32, 0);
        while let Some(word) = words.next() {
            match word {
                "+" => sign = 1,
                "-" => sign = -1,
                _ => {
                    let number = word.parse::<i32>().ok().filter(|n| *n <= 30_000).ok_or_else(error)? * sign;
                    let unit = words.next().ok_or_else(error)?;
                    let small = i16::try_from(number).map_err(|_| error());
                    match unit.to_ascii_lowercase().trim_end_matches('s') {
                        "year" => span.years = span.years.saturating_add(small?),
                        "month" => span.months = span.months.saturating_add(small?),
                        "week" => span.days += number * 7,
                        "day" => span.days += number,
                        _ => return Err(error()),
                    }
                    parts += 1;
                }
            }
        }
        if parts == 0 || Span::new(span.years, span.months, span.days) != span {
            return Err(error());
        }
        Ok(span)
    }
}

/// A day as both a number and a year, month and day, so that months can be added without converting back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) day: Day,
    year: i16,
    month: u8,
    day_of_month: u8,
}

impl From<Date> for Civil {
    fn from(date: Date) -> Civil {
        let (year, month, day) = (i32::from(date.year()), date.month() as u8, date.day() as u8);
        Civil { day: number(year, month, day), year: date.year(), month, day_of_month: day }
    }
}

impl Civil {
    /// The day with a number, as year, month and day; a year beyond what the type can hold is the nearest one.
    pub(crate) fn from_day(day: Day) -> Civil {
        let shifted = day.saturating_add(EPOCH).max(0) as u32;
        let (era, of_era) = (shifted / DAYS_OF_ERA, shifted % DAYS_OF_ERA);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day_of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = (year_of_era + era * 400) as i32 - ERAS * 400 + i32::from(month <= 2);
        let year = year.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        Civil { day, year, month: month as u8, day_of_month: day_of_month as u8 }
    }

    /// The day `span` later (CALCDT-1 to CALCDT-6).
    #[inline]
    pub(crate) fn plus(self, span: Span) -> Day {
        if span.years == 0 && span.months == 0 {
            return self.day + span.days;
        }
        let (mut year, mut month, mut day) =
            (i32::from(self.year) + i32::from(span.years), i32::from(self.month), self.day_of_month);
        if day > days_in_month(year, month as u8) {
            (month, day) = (month + 1, 1);
        }
        if span.months != 0 {
            month += i32::from(span.months);
            year += (month - 1).div_euclid(12);
            month = (month - 1).rem_euclid(12) + 1;
            if day > days_in_month(year, month as u8) {
                (month, day) = (month + 1, 1);
            }
        }
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
        number(year, month as u8, day) + span.days
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The number of a civil date, counting years from March so that the leap day is the last
/// (E. G. Richards, Explanatory Supplement to the Astronomical Almanac, 2013, section 15.11).
#[inline]
fn number(year: i32, month: u8, day: u8) -> Day {
    // Counted in unsigned numbers from the first of March 30 eras of 400 years before year 0: a Date's years begin
    // at -9999, and unsigned division by a constant is a multiplication.
    let shifted = (year + ERAS * 400 - i32::from(month <= 2)) as u32;
    let (era, of_era) = (shifted / 400, shifted % 400);
    let month = u32::from(month);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + u32::from(day) - 1;
    (era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year) as Day - EPOCH
}

/// 400 years: the calendar repeats.
const DAYS_OF_ERA: u32 = 146_097;
const ERAS: i32 = 30;
/// The days from the start of the count to 1 January 1970.
const EPOCH: i32 = 719_468 + ERAS * DAYS_OF_ERA as i32;

/// The number of a date.
pub(crate) fn to_day(date: Date) -> Day {
    Civil::from(date).day
}

/// The date with a number; the nearest that a [`Date`] can hold where it is out of range.
pub(crate) fn to_date(day: Day) -> Date {
    let civil = Civil::from_day(day);
    let date = Date::new(civil.year, civil.month as i8, civil.day_of_month as i8).ok();
    date.unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: &str, span: &str, expected: &str) {
        let (date, span): (Date, Span) = (date.parse().unwrap(), span.parse().unwrap());
        assert_eq!(span.after(date), expected.parse().unwrap(), "{date} + {span}");
    }

    #[test]
    fn examples_of_the_specification() {
        check("2000-01-01", "3 years", "2003-01-01");
        check("2000-01-01", "6 months", "2000-07-01");
        check("2000-11-01", "6 months", "2001-05-01");
        check("2000-01-01", "3 days", "2000-01-04");
        check("2000-01-01", "3 weeks", "2000-01-22");
        check("2000-02-01", "5 weeks", "2000-03-07");
        check("2001-02-01", "5 weeks", "2001-03-08");
        check("2000-01-15", "0 days - 4 days", "2000-01-11");
        check("2000-03-31", "6 months", "2000-10-01");
        check("2000-08-31", "6 months", "2001-03-01");
        check("2000-01-31", "6 months - 4 days", "2000-07-27");
    }

    #[test]
    fn leap_days_and_year_ends() {
        check("2020-02-29", "1 year", "2021-03-01");
        check("2020-02-29", "4 years", "2024-02-29");
        check("2020-02-29", "16 years - 4 months", "2035-10-29");
        check("2023-12-31", "2 months", "2024-03-01");
        check("2023-10-31", "1 month", "2023-12-01");
        check("2023-12-15", "13 months", "2025-01-15");
    }

    #[test]
    fn days_are_numbered_as_the_calendar_runs() {
        let mut date = Date::new(1896, 2, 27).unwrap();
        let mut day = to_day(date);
        while date.year() < 2110 {
            assert_eq!((to_day(date), to_date(day)), (day, date));
            (date, day) = (date.tomorrow().unwrap(), day + 1);
        }
        assert_eq!(to_day(Date::new(1970, 1, 1).unwrap()), 0);
    }

    #[test]
    fn spans_are_written_as_they_are_read() {
        for text in ["6 weeks - 4 days", "16 years - 4 months", "0 days", "1 year", "8 months + 1 day"] {
            let span = text.parse::<Span>().unwrap();
            assert_eq!(span.to_string().parse::<Span>().unwrap(), span, "{text}");
        }
        for text in ["", "weeks", "6", "6 fortnights", "six weeks", "201 years"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
