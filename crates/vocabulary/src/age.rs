//! Ages at which something is measured, and bands of age.

use std::fmt;
use std::str::FromStr;

/// An exact age on a birthday or anniversary: 12 months, 24 months, 5 years. By calendar, never in days
/// over 365.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Age {
    months: u16,
}

impl Age {
    /// An age in whole months.
    pub fn from_months(months: u16) -> Age {
        Age { months }
    }

    /// An age in whole years.
    pub fn from_years(years: u8) -> Age {
        Age { months: u16::from(years) * 12 }
    }

    /// The age in whole months.
    pub fn months(self) -> u16 {
        self.months
    }
}

/// `12 months`, `24 months`, `5 years`: months up to and including 24, years from there when whole, as the
/// published tables write them.
impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.months % 12) {
            (1, _) => f.write_str("1 month"),
            (months, remainder) if months <= 24 || remainder != 0 => write!(f, "{months} months"),
            (months, _) => write!(f, "{} years", months / 12),
        }
    }
}

/// Text that is neither an age nor a band of ages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an age: expected a form such as 24 months, 24m, 5 years, 5y, 0-4 yrs, 65+ or all ages")]
pub struct ParseAgeError(pub String);

impl FromStr for Age {
    type Err = ParseAgeError;

    /// Reads `24 months`, `24m`, `5 years`, `5y`, `5 yrs`, `12 month`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseAgeError(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        let unit_at = lower.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
        let number: u16 = lower[..unit_at].parse().map_err(|_| error())?;
        match lower[unit_at..].trim() {
            "m" | "month" | "months" | "mths" => Ok(Age::from_months(number)),
            "y" | "yr" | "yrs" | "year" | "years" if number <= 120 => Ok(Age::from_years(number as u8)),
            _ => Err(error()),
        }
    }
}

/// A band of ages in completed years, both ends included; open at the top when `last` is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgeBand {
    first: u8,
    last: Option<u8>,
}

impl AgeBand {
    /// Every age.
    pub const ALL: AgeBand = AgeBand { first: 0, last: None };

    /// The band from `first` to `last` completed years, both included. `None` when `last` is before `first`.
    pub fn new(first: u8, last: Option<u8>) -> Option<AgeBand> {
        last.is_none_or(|last| last >= first).then_some(AgeBand { first, last })
    }

    /// The first age in the band.
    pub fn first(self) -> u8 {
        self.first
    }

    /// The last age in the band; `None` when it is open.
    pub fn last(self) -> Option<u8> {
        self.last
    }
}

/// `0-4`, `90+`, `all ages`.
impl fmt::Display for AgeBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (0, None) => f.write_str("all ages"),
            (first, None) => write!(f, "{first}+"),
            (first, Some(last)) => write!(f, "{first}-{last}"),
        }
    }
}

impl FromStr for AgeBand {
    type Err = ParseAgeError;

    /// Reads `0-4`, `0-4 yrs`, `0 to 4`, `65+`, `90 and over`, `<18`, `all ages`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseAgeError(text.to_owned());
        let lower = text.trim().to_ascii_lowercase().replace(['–', '—'], "-");
        let lower = lower.trim_end_matches("years").trim_end_matches("yrs").trim_end_matches("yr").trim();
        if lower == "all ages" || lower == "all" {
            return Ok(AgeBand::ALL);
        }
        let age = |part: &str| part.trim().parse::<u8>().map_err(|_| error());
        if let Some(first) = lower.strip_suffix('+').or_else(|| lower.strip_suffix("and over")) {
            return AgeBand::new(age(first)?, None).ok_or_else(error);
        }
        if let Some(below) = lower.strip_prefix('<') {
            let last = age(below)?.checked_sub(1).ok_or_else(error)?;
            return AgeBand::new(0, Some(last)).ok_or_else(error);
        }
        let (first, last) =
            lower.split_once('-').or_else(|| lower.split_once(" to ")).unwrap_or((lower, lower));
        AgeBand::new(age(first)?, Some(age(last)?)).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_and_written_as_published() {
        for (text, written) in [
            ("12m", "12 months"),
            ("24 Months", "24 months"),
            ("5y", "5 years"),
            ("5 yrs", "5 years"),
            ("3m", "3 months"),
        ] {
            assert_eq!(text.parse::<Age>().unwrap().to_string(), written);
        }
        for text in ["", "m", "12", "12 weeks", "999 years"] {
            assert!(text.parse::<Age>().is_err(), "{text}");
        }
    }

    #[test]
    fn bands_are_read_and_written() {
        for (text, written) in [
            ("0-4 yrs", "0-4"),
            ("65+", "65+"),
            ("90 and over", "90+"),
            ("All ages", "all ages"),
            ("<18", "0-17"),
            ("10–11", "10-11"),
            ("5 to 9", "5-9"),
        ] {
            assert_eq!(text.parse::<AgeBand>().unwrap().to_string(), written);
        }
        for text in ["9-5", "old", "<0"] {
            assert!(text.parse::<AgeBand>().is_err(), "{text}");
        }
    }
}
