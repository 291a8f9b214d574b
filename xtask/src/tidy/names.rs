//! Names that say nothing of what is inside.

use super::Finding;
use crate::tree::Tree;

const EMPTY_NAMES: [&str; 8] = ["utils", "util", "common", "core", "helpers", "helper", "misc", "shared"];

/// Reports a crate, folder or file of Rust with such a name, and a source file that does not begin with what
/// it is for.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(&[".rs"]) {
        let parts = path.trim_end_matches(".rs").split('/');
        if let Some(name) = parts.into_iter().find(|part| EMPTY_NAMES.contains(part)) {
            found.push(Finding::new(
                path,
                0,
                format!("'{name}' does not say what is inside: name it for that"),
            ));
        }
        if path.contains("src/") && !text.starts_with("//!") {
            found.push(Finding::new(path, 1, "does not begin with module documentation (//!)"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, count: usize) {
        assert_eq!(super::check(&Tree::of(&[(path, text)])).len(), count, "{path}");
    }

    #[test]
    fn names_and_first_lines() {
        check("crates/spc/src/limits.rs", "//! Limits.\n", 0);
        check("crates/spc/src/limits.rs", "use std::fmt;\n", 1);
        check("crates/spc/src/helpers.rs", "//! Help.\n", 1);
        check("crates/core/src/lib.rs", "//! Core.\n", 1);
        check("crates/spc/tests/it/common/limits.rs", "use std::fmt;\n", 1);
    }
}
