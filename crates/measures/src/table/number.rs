//! Cells as numbers, or as the reason that there is none.

use vocabulary::Withheld;

/// Exactly representable powers of ten.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A cell that should be a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Read {
    Number(f64),
    Withheld(Withheld),
    Neither,
}

/// Reads up to eight digits at once from the first `length` bytes of a word, or nothing when they are not digits.
#[inline]
pub(super) fn digits(word: u64, length: usize) -> Option<f64> {
    // Moved to the end, with zeros before: 0x30 is '0'.
    let spare = 64 - 8 * length as u32;
    let padded = match spare {
        0 => word,
        _ => (word << spare) | (0x3030_3030_3030_3030 >> (64 - spare)),
    };
    let (tops, sixes) = (0xf0f0_f0f0_f0f0_f0f0, 0x0606_0606_0606_0606);
    let zeros = 0x3030_3030_3030_3030;
    if padded & tops != zeros || padded.wrapping_add(sixes) & tops != zeros {
        return None;
    }
    let pairs = (padded & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(6_553_601) >> 16;
    let eights = (fours & 0x0000_ffff_0000_ffff).wrapping_mul(42_949_672_960_001) >> 32;
    Some(eights as f64)
}

/// Reads a cell. Plain decimals of up to 15 digits are read here: their digits and the power of ten are both exact,
/// so that one division gives the nearest double (Clinger 1990). The rest goes the slow way.
pub(super) fn read(cell: &[u8]) -> Read {
    let (digits, negative) = match cell {
        [b'-', rest @ ..] => (rest, true),
        rest => (rest, false),
    };
    let (mut mantissa, mut count, mut decimals, mut point) = (0_u64, 0_usize, 0_usize, false);
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                count += 1;
                decimals += usize::from(point);
            }
            b'.' if !point => point = true,
            _ => return slow(cell),
        }
    }
    if count == 0 || count > 15 {
        return slow(cell);
    }
    let number = mantissa as f64 / TENS[decimals];
    Read::Number(if negative { -number } else { number })
}

/// Markers, exponents, thousands separators, spaces (also those that do not break).
fn slow(cell: &[u8]) -> Read {
    let Ok(text) = std::str::from_utf8(cell) else { return Read::Neither };
    let text = text.trim();
    if let Some(reason) = withheld(text) {
        return Read::Withheld(reason);
    }
    let parsed = match text.parse::<f64>() {
        Err(_) if grouped(text) => text.replace(',', "").parse(),
        other => other,
    };
    match parsed {
        Ok(number) if number.is_finite() => Read::Number(number),
        _ => Read::Neither,
    }
}

/// The reason that a marker gives. `[c]`, `[z]` and `[x]` are those of the Government Analysis Function.
fn withheld(text: &str) -> Option<Withheld> {
    match text {
        "" | "NA" | "N/A" | "NaN" | "nan" | "null" | "NULL" | "None" | "." | ".." | "-" | "[x]" | ":"
        | "missing" => Some(Withheld::Missing),
        "*" | "[c]" | "c" | "suppressed" => Some(Withheld::Suppressed),
        "[z]" | "z" | "not applicable" | "not-applicable" => Some(Withheld::NotApplicable),
        _ => None,
    }
}

/// Whether commas stand where they separate thousands.
fn grouped(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default().trim_start_matches('-');
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && whole.contains(',') && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: Read) {
        assert_eq!(read(cell.as_bytes()), expected, "{cell:?}");
    }

    #[test]
    fn numbers_are_read() {
        for plain in
            ["0", "12", "-3", "0.1", "100000", "123456789012345", "0.000000000000001", "3.14159265358979"]
        {
            check(plain, Read::Number(plain.parse().unwrap()));
        }
        for other in ["1e5", "12345678901234567890", "0.30000000000000004", "+7", "1.5E-300"] {
            check(other, Read::Number(other.parse().unwrap()));
        }
        check("1,234", Read::Number(1234.0));
        check("-1,234,567.5", Read::Number(-1_234_567.5));
        check(" 12 ", Read::Number(12.0));
        check("\u{a0}12\u{a0}", Read::Number(12.0));
    }

    #[test]
    fn digits_are_read_at_once() {
        for text in ["0", "7", "12", "999", "1234", "54321", "654321", "7654321", "87654321", "00000000"] {
            let mut bytes = [b','; 8];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            assert_eq!(digits(u64::from_le_bytes(bytes), text.len()), Some(text.parse().unwrap()), "{text}");
        }
        for text in ["1.5", "-1", "12a", "/", ":", " 1", "1234567 "] {
            let mut bytes = [b'0'; 8];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            assert_eq!(digits(u64::from_le_bytes(bytes), text.len()), None, "{text}");
        }
    }

    #[test]
    fn markers_say_why_there_is_no_number() {
        check("", Read::Withheld(Withheld::Missing));
        check(" ", Read::Withheld(Withheld::Missing));
        check("NA", Read::Withheld(Withheld::Missing));
        check("*", Read::Withheld(Withheld::Suppressed));
        check("[c]", Read::Withheld(Withheld::Suppressed));
        check("[z]", Read::Withheld(Withheld::NotApplicable));
        check("[x]", Read::Withheld(Withheld::Missing));
    }

    #[test]
    fn nonsense_is_neither() {
        for cell in ["ten", "1.2.3", "--1", "1,2", "12,34", "inf", "-infinity", "1 2", "0x10", "1%"] {
            check(cell, Read::Neither);
        }
    }
}
