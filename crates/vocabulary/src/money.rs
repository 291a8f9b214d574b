//! Money.

use std::fmt;
use std::ops::{Add, Sub};

/// An amount of sterling in whole pence. Negative amounts are allowed (a repayment).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pence(pub i64);

impl Add for Pence {
    type Output = Pence;
    fn add(self, other: Pence) -> Pence {
        Pence(self.0 + other.0)
    }
}

impl Sub for Pence {
    type Output = Pence;
    fn sub(self, other: Pence) -> Pence {
        Pence(self.0 - other.0)
    }
}

/// Pounds with thousands separated, and pence where there are any: `£1,234`, `£0.05`, `-£12.30`.
impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = pounds.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 5);
        if self.0 < 0 {
            text.push('-');
        }
        text.push('£');
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        if pence != 0 {
            text.push_str(&format!(".{pence:02}"));
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_as_people_write_it() {
        for (pence, text) in
            [(0, "£0"), (5, "£0.05"), (123_400, "£1,234"), (-1_230, "-£12.30"), (100_000_000, "£1,000,000")]
        {
            assert_eq!(Pence(pence).to_string(), text);
        }
    }
}
