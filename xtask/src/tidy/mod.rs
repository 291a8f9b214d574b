//! The rules that the tree is held to, one a file.

mod absent;
mod asvs;
mod data;
mod documents;
mod layers;
mod length;
mod lines;
mod names;

use std::fmt;

use crate::tree::Tree;

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) path: String,
    /// Counted from 1; 0 when it is about the whole file.
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// Every rule.
const RULES: [fn(&Tree) -> Vec<Finding>; 8] = [
    layers::check,
    names::check,
    absent::check,
    documents::check,
    length::check,
    lines::check,
    data::check,
    asvs::check,
];

/// What breaks a rule, in order of path.
pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_tree_is_tidy() {
        let found = findings(&Tree::read().unwrap());
        let said: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert!(said.is_empty(), "\n{}", said.join("\n"));
    }
}
