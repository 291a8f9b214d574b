//! Numbers with thousands separated.

/// A number with `decimals` decimals and commas between thousands: `1,234.5`, `-0.3`. A number that rounds
/// to zero is written without a sign, and one that is not finite as `not known`.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let zero = plain.bytes().all(|b| b == b'0' || b == b'.');
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    if value < 0.0 && !zero {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A whole number with commas between thousands: `33,755`.
pub fn thousands(value: u64) -> String {
    fixed(value as f64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, decimals: usize, expected: &str) {
        assert_eq!(fixed(value, decimals), expected);
    }

    #[test]
    fn numbers_are_written_as_people_read_them() {
        check(0.0, 0, "0");
        check(1234.5, 1, "1,234.5");
        check(999.96, 1, "1,000.0");
        check(-1_234_567.0, 0, "-1,234,567");
        check(-0.04, 1, "0.0");
        check(f64::NAN, 1, "not known");
        check(100.0, 0, "100");
        assert_eq!(thousands(33_755), "33,755");
    }
}
