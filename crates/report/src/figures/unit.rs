//! What a number is of, and how it is written.

use serde::{Deserialize, Serialize};

use super::numbers::fixed;

/// What a number is of. Values are in the unit itself: 83.4 for 83.4%, 12.5 for 12.5 per 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// A percentage, 0 to 100.
    Percent,
    /// A difference between two percentages.
    PercentagePoints,
    /// A rate per this many people (or births, or homes).
    Per(u32),
    /// A count of things.
    Count,
    /// Years, such as life expectancy.
    Years,
    /// Days.
    Days,
    /// Pounds.
    Pounds,
    /// A number with no unit, such as an index or a ratio.
    Plain,
}

impl Unit {
    /// The number with its unit: `83.4%`, `12.5 per 1,000`, `1,234`, `£340`.
    pub fn write(self, value: f64) -> String {
        self.affix(&self.bare(value))
    }

    /// The number alone, with a sensible number of figures: one decimal for percentages and years, three
    /// significant figures for rates, none for counts that are whole.
    pub fn bare(self, value: f64) -> String {
        fixed(value, self.decimals(value))
    }

    /// The number with its 95% interval in brackets: `83.4% (81.2% to 85.6%)`.
    pub fn with_interval(self, value: f64, lower: f64, upper: f64) -> String {
        let places = self.decimals(value);
        let range = match self {
            Unit::Percent => format!("{}% to {}%", fixed(lower, places), fixed(upper, places)),
            Unit::Pounds => format!("£{} to £{}", fixed(lower, places), fixed(upper, places)),
            _ => format!("{} to {}", fixed(lower, places), fixed(upper, places)),
        };
        format!("{} ({range})", self.write(value))
    }

    /// The number as a mark on an axis, with as many decimals as the axis needs.
    pub fn tick(self, value: f64, decimals: usize) -> String {
        match self {
            Unit::Percent => format!("{}%", fixed(value, decimals)),
            Unit::Pounds => format!("£{}", fixed(value, decimals)),
            _ => fixed(value, decimals),
        }
    }

    /// The unit in words, for a heading: `%`, `per 1,000`, `years`; empty where the number says it all.
    pub fn words(self) -> String {
        match self {
            Unit::Percent => "%".to_owned(),
            Unit::PercentagePoints => "percentage points".to_owned(),
            Unit::Per(people) => format!("per {}", fixed(f64::from(people), 0)),
            Unit::Years => "years".to_owned(),
            Unit::Days => "days".to_owned(),
            Unit::Pounds => "£".to_owned(),
            Unit::Count | Unit::Plain => String::new(),
        }
    }

    /// How many decimals a number of this unit is written with.
    pub fn decimals(self, value: f64) -> usize {
        match self {
            Unit::Percent | Unit::PercentagePoints | Unit::Years | Unit::Days => 1,
            Unit::Per(_) => three_figures(value),
            Unit::Count => usize::from(value.fract() != 0.0),
            Unit::Pounds => 2 * usize::from(value.fract() != 0.0 && value.abs() < 1_000.0),
            Unit::Plain => 2,
        }
    }

    fn affix(self, number: &str) -> String {
        match self {
            Unit::Percent => format!("{number}%"),
            Unit::Pounds => match number.strip_prefix('-') {
                Some(rest) => format!("-£{rest}"),
                None => format!("£{number}"),
            },
            Unit::Count | Unit::Plain => number.to_owned(),
            _ => format!("{number} {}", self.words()),
        }
    }
}

fn three_figures(value: f64) -> usize {
    match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(unit: Unit, value: f64, expected: &str) {
        assert_eq!(unit.write(value), expected);
    }

    #[test]
    fn numbers_carry_their_unit() {
        check(Unit::Percent, 83.42, "83.4%");
        check(Unit::PercentagePoints, 12.0, "12.0 percentage points");
        check(Unit::Per(1_000), 12.345, "12.3 per 1,000");
        check(Unit::Per(100_000), 1_234.5, "1,234 per 100,000");
        check(Unit::Per(1_000), 0.034, "0.03 per 1,000");
        check(Unit::Count, 1_234.0, "1,234");
        check(Unit::Years, 78.96, "79.0 years");
        check(Unit::Pounds, 12.5, "£12.50");
        check(Unit::Pounds, -1_250.0, "-£1,250");
        check(Unit::Plain, 1.0, "1.00");
    }

    #[test]
    fn intervals_stand_in_brackets() {
        assert_eq!(Unit::Percent.with_interval(83.42, 81.2, 85.61), "83.4% (81.2% to 85.6%)");
        assert_eq!(Unit::Per(1_000).with_interval(12.3, 10.0, 14.8), "12.3 per 1,000 (10.0 to 14.8)");
    }
}
