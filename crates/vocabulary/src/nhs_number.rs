//! NHS numbers.

use std::fmt;
use std::str::FromStr;

/// An NHS number: ten digits, the last of which checks the others (NHS Data Dictionary, NHS NUMBER: Modulus 11). It cannot be
/// printed, logged or formatted by accident; whoever needs it says so by calling [`NhsNumber::reveal`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NhsNumber([u8; 10]);

/// Why a text is not an NHS number. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseNhsNumberError {
    /// Other than ten digits.
    #[error("an NHS number has ten digits, such as 999 000 0018")]
    Length,
    /// The last digit does not check the others.
    #[error("its last digit does not check the others: a digit is wrong, or two are swapped")]
    Check,
}

impl NhsNumber {
    /// Puts the check digit behind nine digits; `None` where Modulus 11 gives none, as it does for one in eleven, or when a digit is above
    /// nine.
    pub fn from_nine(digits: [u8; 9]) -> Option<NhsNumber> {
        let check = check_digit(&digits)?;
        let mut number = [0; 10];
        number[..9].copy_from_slice(&digits);
        number[9] = check;
        Some(NhsNumber(number))
    }

    /// The ten digits without spaces. Every call is a place where personal data leaves its wrapper.
    pub fn reveal(&self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// The digits in the groups in which the NHS writes them: `999 000 0018`. As [`NhsNumber::reveal`].
    pub fn reveal_grouped(&self) -> String {
        let digits = self.reveal();
        format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }

    /// Whether it begins with 999, which is given to nobody and is there for tests.
    pub fn is_for_tests(&self) -> bool {
        self.0[..3] == [9, 9, 9]
    }
}

/// Modulus 11: each of nine digits is multiplied by its weight, 10 down to 2; 11 less the remainder of the sum by 11 is the check
/// digit, where 11 stands for 0 and 10 for a number that is not used.
fn check_digit(digits: &[u8; 9]) -> Option<u8> {
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(&digit, weight)| u32::from(digit) * weight).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        // At most 9.
        check => Some(check as u8),
    }
}

impl FromStr for NhsNumber {
    type Err = ParseNhsNumberError;

    /// Reads ten digits; spaces and hyphens between them do not matter.
    fn from_str(text: &str) -> Result<NhsNumber, ParseNhsNumberError> {
        let mut digits = [0; 10];
        let mut count = 0;
        for letter in text.trim().chars().filter(|letter| !matches!(letter, ' ' | '-' | '\u{a0}')) {
            let digit = letter.to_digit(10).filter(|_| letter.is_ascii() && count < 10);
            digits[count] = digit.ok_or(ParseNhsNumberError::Length)? as u8;
            count += 1;
        }
        if count != 10 {
            return Err(ParseNhsNumberError::Length);
        }
        let mut nine = [0; 9];
        nine.copy_from_slice(&digits[..9]);
        match check_digit(&nine) {
            // Ten noughts pass the arithmetic and are nobody's number.
            Some(check) if check == digits[9] && digits != [0; 10] => Ok(NhsNumber(digits)),
            _ => Err(ParseNhsNumberError::Check),
        }
    }
}

impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[NHS number]")
    }
}

impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[NHS number]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_check_digit_are_read() {
        let check = |text: &str| {
            let number: NhsNumber = text.parse().unwrap();
            assert_eq!(number.reveal(), text.replace([' ', '-'], ""));
        };
        // The example that is usually printed.
        check("943 476 5919");
        check("9434765919");
        check("943-476-5919");
        // Worked by hand: 9 x 10 = 90, 90 mod 11 = 2, 11 - 2 = 9; with 1 x 2 more 92, so 7; with 2 x 2 more 94, so 5.
        for text in ["9000000009", "9000000017", "9000000025"] {
            check(text);
        }
        check("401 023 2137");
    }

    #[test]
    fn others_are_refused() {
        let check = |text: &str, expected| assert_eq!(text.parse::<NhsNumber>(), Err(expected), "{text}");
        check("943 476 5918", ParseNhsNumberError::Check);
        // Two digits swapped.
        check("934 476 5919", ParseNhsNumberError::Check);
        check("0000000000", ParseNhsNumberError::Check);
        check("943476591", ParseNhsNumberError::Length);
        check("94347659190", ParseNhsNumberError::Length);
        check("943476591x", ParseNhsNumberError::Length);
        check("٩٤٣٤٧٦٥٩١٩", ParseNhsNumberError::Length);
        check("", ParseNhsNumberError::Length);
    }

    #[test]
    fn one_wrong_digit_is_always_found() {
        let right = "9434765919";
        for place in 0..10 {
            for digit in b'0'..=b'9' {
                let mut text = right.as_bytes().to_vec();
                text[place] = digit;
                let text = String::from_utf8(text).unwrap();
                assert_eq!(text.parse::<NhsNumber>().is_ok(), text == right, "{text}");
            }
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let number = NhsNumber::from_nine([9, 9, 9, 0, 0, 0, 0, 0, 1]).unwrap();
        assert_eq!(format!("{number} {number:?}"), "[NHS number] [NHS number]");
        assert_eq!(number.reveal_grouped(), "999 000 0018");
        assert!(number.is_for_tests());
        // 10 has no digit.
        assert!((0..10).any(|last| NhsNumber::from_nine([9, 9, 9, 0, 0, 0, 0, 0, last]).is_none()));
        assert!(NhsNumber::from_nine([10, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
    }
}
