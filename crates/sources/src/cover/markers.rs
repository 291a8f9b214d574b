//! What stands in a cell of figures: a number, or a mark whose meaning the sheet's own notes tell.

use std::collections::HashMap;
use std::sync::Arc;

use vocabulary::{Figure, Withheld};

use crate::workbook::{Cell, Sheet, trimmed};

/// What the marks of a sheet mean, in its own words.
#[derive(Debug, Clone, Default)]
pub(super) struct Legend {
    words: HashMap<String, Arc<str>>,
    /// `n/a` is said to stand where the denominator is zero.
    none_eligible: bool,
}

/// What one cell of figures holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    /// A number as published.
    Number(f64),
    /// A reason for there being none, and the note that says so.
    Withheld(Withheld, Option<Arc<str>>),
    /// Nothing at all.
    Blank,
    /// Something that is neither a number nor a known mark.
    Unknown,
}

impl Legend {
    /// Reads the notes of a sheet, outside its rows of headings.
    pub(super) fn of(sheet: &Sheet, is_heading: impl Fn(usize) -> bool) -> Legend {
        let mut legend = Legend::default();
        for (row, cells) in sheet.rows.iter().enumerate().filter(|(row, _)| !is_heading(*row)) {
            let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
            for (column, cell) in cells.iter().enumerate() {
                let text = cell.text();
                if text.is_empty() {
                    continue;
                }
                if let Some((mark, words)) = split(text) {
                    legend.say(mark, words);
                } else if is_mark(text) {
                    let beside = sheet.cell(row, column + 1).text();
                    let explains = beside.len() >= 8 && beside.contains(' ')
                        || beside.to_lowercase().contains("available");
                    if explains && (filled == 2 || column == 0) && beside.len() > text.len() {
                        legend.say(text.to_owned(), beside);
                    }
                } else if text.contains("'n/a'") && text.contains("denominator is zero") {
                    legend.none_eligible = true;
                }
            }
        }
        legend
    }

    /// Adds what a sheet of notes says of a number.
    pub(super) fn say(&mut self, mark: String, words: &str) {
        let mark = key(&mark);
        let suppresses = |words: &str| words.to_lowercase().contains("disclos");
        match self.words.get(&mark) {
            Some(known) if suppresses(known) || !suppresses(words) => {}
            _ => {
                self.words.insert(mark, trimmed(words).into());
            }
        }
    }

    /// Takes what another legend says of marks that this one does not explain.
    pub(super) fn fall_back_on(&mut self, other: &Legend) {
        for (mark, words) in &other.words {
            self.words.entry(mark.clone()).or_insert_with(|| words.clone());
        }
    }

    /// The words of a mark.
    pub(super) fn words(&self, mark: &str) -> Option<Arc<str>> {
        self.words.get(&key(mark)).cloned()
    }

    /// What a cell of figures holds. `none_eligible` is true where the denominator is published as zero.
    pub(super) fn read(&self, cell: &Cell, none_eligible: bool) -> Reading {
        let text = match cell {
            // The code of data systems for a number that is not there: in the counts of 2022.
            Cell::Number(-99.0) => return Reading::Withheld(Withheld::Missing, None),
            Cell::Number(number) => return Reading::Number(*number),
            Cell::Empty => return Reading::Blank,
            cell => cell.text(),
        };
        if text.is_empty() {
            return Reading::Blank;
        }
        if let Some(number) = number(text) {
            return Reading::Number(number);
        }
        let lower = text.to_lowercase();
        // A share given as a band stands where the count is too small to publish.
        if let Some((low, high)) = lower.split_once(" to ")
            && low.ends_with('%')
            && high.ends_with('%')
        {
            return Reading::Withheld(Withheld::Suppressed, Some(format!("published as {text}").into()));
        }
        if lower.contains("no universal programme") || lower == "not applicable" {
            return Reading::Withheld(Withheld::NotApplicable, Some(text.into()));
        }
        if text.starts_with('#') {
            let reason = if none_eligible { Withheld::NotApplicable } else { Withheld::Missing };
            return Reading::Withheld(reason, Some(format!("published as the error {text}").into()));
        }
        let mark = if is_mark(text) { text } else { return word(text) };
        self.mark(mark, none_eligible)
    }

    fn mark(&self, mark: &str, none_eligible: bool) -> Reading {
        let normal = key(mark);
        let words = self.words.get(&normal);
        if normal == "n/a" {
            let reason = match words {
                _ if none_eligible => Withheld::NotApplicable,
                Some(words) => meaning(words).unwrap_or(Withheld::Missing),
                None if self.none_eligible => Withheld::NotApplicable,
                None => Withheld::Missing,
            };
            return Reading::Withheld(reason, None);
        }
        let usual = match normal.as_str() {
            "[c]" | "*" => Withheld::Suppressed,
            "[z]" => Withheld::NotApplicable,
            _ => Withheld::Missing,
        };
        match words {
            Some(words) => {
                let known = words.to_lowercase().contains("see caveats") || normal == "[z]";
                let note = (!known).then(|| words.clone());
                Reading::Withheld(meaning(words).unwrap_or(usual), note)
            }
            None => Reading::Withheld(usual, None),
        }
    }
}

/// A word in the place of a figure.
fn word(text: &str) -> Reading {
    let lower = text.to_lowercase();
    let missing = [
        "missing",
        "no data",
        "not available",
        "unavailable",
        "not submitted",
        "no submission",
        "not reported",
    ];
    if missing.iter().any(|word| lower.contains(word)) {
        return Reading::Withheld(Withheld::Missing, Some(text.into()));
    }
    if lower.contains("suppress") || lower.contains("supress") {
        return Reading::Withheld(meaning(text).unwrap_or(Withheld::Suppressed), Some(text.into()));
    }
    Reading::Unknown
}

/// What the words of a note make of a figure that bears its mark. A figure held back for its quality is
/// missing: only what could identify someone is suppressed.
fn meaning(words: &str) -> Option<Withheld> {
    let lower = words.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| lower.contains(word));
    if says(&["disclos", "small number"]) {
        Some(Withheld::Suppressed)
    } else if says(&[
        "quality",
        "not available",
        "unavailable",
        "unable",
        "caveat",
        "not been included",
        "missing",
        "not submitted",
    ]) {
        Some(Withheld::Missing)
    } else if says(&["suppress", "supress"]) {
        Some(Withheld::Suppressed)
    } else if says(&["not applicable", "denominator is zero", "included in", "included with"]) {
        Some(Withheld::NotApplicable)
    } else {
        None
    }
}

/// A number written as text: `94`, `94.2%`, `1,234`, `92.0 (91.9)` whose first part is this quarter's, `48.6* (60.7)`.
pub(super) fn number(text: &str) -> Option<f64> {
    let first = match text.find('(') {
        Some(0) => return None,
        Some(at) => &text[..at],
        None => text,
    };
    let first = trimmed(trimmed(first).trim_end_matches('*'));
    let first = trimmed(first.strip_suffix('%').unwrap_or(first));
    let plain = if first.contains(',') { first.replace(',', "") } else { first.to_owned() };
    if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    plain.parse().ok()
}

/// Whether a text is a mark by itself: `*`, `**`, `[c]`, `[note 1]`, `n/a`, `N.A.`, `-`, `..`.
pub(super) fn is_mark(text: &str) -> bool {
    let text = trimmed(text);
    let bracketed = text.len() <= 10 && text.starts_with('[') && text.ends_with(']');
    let signs = text.len() <= 6
        && !text.is_empty()
        && text.chars().all(|c| matches!(c, '*' | '-' | '.' | ':' | '–' | '—' | '"' | '†' | '~' | '^' | '#'));
    bracketed || signs || key(text) == "n/a"
}

/// One mark however it is written: `[Note 1]` as `[note1]`, `N.A.` and `na` as `n/a`.
fn key(mark: &str) -> String {
    let mark: String = mark.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match mark.as_str() {
        "na" | "n.a." | "n.a" | "n/a" | "#n/a" | "n/a*" => "n/a".to_owned(),
        _ => mark,
    }
}

/// A note that begins with its mark: `[note 1] Some figures …`, `[z]: not applicable`, `* - There are …`, `N/A = Not available`.
fn split(text: &str) -> Option<(String, &str)> {
    let end = if text.starts_with('[') {
        text.find(']')? + 1
    } else if text.starts_with('*') {
        text.len() - text.trim_start_matches('*').len()
    } else if text.len() > 6 && text.is_char_boundary(3) && key(&text[..3]) == "n/a" {
        3
    } else {
        return None;
    };
    let (mark, rest) = text.split_at(end);
    let words = trimmed(rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-')));
    (words.len() >= 8 && words.contains(' ') && is_mark(mark)).then(|| (mark.to_owned(), words))
}

/// The figure of a reading.
pub(super) fn figure(reading: &Reading) -> Figure {
    match reading {
        Reading::Number(number) => Figure::Value(*number),
        Reading::Withheld(reason, _) => Figure::Withheld(*reason),
        Reading::Blank | Reading::Unknown => Figure::Withheld(Withheld::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(notes: &[&str], cell: &str, none_eligible: bool, expected: Figure) {
        let rows = notes.iter().map(|note| vec![Cell::Text((*note).into())]).collect();
        let legend = Legend::of(&Sheet { name: "s".into(), rows }, |_| false);
        assert_eq!(
            figure(&legend.read(&Cell::Text(cell.into()), none_eligible)),
            expected,
            "{notes:?} {cell}"
        );
    }

    #[test]
    fn marks_mean_what_the_sheet_says() {
        use Withheld::*;
        let small = "[note 1] Some figures have been suppressed due to potential disclosure issues.";
        check(&[small], "[note 1]", false, Figure::Withheld(Suppressed));
        check(&["[note 2] Currently unable to report"], "[note 2]", false, Figure::Withheld(Missing));
        check(
            &["[note 3] City of London is included in Hackney."],
            "[Note 3]",
            false,
            Figure::Withheld(NotApplicable),
        );
        check(
            &["*Some figures have been suppressed due to potential disclosure issues"],
            "*",
            false,
            Figure::Withheld(Suppressed),
        );
        check(
            &["* - There are data quality issues for London this quarter"],
            "*",
            false,
            Figure::Withheld(Missing),
        );
        check(&["* - Supressed due to Data Quality Issues"], "*", false, Figure::Withheld(Missing));
        check(&["N/A = Not available"], "N/A", false, Figure::Withheld(Missing));
        check(&["N/A = Not available"], "N.A.", true, Figure::Withheld(NotApplicable));
        check(
            &["Cells with 'n/a' indicate that the denominator is zero"],
            "n/a",
            false,
            Figure::Withheld(NotApplicable),
        );
        check(&[], "[c]", false, Figure::Withheld(Suppressed));
        check(&["[z]: not applicable"], "[z]", false, Figure::Withheld(NotApplicable));
        check(&[], "[x]", false, Figure::Withheld(Missing));
        check(&[], " - ", false, Figure::Withheld(Missing));
        check(&[], "..", false, Figure::Withheld(Missing));
        check(&[], "70% to 100%", false, Figure::Withheld(Suppressed));
        check(&[], "No universal programme", false, Figure::Withheld(NotApplicable));
        check(&[], "0", false, Figure::Value(0.0));
    }

    #[test]
    fn numbers_are_read_from_text() {
        for (text, expected) in [
            ("94.2%", Some(94.2)),
            ("\u{a0}94.2 ", Some(94.2)),
            ("1,234", Some(1234.0)),
            ("92.0 (91.9)", Some(92.0)),
            ("48.6* (60.7)", Some(48.6)),
            ("20.2 (NA)", Some(20.2)),
            ("-5", None),
            ("(91.9)", None),
            ("1e5", None),
            ("151 of 152", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
