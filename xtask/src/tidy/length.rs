//! How long a hand-written source file may be.

use super::Finding;
use crate::tree::Tree;

const LONGEST: usize = 500;
const SOURCES: [&str; 5] = [".rs", ".sh", ".js", ".css", ".py"];

/// Files that are longer, each with its reason.
const EXCEPTIONS: [(&str, &str); 0] = [];

/// Reports a source file that is too long, and an exception that is no longer needed.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(&SOURCES) {
        let lines = text.lines().count();
        let excepted = EXCEPTIONS.iter().any(|&(known, _)| known == path);
        if lines >= LONGEST && !excepted {
            found.push(Finding::new(
                path,
                0,
                format!("is {lines} lines long: {LONGEST} is too many for one reader"),
            ));
        }
        if lines < LONGEST && excepted {
            found.push(Finding::new(path, 0, "is short enough and needs no exception any more"));
        }
    }
    let gone = EXCEPTIONS.iter().filter(|(path, _)| !tree.has(path));
    found.extend(gone.map(|(path, _)| Finding::new(path, 0, "has an exception and is not there")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_hundred_lines_are_too_many() {
        let check = |lines: usize, path: &str, count: usize| {
            let text = "//! Words.\n".repeat(lines);
            assert_eq!(super::check(&Tree::of(&[(path, &text)])).len(), count);
        };
        check(499, "crates/spc/src/lib.rs", 0);
        check(500, "crates/spc/src/lib.rs", 1);
        check(5_000, "Cargo.lock", 0);
    }
}
