//! Stretches of time that figures are about.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A stretch of whole days, both ends included; the first is never after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    start: Date,
    end: Date,
}

/// How often an indicator has a new figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frequency {
    /// A calendar month.
    Monthly,
    /// A quarter of a calendar or financial year (they are the same three months).
    Quarterly,
    /// A calendar, financial or school year.
    Annual,
    /// Anything else, such as three years pooled.
    Irregular,
}

impl Frequency {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Frequency::Monthly => "monthly",
            Frequency::Quarterly => "quarterly",
            Frequency::Annual => "annual",
            Frequency::Irregular => "irregular",
        }
    }

    /// The frequency with this code.
    pub fn from_code(code: &str) -> Option<Frequency> {
        [Frequency::Monthly, Frequency::Quarterly, Frequency::Annual, Frequency::Irregular]
            .into_iter()
            .find(|f| f.code() == code)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Period {
    /// The days from `start` to `end`, both included. `None` when `end` is before `start`.
    pub fn new(start: Date, end: Date) -> Option<Period> {
        (start <= end).then_some(Period { start, end })
    }

    /// A calendar month, 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Period> {
        Period::months_from(year, month, 1)
    }

    /// A quarter of a calendar year, 1 to 4.
    pub fn calendar_quarter(year: i16, quarter: i8) -> Option<Period> {
        Period::months_from(year, (quarter.checked_sub(1)?).checked_mul(3)?.checked_add(1)?, 3)
    }

    /// A quarter of the financial year that begins in April of `year`, 1 (April to June) to 4.
    pub fn financial_quarter(year: i16, quarter: i8) -> Option<Period> {
        match quarter {
            1..=3 => Period::calendar_quarter(year, quarter + 1),
            4 => Period::calendar_quarter(year.checked_add(1)?, 1),
            _ => None,
        }
    }

    /// A calendar year.
    pub fn calendar_year(year: i16) -> Option<Period> {
        Period::months_from(year, 1, 12)
    }

    /// The financial year that begins on 1 April of `year`.
    pub fn financial_year(year: i16) -> Option<Period> {
        Period::months_from(year, 4, 12)
    }

    fn months_from(year: i16, month: i8, months: i32) -> Option<Period> {
        let start = Date::new(year, month, 1).ok()?;
        let end = start.checked_add(months.months()).ok()?.yesterday().ok()?;
        Some(Period { start, end })
    }

    /// The first day.
    pub fn start(self) -> Date {
        self.start
    }

    /// The last day.
    pub fn end(self) -> Date {
        self.end
    }

    /// How many whole calendar months it covers; `None` when it does not start on the first of a month and
    /// end on the last of one.
    pub fn whole_months(self) -> Option<u32> {
        if self.start.day() != 1 || self.end.day() != self.end.days_in_month() {
            return None;
        }
        let months = i32::from(self.end.year() - self.start.year()) * 12
            + i32::from(self.end.month() - self.start.month())
            + 1;
        u32::try_from(months).ok()
    }

    /// The frequency of a series of such periods.
    pub fn frequency(self) -> Frequency {
        match self.whole_months() {
            Some(1) => Frequency::Monthly,
            Some(3) => Frequency::Quarterly,
            Some(12) => Frequency::Annual,
            _ => Frequency::Irregular,
        }
    }

    /// The period as ISO 8601 writes an interval: `2025-01-01/2025-03-31`. Read back by [`str::parse`].
    pub fn to_iso(self) -> String {
        format!("{}/{}", self.start, self.end)
    }
}

/// As people say it: `March 2025`, `January to March 2025`, `2024`, `April 2024 to March 2025`,
/// `1 March 2025 to 14 March 2025`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |d: Date| MONTHS[d.month() as usize - 1];
        let (start, end) = (self.start, self.end);
        let same_year = start.year() == end.year();
        match self.whole_months() {
            Some(1) => write!(f, "{} {}", name(start), start.year()),
            Some(12) if same_year => write!(f, "{}", start.year()),
            Some(_) if same_year => write!(f, "{} to {} {}", name(start), name(end), end.year()),
            Some(_) => write!(f, "{} {} to {} {}", name(start), start.year(), name(end), end.year()),
            None if start == end => f.write_str(&long_date(start)),
            None => write!(f, "{} to {}", long_date(start), long_date(end)),
        }
    }
}

/// A date as a page writes it: `23 November 2026`.
fn long_date(d: Date) -> String {
    format!("{} {} {}", d.day(), MONTHS[d.month() as usize - 1], d.year())
}

/// Text that is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a period: expected a form such as 2024, 2024/25, 2024-25 Q1, January to March 2025, March 2025 or 2025-01-01/2025-03-31"
)]
pub struct ParsePeriodError(pub String);

impl FromStr for Period {
    type Err = ParsePeriodError;

    /// Reads `2024` (calendar year), `2024/25` or `2024-25` (financial year), `2024/25 Q1` (financial quarter),
    /// `2022 - 24` and `2022-2024` (pooled calendar years), `2021/22 - 23/24` (pooled financial years),
    /// `March 2025`, `Mar 2025`, `January to March 2025`, `April 2024 to March 2025`, `2025-03`, an ISO
    /// interval, and a single ISO date.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let cleaned = text.replace('\u{a0}', " ").replace(['–', '—'], "-");
        let cleaned = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
        iso(&cleaned)
            .or_else(|| quarter(&cleaned))
            .or_else(|| years(&cleaned))
            .or_else(|| months(&cleaned))
            .ok_or_else(|| ParsePeriodError(text.to_owned()))
    }
}

fn iso(text: &str) -> Option<Period> {
    if let Some((start, end)) = text.split_once('/')
        && let (Ok(start), Ok(end)) = (start.trim().parse::<Date>(), end.trim().parse::<Date>())
        && start.year() > 1000
    {
        return Period::new(start, end);
    }
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
    {
        return Period::new(day, day);
    }
    let (year, month) = text.split_once('-')?;
    (year.len() == 4 && month.len() == 2)
        .then(|| (year.parse().ok(), month.parse().ok()))
        .and_then(|parts| parts.0.zip(parts.1))
        // 2024-25 is a financial year; 2024-11 a month. A month is only believed when it cannot be the next year.
        .filter(|&(year, month): &(i16, i8)| i16::from(month) != (year + 1) % 100)
        .and_then(|(year, month)| Period::month(year, month))
}

fn quarter(text: &str) -> Option<Period> {
    let at = text.find(['Q', 'q'])?;
    let quarter: i8 = text[at + 1..].trim().parse().ok()?;
    match year_part(text[..at].trim())? {
        (year, true) => Period::financial_quarter(year, quarter),
        (year, false) => Period::calendar_quarter(year, quarter),
    }
}

/// One year, and whether it is a financial one: `2024` or `2024/25`, `2024-25`.
fn year_part(text: &str) -> Option<(i16, bool)> {
    if text.len() == 4 {
        return Some((year_number(text)?, false));
    }
    let (first, second) = text.split_once(['/', '-'])?;
    let (first, second) = (year_number(first.trim())?, second.trim());
    let follows = match second.len() {
        2 => second.parse::<i16>().ok()? == (first + 1) % 100,
        4 => second.parse::<i16>().ok()? == first + 1,
        _ => false,
    };
    follows.then_some((first, true))
}

fn year_number(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    (text.len() == 4 && (1800..=2200).contains(&year)).then_some(year)
}

fn years(text: &str) -> Option<Period> {
    if text.contains('-')
        && let Some(pooled) = pooled_years(text)
    {
        return Some(pooled);
    }
    match year_part(text)? {
        (year, true) => Period::financial_year(year),
        (year, false) => Period::calendar_year(year),
    }
}

/// Several years pooled: `2022 - 24`, `2022-2024`, `2021/22 - 23/24`.
fn pooled_years(text: &str) -> Option<Period> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let financial = first.contains('/');
    let from = if financial { year_part(first)?.0 } else { year_number(first)? };
    let last_year = last.split('/').next()?;
    let to = match last_year.len() {
        2 => from - from % 100 + last_year.parse::<i16>().ok()?,
        _ => year_number(last_year)?,
    };
    // Written `2024-25` or `2024-2025` it is one financial year; two calendar years pooled are written with spaces.
    if to <= from || (!financial && to == from + 1 && !text.contains(" - ")) {
        return None;
    }
    let (start, end) = if financial {
        (Period::financial_year(from)?, Period::financial_year(to)?)
    } else {
        (Period::calendar_year(from)?, Period::calendar_year(to)?)
    };
    Period::new(start.start, end.end)
}

fn months(text: &str) -> Option<Period> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [month, year] => Period::month(year_number(year)?, month_number(month)?),
        [first, "to" | "-", last, year] => span(first, year_number(year)?, last, year_number(year)?),
        [first, from, "to" | "-", last, year] => span(first, year_number(from)?, last, year_number(year)?),
        _ => None,
    }
}

fn span(first: &str, from: i16, last: &str, to: i16) -> Option<Period> {
    let start = Date::new(from, month_number(first)?, 1).ok()?;
    Period::new(start, date(to, month_number(last)?, 1).last_of_month())
}

fn month_number(word: &str) -> Option<i8> {
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|name| {
        let name = name.to_ascii_lowercase();
        name.starts_with(&lower) || (name == "september" && lower == "sept")
    })?;
    Some(found as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, iso: &str, shown: &str) {
        let period: Period = text.parse().unwrap();
        assert_eq!(period.to_iso(), iso, "{text}");
        assert_eq!(period.to_string(), shown, "{text}");
        assert_eq!(iso.parse::<Period>().unwrap(), period);
    }

    #[test]
    fn forms_that_publishers_use() {
        check("2024", "2024-01-01/2024-12-31", "2024");
        check("2024/25", "2024-04-01/2025-03-31", "April 2024 to March 2025");
        check("2024-25", "2024-04-01/2025-03-31", "April 2024 to March 2025");
        check("2024/25 Q1", "2024-04-01/2024-06-30", "April to June 2024");
        check("2024-25 Q4", "2025-01-01/2025-03-31", "January to March 2025");
        check("2024 Q3", "2024-07-01/2024-09-30", "July to September 2024");
        check("2022 - 24", "2022-01-01/2024-12-31", "January 2022 to December 2024");
        check("2023 - 24", "2023-01-01/2024-12-31", "January 2023 to December 2024");
        check("2021/22 - 23/24", "2021-04-01/2024-03-31", "April 2021 to March 2024");
        check("January to March 2025", "2025-01-01/2025-03-31", "January to March 2025");
        check("Jan\u{a0}2025", "2025-01-01/2025-01-31", "January 2025");
        check("April 2024 to March 2025", "2024-04-01/2025-03-31", "April 2024 to March 2025");
        check("2024-11", "2024-11-01/2024-11-30", "November 2024");
        check("2025-03-01", "2025-03-01/2025-03-01", "1 March 2025");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "Q1", "2024 Q5", "24", "2024/26", "Smarch 2024", "2025-13", "2025-02-30", "ma 2024"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn frequency_comes_from_the_length() {
        assert_eq!(Period::month(2024, 2).unwrap().frequency(), Frequency::Monthly);
        assert_eq!(Period::financial_quarter(2024, 4).unwrap().frequency(), Frequency::Quarterly);
        assert_eq!(Period::financial_year(2024).unwrap().frequency(), Frequency::Annual);
        assert_eq!(
            Period::new(date(2024, 1, 2), date(2024, 1, 31)).unwrap().frequency(),
            Frequency::Irregular
        );
    }
}
