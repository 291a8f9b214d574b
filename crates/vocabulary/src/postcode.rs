//! Postcodes.

use std::fmt;
use std::str::FromStr;

/// A British postcode by its shape (Royal Mail, PAF Programmers' Guide: A9, A99, AA9, AA99, A9A or AA9A, then 9AA), with one
/// space before its last three characters. That of a person is personal: wrap it in [`crate::Personal`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Postcode(String);

/// A text that has not the shape of a postcode. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a whole postcode, such as LU1 1AA")]
pub struct ParsePostcodeError;

impl Postcode {
    /// The postcode.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Postcode {
    type Err = ParsePostcodeError;

    fn from_str(text: &str) -> Result<Postcode, ParsePostcodeError> {
        let letters: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let shape: String = letters
            .chars()
            .map(|c| match c {
                'A'..='Z' => 'A',
                '0'..='9' => '9',
                _ => '?',
            })
            .collect();
        let outward = shape.strip_suffix("9AA").ok_or(ParsePostcodeError)?;
        if !["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&outward) {
            return Err(ParsePostcodeError);
        }
        // The shape is as long as the text and both are ASCII.
        let (out, inward) = letters.split_at(outward.len());
        Ok(Postcode(format!("{out} {inward}")))
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(text.parse::<Postcode>().ok().as_ref().map(Postcode::as_str), expected, "{text}");
        };
        check("lu11aa", Some("LU1 1AA"));
        check(" M1 1AE ", Some("M1 1AE"));
        check("B33 8TH", Some("B33 8TH"));
        check("CR2 6XH", Some("CR2 6XH"));
        check("DN55 1PT", Some("DN55 1PT"));
        check("W1A 0AX", Some("W1A 0AX"));
        check("EC1A 1BB", Some("EC1A 1BB"));
        check("LU1", None);
        check("1LU 1AA", None);
        check("LU1 AA1", None);
        check("LU1 1Ä", None);
        check("", None);
    }
}
