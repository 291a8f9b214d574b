//! Dates as records write them, whole or not.

use vocabulary::Date;

/// What a date came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadDate {
    /// A day.
    Day(Date),
    /// Only the month is known: its first day.
    Month(Date),
    /// Neither.
    Unreadable,
}

/// Reads `2025-03-31`, `2025-03-31T10:00:00Z`, `20250331`, `31/03/2025`, and `2025-03` or `03/2025` or a day of
/// `00` where only the month is known.
pub(crate) fn read_date(text: &str) -> ReadDate {
    let text = text.trim().as_bytes();
    let digits = |from: usize, to: usize| number(text.get(from..to)?);
    let parts = match text {
        [_, _, _, _, b'-', _, _] => (digits(0, 4), digits(5, 7), Some(0)),
        [_, _, _, _, b'-', _, _, b'-', _, _] | [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', ..] => {
            (digits(0, 4), digits(5, 7), digits(8, 10))
        }
        [_, _, b'/', _, _, b'/', _, _, _, _] => (digits(6, 10), digits(3, 5), digits(0, 2)),
        [_, _, b'/', _, _, _, _] => (digits(3, 7), digits(0, 2), Some(0)),
        [_, _, _, _, _, _, _, _] => (digits(0, 4), digits(4, 6), digits(6, 8)),
        _ => return ReadDate::Unreadable,
    };
    let (Some(year), Some(month), Some(day)) = parts else { return ReadDate::Unreadable };
    let (whole, day) = if day == 0 { (false, 1) } else { (true, day) };
    match Date::new(year, month as i8, day as i8) {
        Ok(date) if whole => ReadDate::Day(date),
        Ok(first) => ReadDate::Month(first),
        Err(_) => ReadDate::Unreadable,
    }
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0_i16, |so_far, digit| {
        digit.is_ascii_digit().then(|| so_far * 10 + i16::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: ReadDate) {
        assert_eq!(read_date(text), expected, "{text}");
    }

    #[test]
    fn whole_partial_and_neither() {
        let day = |text: &str| ReadDate::Day(text.parse().unwrap());
        let month = |text: &str| ReadDate::Month(text.parse().unwrap());
        check("2025-03-31", day("2025-03-31"));
        check(" 2025-03-31T09:30:00+01:00", day("2025-03-31"));
        check("20250331", day("2025-03-31"));
        check("31/03/2025", day("2025-03-31"));
        check("2025-03", month("2025-03-01"));
        check("2025-03-00", month("2025-03-01"));
        check("03/2025", month("2025-03-01"));
        for text in ["", "2025", "2025-02-30", "2025-13-01", "31/13/2025", "soon", "é025-03-31"] {
            check(text, ReadDate::Unreadable);
        }
    }
}
