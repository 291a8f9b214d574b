//! How high an indicator stands, and beside whom.

use vocabulary::{Figure, Period};

use crate::figures::Unit;

/// The latest level of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelFacts {
    /// The days it is about.
    pub period: Period,
    /// The level.
    pub figure: Figure,
    /// The 95% interval.
    pub interval: Option<(f64, f64)>,
    /// Whom it is held against, and how it compares.
    pub benchmark: Option<Benchmark>,
}

/// Another place's level.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// The place: `England`.
    pub name: String,
    /// Its level.
    pub value: f64,
    /// How the town compares.
    pub compared: Compared,
}

/// A comparison in Fingertips' words, as the significance test gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compared {
    /// Significantly better.
    Better,
    /// No significant difference.
    Similar,
    /// Significantly worse.
    Worse,
    /// Significantly higher, where no direction is better.
    Higher,
    /// Significantly lower, where no direction is better.
    Lower,
    /// Not compared.
    NotCompared,
}

impl Compared {
    /// Every comparison.
    pub const ALL: [Compared; 6] = [
        Compared::Better,
        Compared::Similar,
        Compared::Worse,
        Compared::Higher,
        Compared::Lower,
        Compared::NotCompared,
    ];

    /// The comparison before its benchmark: `worse than`; `None` when nothing was compared.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Compared::Better => Some("better than"),
            Compared::Similar => Some("similar to"),
            Compared::Worse => Some("worse than"),
            Compared::Higher => Some("higher than"),
            Compared::Lower => Some("lower than"),
            Compared::NotCompared => None,
        }
    }
}

/// The level in a sentence.
pub fn level(name: &str, unit: Unit, facts: &LevelFacts) -> String {
    let value = match facts.figure {
        Figure::Value(value) => value,
        Figure::Withheld(reason) => return format!("The figure for {name} in {} is {reason}.", facts.period),
    };
    let written = match facts.interval {
        Some((low, high)) => unit.with_interval(value, low, high),
        None => unit.write(value),
    };
    let beside = facts.benchmark.as_ref().and_then(|benchmark| {
        let words = benchmark.compared.words()?;
        Some(format!(", {words} {} ({})", benchmark.name, unit.write(benchmark.value)))
    });
    format!("{name} was {written} in {}{}.", facts.period, beside.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(compared: Compared, expected: &str) {
        let facts = LevelFacts {
            period: "2024/25".parse().unwrap(),
            figure: Figure::Value(12.34),
            interval: Some((10.1, 14.9)),
            benchmark: Some(Benchmark { name: "England".to_owned(), value: 9.87, compared }),
        };
        let expected =
            format!("Smoking at delivery was 12.3% (10.1% to 14.9%) in April 2024 to March 2025{expected}.");
        assert_eq!(level("Smoking at delivery", Unit::Percent, &facts), expected);
    }

    #[test]
    fn a_comparison_says_what_the_test_said() {
        check(Compared::Better, ", better than England (9.9%)");
        check(Compared::Similar, ", similar to England (9.9%)");
        check(Compared::Worse, ", worse than England (9.9%)");
        check(Compared::Higher, ", higher than England (9.9%)");
        check(Compared::Lower, ", lower than England (9.9%)");
        check(Compared::NotCompared, "");
    }
}
