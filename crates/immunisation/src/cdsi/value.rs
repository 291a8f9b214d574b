//! Values in CDC's files: ages, dates, numbers, lists of codes.

use vocabulary::Date;

use super::tree::Element;
use crate::calendar::Span;
use crate::error::ScheduleError;

pub(super) fn error(file: &str, place: &str, reason: impl Into<String>) -> ScheduleError {
    ScheduleError::Cdsi { file: file.to_owned(), place: place.to_owned(), reason: reason.into() }
}

/// Where a value is read: the file and the series and dose, for errors.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) place: &'a str,
}

impl Place<'_> {
    pub(super) fn error(self, reason: impl Into<String>) -> ScheduleError {
        error(self.file, self.place, reason)
    }

    /// A length of time; `None` for an empty element.
    pub(super) fn span(self, element: &Element, name: &str) -> Result<Option<Span>, ScheduleError> {
        match element.value(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|e| self.error(format!("{name}: {e}"))),
        }
    }

    /// A date, written `20230912` or `01/01/1957`; `None` for an empty element.
    pub(super) fn date(self, element: &Element, name: &str) -> Result<Option<Date>, ScheduleError> {
        let text = element.value(name);
        if text.is_empty() {
            return Ok(None);
        }
        let number =
            |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
        let parts = match text.len() {
            8 => (number(0..4), number(4..6), number(6..8)),
            10 => (number(6..10), number(0..2), number(3..5)),
            _ => (None, None, None),
        };
        let (Some(year), Some(month), Some(day)) = parts else {
            return Err(self.error(format!("{name}: '{text}' is not a date")));
        };
        let date = Date::new(year, month as i8, day as i8);
        date.map(Some).map_err(|_| self.error(format!("{name}: '{text}' is not a date")))
    }

    /// A whole number; `None` for an empty element.
    pub(super) fn number(self, element: &Element, name: &str) -> Result<Option<u8>, ScheduleError> {
        match element.value(name) {
            "" => Ok(None),
            text => {
                text.parse().map(Some).map_err(|_| self.error(format!("{name}: '{text}' is not a number")))
            }
        }
    }

    /// `Yes` or `No`, `Y` or `N`; no for an empty element.
    pub(super) fn flag(self, element: &Element, name: &str) -> Result<bool, ScheduleError> {
        match element.value(name).to_ascii_lowercase().as_str() {
            "yes" | "y" => Ok(true),
            "no" | "n" | "" => Ok(false),
            text => Err(self.error(format!("{name}: '{text}' is neither Yes nor No"))),
        }
    }
}

/// Codes separated by semicolons.
pub(super) fn codes(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}
