//! Lines that were left behind: marks of unfinished work, and paths of somebody's machine.

use super::Finding;
use crate::tree::Tree;

const TEXTS: [&str; 13] = [
    ".rs", ".md", ".toml", ".sh", ".sql", ".js", ".css", ".ftl", ".yml", ".yaml", ".py", "Makefile",
    ".ci/run",
];
/// This file names what it looks for.
const HERE: &str = "xtask/src/tidy/lines.rs";

const MARKS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];
const MACROS: [&str; 3] = ["todo!(", "unimplemented!(", "dbg!("];
const MACHINE: [&str; 4] = ["/work/", "/root/", "/home/", "/Users/"];

/// Reports such lines.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(&TEXTS).filter(|(path, _)| *path != HERE) {
        for (number, line) in (1..).zip(text.lines()) {
            let words = || line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            if let Some(mark) = MARKS.iter().find(|mark| words().any(|word| word == **mark)) {
                found.push(Finding::new(path, number, format!("{mark}: finish it, or leave it out")));
            }
            if let Some(mark) = MACROS.iter().find(|mark| line.contains(**mark)) {
                found.push(Finding::new(path, number, format!("{mark}): finish it, or leave it out")));
            }
            if let Some(place) = MACHINE.iter().find(|place| line.contains(**place)) {
                found.push(Finding::new(path, number, format!("{place} is a path of one machine")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, count: usize) {
        assert_eq!(super::check(&Tree::of(&[("crates/spc/src/lib.rs", line)])).len(), count, "{line}");
    }

    #[test]
    fn marks_and_machine_paths() {
        check("// TODO: later", 1);
        check("let mastodon = 1;", 0);
        check("dbg!(x);", 1);
        check("open(\"/home/someone/file\")", 1);
        check("open(\"../shared/data\")", 0);
    }
}
