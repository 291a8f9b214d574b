//! Every path and every make target that a document names is there.

use super::Finding;
use crate::tree::Tree;

/// Reports what a Markdown document names and the tree does not have.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let targets = targets(tree.text("Makefile").unwrap_or_default());
    let mut found = Vec::new();
    for (path, text) in tree.ending(&[".md"]) {
        let mut fenced = false;
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
                continue;
            }
            let mut missing = |name: &str| {
                found.push(Finding::new(path, number, format!("names {name}, which is not there")))
            };
            links(line).filter(|link| !exists(tree, path, link)).for_each(&mut missing);
            let spans: Vec<&str> =
                if fenced { vec![line] } else { line.split('`').skip(1).step_by(2).collect() };
            for span in spans {
                let words = span.split_whitespace().filter(|word| is_path(tree, word));
                words.filter(|word| !exists(tree, path, word)).for_each(&mut missing);
                if let Some(target) =
                    span.trim().strip_prefix("make ").and_then(|rest| rest.split_whitespace().next())
                    && !targets.contains(&target)
                {
                    missing(&format!("make {target}"));
                }
            }
        }
    }
    found
}

/// Whether a word of code is a path of this project: it begins with one of the project's own folders, or is
/// the plain name of a document.
fn is_path(tree: &Tree, word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    if !plain || word.starts_with('/') || word.contains("..") {
        return false;
    }
    match word.split_once('/') {
        Some((folder, _)) => {
            tree.has(folder) || ["crates", "docs", "scripts", "xtask", ".ci"].contains(&folder)
        }
        None => word.ends_with(".md") && word.len() > 3,
    }
}

/// Whether the path is in the tree, from the root or from the document's own folder.
fn exists(tree: &Tree, document: &str, path: &str) -> bool {
    let path = path.trim_start_matches("./").trim_end_matches(['.', ',']);
    let beside = document.rsplit_once('/').map(|(folder, _)| format!("{folder}/{path}"));
    tree.has(path) || beside.is_some_and(|beside| tree.has(&beside))
}

/// The targets of the links of a line that lead to a file of the project.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split(')').next()?.split('#').next()?;
        let outside = target.contains(':') || target.contains("..") || target.is_empty();
        (!outside).then_some(target)
    })
}

fn targets(makefile: &str) -> Vec<&str> {
    makefile
        .lines()
        .filter(|line| !line.starts_with(['\t', ' ', '#', '.']))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(names, _)| names.split_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, missing: &[&str]) {
        let document = format!("{line}\n");
        let tree = Tree::of(&[
            ("README.md", document.as_str()),
            ("Makefile", "run: setup\n\tcargo run\n"),
            ("crates/spc/src/lib.rs", ""),
            ("docs/guide.md", ""),
        ]);
        let found: Vec<String> = super::check(&tree).into_iter().map(|f| f.what).collect();
        let wanted: Vec<String> =
            missing.iter().map(|name| format!("names {name}, which is not there")).collect();
        assert_eq!(found, wanted, "{line}");
    }

    #[test]
    fn paths_and_targets() {
        check("See `crates/spc` and `crates/spc/src/lib.rs`.", &[]);
        check("See `crates/gone/src/lib.rs`.", &["crates/gone/src/lib.rs"]);
        check("See [the guide](docs/guide.md#top) and [another](docs/gone.md).", &["docs/gone.md"]);
        check("Type `make run`, then `make coffee`.", &["make coffee"]);
        check("A rate is `events/people`, a file `../elsewhere/data.csv`, a pattern `crates/*/src`.", &[]);
        check("See `OLD.md` and [the web](https://example.org/a.md).", &["OLD.md"]);
    }
}
