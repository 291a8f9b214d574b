//! Which way is better.

/// Which direction of an indicator is better for people's health. Decides whether a change is called an
/// improvement, and whether a comparison reads better and worse or only higher and lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Polarity {
    /// A rise is an improvement (coverage of a vaccine).
    HighIsGood,
    /// A fall is an improvement (children in poverty).
    LowIsGood,
    /// No judgement is made.
    #[default]
    NotSet,
}

impl Polarity {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Polarity::HighIsGood => "high-is-good",
            Polarity::LowIsGood => "low-is-good",
            Polarity::NotSet => "not-set",
        }
    }

    /// The polarity with this code.
    pub fn from_code(code: &str) -> Option<Polarity> {
        [Polarity::HighIsGood, Polarity::LowIsGood, Polarity::NotSet].into_iter().find(|p| p.code() == code)
    }
}
