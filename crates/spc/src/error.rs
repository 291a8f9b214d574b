//! What can be wrong with a series that is to be charted.

/// A series, a call or a file that cannot be charted, with the offending input.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SpcError {
    /// A value that is not a finite number.
    #[error("reading {index}: {what} is {value}, which is not a finite number")]
    NotFinite {
        /// Which reading, counted from 1.
        index: usize,
        /// Which of its numbers: value, denominator or target.
        what: &'static str,
        /// The number.
        value: f64,
    },
    /// A denominator that is negative.
    #[error("reading {index}: a denominator of {value} is negative")]
    NegativeDenominator {
        /// Which reading, counted from 1.
        index: usize,
        /// The denominator.
        value: f64,
    },
    /// A kind of chart that needs a denominator has a reading with a value and none.
    #[error("reading {index}: a {chart} chart needs a denominator above zero with every value")]
    NoDenominator {
        /// Which reading, counted from 1.
        index: usize,
        /// The chart's name.
        chart: &'static str,
    },
    /// A value that this kind of chart cannot hold.
    #[error("reading {index}: a {chart} chart cannot hold {value}: it must be {expected}")]
    OutOfRange {
        /// Which reading, counted from 1.
        index: usize,
        /// The chart's name.
        chart: &'static str,
        /// The value.
        value: f64,
        /// What was expected.
        expected: &'static str,
    },
    /// A subgroup too large for a chart that measures spread by the range.
    #[error(
        "reading {index}: a subgroup of {size} is too large for a {chart} chart, which takes up to 25; use xbar-s"
    )]
    SubgroupTooLarge {
        /// Its first reading, counted from 1.
        index: usize,
        /// The chart's name.
        chart: &'static str,
        /// How many measurements it has.
        size: usize,
    },
    /// Readings that are not in order of time.
    #[error("reading {index}: {date} comes after a later reading; put the readings in order of time")]
    OutOfOrder {
        /// Which reading, counted from 1.
        index: usize,
        /// Its first day.
        date: vocabulary::Date,
    },
    /// A rebase without a reason.
    #[error("the rebase at {at} has no reason: say why the limits are recalculated from there")]
    NoReason {
        /// Where the rebase is.
        at: vocabulary::Date,
    },
    /// A rebase or a freeze at a date that no reading starts at or after.
    #[error("nothing to {what} at {at}: no reading starts on or after that day")]
    NothingThere {
        /// `rebase` or `freeze`.
        what: &'static str,
        /// The day.
        at: vocabulary::Date,
    },
    /// A name that no chart kind has.
    #[error("'{0}' is not a kind of chart; the kinds are {names}", names = crate::kind_names())]
    UnknownKind(String),
    /// A name that no profile has.
    #[error("'{0}' is not a profile; the profiles are {names}", names = crate::profile_names())]
    UnknownProfile(String),
}
