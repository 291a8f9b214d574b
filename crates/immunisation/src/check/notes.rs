//! Why some published cases do not agree, each with its reason.

/// Why one case does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The case's identifier.
    pub case: &'static str,
    /// The reason, in plain words.
    pub reason: &'static str,
}

const NOTES: &str = include_str!("../../data/cdsi-notes.txt");

/// The notes, in the order of the file: an identifier, a tab, the reason; lines that begin with `#` are remarks.
pub fn notes() -> impl Iterator<Item = Note> {
    let lines = NOTES.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(case, reason)| Note { case: case.trim(), reason: reason.trim() })
}
