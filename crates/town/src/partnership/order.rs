//! The order in which people expect numbers and codes: `2` before `10`, `CYP-9` before `CYP-10`.

use std::cmp::Ordering;

/// Compares two codes: what is digits as numbers, the rest as letters.
pub(crate) fn in_order(one: &str, other: &str) -> Ordering {
    parts(one).cmp(&parts(other))
}

/// Pairs of letters and the number after them; letters at the end have number 0.
fn parts(text: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (words, tail) = rest.split_at(letters);
        let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let number = if digits == 0 { 0 } else { tail[..digits].parse().unwrap_or(u64::MAX) };
        found.push((words.to_lowercase(), number));
        rest = &tail[digits..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_their_order() {
        let check = |mut given: Vec<&str>, expected: &[&str]| {
            given.sort_by(|a, b| in_order(a, b));
            assert_eq!(given, expected);
        };
        check(vec!["10", "2", "1"], &["1", "2", "10"]);
        check(vec!["CYP-10", "CYP-9", "HH-1"], &["CYP-9", "CYP-10", "HH-1"]);
        check(vec!["4.10", "4.2", "4"], &["4", "4.2", "4.10"]);
        check(vec!["b", "", "a"], &["", "a", "b"]);
    }
}
