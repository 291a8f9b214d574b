//! The only clock: use cases that stamp a change read it here, everything else is given its date.

use vocabulary::Date;

/// A moment in time, in UTC.
pub type Moment = jiff::Timestamp;

/// This moment, to the second.
pub fn now() -> Moment {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Today's date in Europe/London.
pub fn today() -> Date {
    match jiff::tz::TimeZone::get("Europe/London") {
        Ok(london) => now().to_zoned_datetime(london).date(),
        // The time zone is compiled in; were it ever missing, UTC is at most an hour away.
        Err(_) => now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
    }
}
