//! Which crate may import which: the table of ARCHITECTURE.md, held against every Cargo.toml.
//!
//! The table that people read is the table that is enforced, so the two cannot differ.

use std::collections::BTreeMap;

use super::Finding;
use crate::tree::Tree;

const DOCUMENT: &str = "ARCHITECTURE.md";

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) name: String,
    pub(super) layer: Option<u8>,
    /// Layers and crates, as written.
    may_import: Vec<String>,
}

/// Reports a crate that imports what the table does not allow, one that the table does not know, and a row
/// without a crate.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let rooms = rooms(tree);
    if rooms.is_empty() {
        return vec![Finding::new(
            DOCUMENT,
            0,
            "has no table of layers (| layer | crate | ... | may import |)",
        )];
    }
    let known: BTreeMap<&str, &Room> = rooms.iter().map(|room| (room.name.as_str(), room)).collect();
    let mut found = Vec::new();
    for room in &rooms {
        if tree.text(&manifest_of(&room.name)).is_none() {
            found.push(Finding::new(
                DOCUMENT,
                0,
                format!("names the crate {}, which is not there", room.name),
            ));
        }
    }
    for (path, text) in tree.ending(&["Cargo.toml"]).filter(|(path, _)| path.contains('/')) {
        let Ok(manifest) = text.parse::<toml::Table>() else {
            found.push(Finding::new(path, 0, "is not TOML"));
            continue;
        };
        let name = manifest.get("package").and_then(|p| p.get("name")).and_then(|n| n.as_str()).unwrap_or("");
        if manifest_of(name) != path {
            // A crate apart, such as a fuzz target, is no room of the house.
            continue;
        }
        let Some(room) = known.get(name) else {
            found.push(Finding::new(path, 0, format!("{name} is not in the table of layers in {DOCUMENT}")));
            continue;
        };
        for (dependency, only_in_tests) in dependencies(&manifest) {
            let Some(other) = known.get(dependency.as_str()) else { continue };
            if !(room.may_import(other) || (only_in_tests && other.name == "synthetic")) {
                let what =
                    format!("{name} may not import {dependency} (see the table of layers in {DOCUMENT})");
                found.push(Finding::new(path, 0, what));
            }
        }
    }
    found
}

impl Room {
    fn may_import(&self, other: &Room) -> bool {
        self.may_import.iter().any(|allowed| {
            let number = |text: &str| text.trim().parse::<u8>().ok();
            match (allowed.split_once('-'), other.layer) {
                _ if *allowed == other.name => true,
                (Some((first, last)), Some(layer)) => {
                    number(first).is_some_and(|n| n <= layer) && number(last).is_some_and(|n| layer <= n)
                }
                (None, Some(layer)) => number(allowed) == Some(layer),
                _ => false,
            }
        })
    }
}

/// The rows of the table; none when there is no such table.
pub(super) fn rooms(tree: &Tree) -> Vec<Room> {
    let text = tree.text(DOCUMENT).unwrap_or_default();
    let rows = text.lines().skip_while(|line| !line.starts_with("| layer | crate |")).skip(2);
    rows.take_while(|line| line.starts_with('|')).filter_map(row).collect()
}

fn row(line: &str) -> Option<Room> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [layer, name, .., may_import] = cells.as_slice() else { return None };
    let allowed = may_import.split(',').map(|word| word.trim().trim_matches('`').replace('–', "-"));
    Some(Room {
        name: name.trim_matches('`').to_owned(),
        layer: layer.parse().ok(),
        may_import: allowed.filter(|word| !word.is_empty() && word != "-").collect(),
    })
}

pub(super) fn manifest_of(name: &str) -> String {
    if name == "xtask" { "xtask/Cargo.toml".into() } else { format!("crates/{name}/Cargo.toml") }
}

/// Every dependency of a manifest, and whether only tests and benchmarks have it.
pub(super) fn dependencies(manifest: &toml::Table) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut tables = vec![manifest];
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    tables.extend(targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table));
    for table in tables {
        for (key, only_in_tests) in
            [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
        {
            let names =
                table.get(key).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::iter);
            found.extend(names.map(|(name, value)| {
                let renamed = value.get("package").and_then(toml::Value::as_str);
                (renamed.unwrap_or(name).to_owned(), only_in_tests)
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| layer | crate | what lives there | may import |
|---|---|---|---|
| 0 | `words` | types | - |
| 1 | `sums` | statistics | 0 |
| 1 | `charts` | charts | 0 |
| 2 | `tables` | tables | 0-1 |
| 4 | `pages` | pages | 0, 1, `tables` |
| - | `synthetic` | a town | 0 |
";

    fn check(name: &str, dependencies: &str, complaint: Option<&str>) {
        let manifest = format!("[package]\nname = \"{name}\"\n{dependencies}");
        let path = manifest_of(name);
        let mut files = vec![(DOCUMENT, TABLE), (path.as_str(), manifest.as_str())];
        let others: Vec<(String, String)> = ["words", "sums", "charts", "tables", "pages", "synthetic"]
            .iter()
            .filter(|&&other| other != name)
            .map(|other| (manifest_of(other), format!("[package]\nname = \"{other}\"\n")))
            .collect();
        files.extend(others.iter().map(|(p, t)| (p.as_str(), t.as_str())));
        let found = super::check(&Tree::of(&files));
        match complaint {
            None => assert_eq!(found, []),
            Some(words) => assert!(found.len() == 1 && found[0].what.contains(words), "{found:?}"),
        }
    }

    #[test]
    fn imports_go_downward_only() {
        check("sums", "[dependencies]\nwords.workspace = true\n", None);
        check("sums", "[dependencies]\ncharts.workspace = true\n", Some("sums may not import charts"));
        check("sums", "[dependencies]\ntables = { path = \"x\" }\n", Some("may not import tables"));
        check("tables", "[dependencies]\nsums.workspace = true\n[build-dependencies]\nwords = \"1\"\n", None);
        check("pages", "[dependencies]\ntables.workspace = true\nsums.workspace = true\n", None);
        check("words", "[dependencies]\nserde = \"1\"\n", None);
        check("words", "[target.'cfg(unix)'.dependencies]\nsums = \"1\"\n", Some("may not import sums"));
        check(
            "words",
            "[dependencies]\nother = { package = \"sums\", path = \"x\" }\n",
            Some("may not import sums"),
        );
    }

    #[test]
    fn tests_may_use_the_synthetic_town() {
        check("tables", "[dev-dependencies]\nsynthetic.workspace = true\n", None);
        check("tables", "[dependencies]\nsynthetic.workspace = true\n", Some("may not import synthetic"));
        check("tables", "[dev-dependencies]\npages.workspace = true\n", Some("may not import pages"));
    }

    #[test]
    fn the_table_and_the_crates_are_the_same() {
        check("attic", "", Some("attic is not in the table"));
        let found = super::check(&Tree::of(&[(DOCUMENT, TABLE)]));
        assert_eq!(found.len(), 6);
    }
}
