//! What must be absent from each part of the house.
//!
//! Clippy bans the calls it can resolve (see each crate's clippy.toml); this rule is the one that also sees a
//! dependency, a macro and the text of a query. It reads code outside comments and test modules.

use super::layers::rooms;
use super::{Finding, layers};
use crate::tree::Tree;

/// One thing that may not be there.
struct Ban {
    /// Words any of which give it away.
    signs: &'static [&'static str],
    why: &'static str,
}

const IMPURE: [Ban; 5] = [
    Ban {
        signs: &["std::fs", "std::env", "std::process", "File::open"],
        why: "layers 0 and 1 read no file: pass the text in",
    },
    Ban { signs: &["std::net", "TcpStream", "UdpSocket"], why: "layers 0 and 1 use no network" },
    Ban {
        signs: &["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"],
        why: "layers 0 and 1 have no clock: pass the date in",
    },
    Ban {
        signs: &["thread_rng", "rand::rng(", "from_os_rng", "from_entropy", "OsRng", "rand::random"],
        why: "layers 0 and 1 have no unseeded randomness: pass the seed in",
    },
    Ban { signs: &["async fn", "async move", ".await", "tokio::"], why: "layers 0 and 1 are not async" },
];
const IMPURE_CRATES: [&str; 14] = [
    "tokio",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "rusqlite",
    "axum",
    "hyper",
    "reqwest",
    "ureq",
    "maud",
    "askama",
    "tempfile",
    "tracing",
    "getrandom",
];
const SQL: Ban = Ban {
    signs: &["SELECT ", "INSERT INTO", "DELETE FROM", "UPDATE ", "sea_orm", "sqlx"],
    why: "there is no SQL here: ask the store through town",
};
const SQL_CRATES: [&str; 5] = ["store", "sea-orm", "sea-orm-migration", "sqlx", "rusqlite"];
const HTML: Ban = Ban {
    signs: &[
        "maud::",
        "html!",
        "PreEscaped",
        "<!DOCTYPE",
        "<html",
        "</div",
        "</span",
        "</table",
        "</p>",
        "</li>",
    ],
    why: "there is no HTML below web and report",
};
const HTML_CRATES: [&str; 5] = ["maud", "askama", "axum", "tower-http", "minijinja"];

/// Reports what should not be where it is.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for room in rooms(tree) {
        let name = room.name.as_str();
        let pure = matches!(room.layer, Some(0 | 1)) || name == "synthetic";
        if pure {
            IMPURE.iter().for_each(|ban| search(tree, name, ban, &mut found));
            imports(tree, name, &IMPURE_CRATES, "may not import", &mut found);
        }
        if name == "web" {
            search(tree, name, &SQL, &mut found);
            imports(
                tree,
                name,
                &SQL_CRATES,
                "asks the database nothing itself and may not import",
                &mut found,
            );
        } else if !["report", "xtask"].contains(&name) {
            search(tree, name, &HTML, &mut found);
            imports(tree, name, &HTML_CRATES, "makes no pages and may not import", &mut found);
        }
    }
    found
}

/// Looks for the signs of a ban in the code of a crate.
fn search(tree: &Tree, name: &str, ban: &Ban, found: &mut Vec<Finding>) {
    for (path, text) in tree.sources(name) {
        for (number, line) in code(text) {
            if let Some(sign) = ban.signs.iter().find(|sign| line.contains(**sign)) {
                found.push(Finding::new(path, number, format!("'{}': {}", sign.trim(), ban.why)));
            }
        }
    }
}

/// Looks for crates that a crate may not import; its tests may.
fn imports(tree: &Tree, name: &str, banned: &[&str], why: &str, found: &mut Vec<Finding>) {
    let path = layers::manifest_of(name);
    let Some(manifest) = tree.text(&path).and_then(|text| text.parse::<toml::Table>().ok()) else { return };
    for (dependency, only_in_tests) in layers::dependencies(&manifest) {
        if !only_in_tests && banned.contains(&dependency.as_str()) {
            found.push(Finding::new(&path, 0, format!("{name} {why} {dependency}")));
        }
    }
}

/// The lines of code with their numbers: without comments, and up to the module of tests that closes a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| layer | crate | what lives there | may import |
|---|---|---|---|
| 1 | `spc` | charts | 0 |
| 2 | `store` | tables | 0-1 |
| 3 | `town` | use cases | 0-2 |
| 4 | `web` | pages | 0, 1, 3 |
";

    fn check(path: &str, text: &str, count: usize) {
        let tree = Tree::of(&[("ARCHITECTURE.md", TABLE), (path, text)]);
        assert_eq!(super::check(&tree).len(), count, "{path}: {text}");
    }

    #[test]
    fn layer_one_is_pure() {
        check("crates/spc/src/lib.rs", "let now = SystemTime::now();\n", 1);
        check("crates/spc/src/lib.rs", "async fn limits() {}\n", 1);
        check("crates/spc/src/lib.rs", "// unlike std::fs, this reads nothing\nfn a() {}\n", 0);
        check("crates/spc/src/lib.rs", "fn a() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n", 0);
        check("crates/spc/Cargo.toml", "[dependencies]\ntokio = \"1\"\n", 1);
        check("crates/spc/Cargo.toml", "[dev-dependencies]\ntempfile = \"1\"\n", 0);
        check("crates/store/src/lib.rs", "use std::fs;\n", 0);
    }

    #[test]
    fn no_sql_in_web_and_no_pages_below() {
        check("crates/web/src/lib.rs", "query(\"SELECT 1\");\n", 1);
        check("crates/web/src/lib.rs", "html! { p { } }\n", 0);
        check("crates/web/Cargo.toml", "[dependencies]\nstore = \"1\"\n", 1);
        check("crates/town/src/lib.rs", "let page = html! {};\n", 1);
        check("crates/town/src/lib.rs", "let rows: Vec<table::Row> = \"<p>words</p>\";\n", 1);
        check("crates/town/src/lib.rs", "let rows: Vec<table::Row>;\n", 0);
        check("crates/town/src/lib.rs", "query(\"SELECT 1\");\n", 0);
    }
}
