//! What can be wrong with what a measure was given, and why a figure is withheld.

/// Input that a measure refuses, with the offending value, or a figure that its own rules withhold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MeasureError {
    /// A number outside what it can be.
    #[error("{what} of {value}: expected {expected}")]
    OutOfRange {
        /// What the number is, with its article.
        what: &'static str,
        /// The number.
        value: f64,
        /// What was expected.
        expected: &'static str,
    },
    /// A proportion above one.
    #[error("{events} events among {population}: a proportion cannot have more events than people")]
    MoreEventsThanPeople {
        /// The events.
        events: f64,
        /// The people.
        population: f64,
    },
    /// More of something than there may be.
    #[error("{count} {what}: at most {most} are possible")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// Text that is none of the words that are known.
    #[error("'{value}' is not {what}: expected {expected}")]
    Unknown {
        /// What the word should name, with its article.
        what: &'static str,
        /// The word.
        value: String,
        /// The words that are known.
        expected: String,
    },
    /// The figure is withheld by a rule of its method.
    #[error("not given: {0}")]
    Withheld(#[from] Reason),
}

/// Why a method gives no figure. Its words are the note beside the empty cell.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Too few events for the method.
    #[error("{events} events where the method needs {least}")]
    FewEvents {
        /// How many there were.
        events: f64,
        /// How many the method needs.
        least: f64,
    },
    /// Too few groups, areas or points for the method.
    #[error("{count} {what} where the method needs {least}")]
    FewGroups {
        /// What they are: groups, areas, points.
        what: &'static str,
        /// How many there were.
        count: usize,
        /// How many the method needs.
        least: usize,
    },
    /// Bands of age for which there is no row.
    #[error("no row for {missing} of {of} bands")]
    MissingBands {
        /// How many have none.
        missing: usize,
        /// How many bands there are.
        of: usize,
    },
    /// Too few people for the method.
    #[error("{people} person-years where the method needs {least}")]
    FewPeople {
        /// How many there were.
        people: f64,
        /// How many the method needs.
        least: f64,
    },
    /// A band of age in which nobody lives.
    #[error("nobody in the band that begins at {start}")]
    EmptyBand {
        /// Where it begins.
        start: f64,
    },
    /// A band of age with more deaths than person-years.
    #[error("more deaths than person-years in the band that begins at {start}")]
    MoreDeathsThanPeople {
        /// Where it begins.
        start: f64,
    },
    /// No deaths where the method divides by them.
    #[error("no deaths in the last band")]
    NoDeathsInLastBand,
    /// An interval so wide that the figure says nothing.
    #[error("a 95% interval of {years:.1} years, and {most} is the most")]
    WideInterval {
        /// How wide it is.
        years: f64,
        /// How wide it may be.
        most: f64,
    },
    /// A ratio to nothing.
    #[error("a ratio to {0}, which is zero")]
    RatioToZero(&'static str),
    /// All the same where the method needs a difference.
    #[error("{0} do not differ")]
    NoSpread(&'static str),
    /// A fitted line that leaves what the measure can be.
    #[error("the fitted value at the {end} end is {value}, not above zero")]
    FitBelowZero {
        /// Which end of the line.
        end: &'static str,
        /// The fitted value.
        value: f64,
    },
    /// A figure that has no logarithm, or no logit.
    #[error("{value} has no place on the scale of the method: a rate of zero, or a proportion of 0 or 1")]
    NoScale {
        /// The figure.
        value: f64,
    },
    /// A figure whose error is not known where the method needs it.
    #[error("a figure without limits or standard error")]
    NoError,
    /// A withheld or missing figure among the latest points.
    #[error("one of the latest points is withheld or missing")]
    NoPoint,
}

impl MeasureError {
    /// Why the figure is withheld, when that is all that is wrong.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            MeasureError::Withheld(reason) => Some(*reason),
            _ => None,
        }
    }
}
