//! The only clock: use cases that stamp a change read it here, everything else is given its date.

use vocabulary::Date;

/// A moment in time, in UTC.
pub type Moment = jiff::Timestamp;

/// This moment, to the second.
pub fn now() -> Moment {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// A moment as people write it, in Europe/London: `23 November 2026 at 14:05`.
pub(crate) fn in_words(moment: Moment) -> String {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    let local = moment.to_zoned_datetime(zone);
    format!("{} at {:02}:{:02}", crate::long_date(local.date()), local.hour(), local.minute())
}

/// Today's date in Europe/London.
pub fn today() -> Date {
    match jiff::tz::TimeZone::get("Europe/London") {
        Ok(london) => now().to_zoned_datetime(london).date(),
        // The time zone is compiled in; were it ever missing, UTC is at most an hour away.
        Err(_) => now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
    }
}
