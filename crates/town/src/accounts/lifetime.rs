//! How long what shows who somebody is lasts.

use jiff::ToSpan;

use crate::Moment;

/// A session not used for this long has ended.
const IDLE_MINUTES: i64 = 30;
/// A session ends after this long whatever it is used for.
const MOST_HOURS: i64 = 12;
/// So long after it began a session shows by itself who one is.
pub(super) const FRESH_MINUTES: i64 = 10;

/// After how long a session has ended that is not used, and one that is.
pub(crate) fn session_limits() -> (jiff::Span, jiff::Span) {
    (IDLE_MINUTES.minutes(), MOST_HOURS.hours())
}

/// Whether a session has ended by `now`. A clock that was set back ends none early.
pub(super) fn has_ended(created_at: &str, seen_at: &str, now: Moment) -> bool {
    older(seen_at, IDLE_MINUTES.minutes(), now) || older(created_at, MOST_HOURS.hours(), now)
}

/// Whether a moment is this long ago. What cannot be read is.
pub(super) fn older(text: &str, span: jiff::Span, now: Moment) -> bool {
    text.parse::<Moment>().ok().and_then(|then| then.checked_add(span).ok()).is_none_or(|ends| ends <= now)
}
