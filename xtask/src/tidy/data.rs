//! Every value in a data file has a source.
//!
//! Rates, schedules and rules that governments change live in `crates/<name>/data/**/*.toml`. A table there
//! that holds a `value` says in the same table, or in one that encloses it, where the value is from
//! (`source`).

use super::Finding;
use crate::tree::Tree;

/// Reports a value without a source, and a data file that is not TOML.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(&[".toml"]) {
        if !(path.starts_with("crates/") && path.contains("/data/")) {
            continue;
        }
        match text.parse::<toml::Table>() {
            Err(problem) => found.push(Finding::new(path, 0, format!("is not TOML: {}", problem.message()))),
            Ok(table) => walk(&table, path, "", false, &mut found),
        }
    }
    found
}

fn walk(table: &toml::Table, path: &str, within: &str, sourced: bool, found: &mut Vec<Finding>) {
    let sourced =
        sourced || table.get("source").and_then(toml::Value::as_str).is_some_and(|s| !s.trim().is_empty());
    let name = table.get("name").and_then(toml::Value::as_str).unwrap_or(within);
    if table.contains_key("value") && !sourced {
        found.push(Finding::new(path, 0, format!("a value in '{name}' has no source")));
    }
    for (key, value) in table {
        for inner in tables(value) {
            walk(inner, path, if name.is_empty() { key } else { name }, sourced, found);
        }
    }
}

fn tables(value: &toml::Value) -> Vec<&toml::Table> {
    match value {
        toml::Value::Table(table) => vec![table],
        toml::Value::Array(items) => items.iter().flat_map(tables).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, count: usize) {
        assert_eq!(super::check(&Tree::of(&[("crates/spc/data/rates.toml", text)])).len(), count, "{text}");
    }

    #[test]
    fn a_value_without_a_source_is_refused() {
        check("[[rates]]\nname = \"a\"\nvalue = 1\nsource = \"Act 2020 s. 1\"\n", 0);
        check("[[rates]]\nname = \"a\"\nvalue = 1\n", 1);
        check("[[rates]]\nname = \"a\"\nvalue = 1\nsource = \" \"\n", 1);
        check("[[rates]]\nsource = \"Act\"\nbands = [{ value = 1 }, { value = 2 }]\n", 0);
        check("[[rates]]\nbands = [{ value = 1 }, { value = 2, source = \"Act\" }]\n", 1);
        check("not toml", 1);
    }
}
