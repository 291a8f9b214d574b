//! Dates and periods, in full and short.

use vocabulary::{Date, Period};

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

/// A date as a page writes it: `23 November 2026`.
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A period in full, as [`Period`] writes itself: `January to March 2025`.
pub fn period_words(period: Period) -> String {
    period.to_string()
}

/// A period short enough for an axis or a point's label: `Jan 2025`, `Jan to Mar 2025`, `2024`, `2024/25`.
pub fn short_period(period: Period) -> String {
    let (start, end) = (period.start(), period.end());
    let brief = |date| &month(date)[..3];
    match period.whole_months() {
        Some(1) => format!("{} {}", brief(start), start.year()),
        Some(12) if start.month() == 1 => start.year().to_string(),
        Some(12) => format!("{}/{:02}", start.year(), end.year() % 100),
        Some(_) if start.year() == end.year() => format!("{} to {} {}", brief(start), brief(end), end.year()),
        Some(_) if start.month() == 1 && end.month() == 12 => format!("{} to {}", start.year(), end.year()),
        Some(_) => format!("{} {} to {} {}", brief(start), start.year(), brief(end), end.year()),
        None if start == end => format!("{} {} {}", start.day(), brief(start), start.year()),
        None => format!("{} {} to {} {} {}", start.day(), brief(start), end.day(), brief(end), end.year()),
    }
}

fn month(date: Date) -> &'static str {
    // A civil date's month is 1 to 12.
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(short_period(text.parse().unwrap()), expected);
    }

    #[test]
    fn periods_are_short_on_an_axis() {
        check("2025-03", "Mar 2025");
        check("2025 Q1", "Jan to Mar 2025");
        check("2024", "2024");
        check("2024/25", "2024/25");
        check("2022 - 24", "2022 to 2024");
        check("2021/22 - 23/24", "Apr 2021 to Mar 2024");
        check("2025-03-01", "1 Mar 2025");
    }

    #[test]
    fn dates_are_written_in_full() {
        assert_eq!(long_date("2026-11-23".parse().unwrap()), "23 November 2026");
    }
}
