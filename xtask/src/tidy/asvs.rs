//! The table of OWASP ASVS has a row for each requirement of the standard, and what its rows name is there.

use super::Finding;
use crate::tree::Tree;

const TABLE: &str = "docs/asvs.md";

/// Sections of ASVS 5.0.0, and the level of each of their requirements in order: `1.4` has three, all of level 2.
const SECTIONS: &str = "\
1.1 22, 1.2 1111122223, 1.3 112222222223, 1.4 222, 1.5 123, 2.1 122, 2.2 112, 2.3 12223, 2.4 23, 3.1 3, 3.2 113, 3.3 12223, \
3.4 11222233, 3.5 11122333, 3.6 3, 3.7 22333, 4.1 12233, 4.2 23333, 4.3 22, 4.4 1222, 5.1 2, 5.2 112333, 5.3 113, 5.4 222, \
6.1 122, 6.2 111111112222, 6.3 11223333, 6.4 112233, 6.5 22222333, 6.6 2223, 6.7 33, 6.8 2222, 7.1 222, 7.2 1111, 7.3 22, \
7.4 11222, 7.5 223, 7.6 22, 8.1 1233, 8.2 1123, 8.3 133, 8.4 23, 9.1 111, 9.2 1222, 10.1 22, 10.2 223, 10.3 22223, \
10.4 1111122222233333, 10.5 22222, 10.6 22, 10.7 222, 11.1 2233, 11.2 22233, 11.3 11233, 11.4 1222, 11.5 23, 11.6 23, 11.7 33, \
12.1 12233, 12.2 11, 12.3 22223, 13.1 2333, 13.2 222223, 13.3 2233, 13.4 1222233, 14.1 22, 14.2 12223333, 14.3 122, \
15.1 12233, 15.2 12233, 15.3 1222222, 15.4 3333, 16.1 2, 16.2 22222, 16.3 2222, 16.4 222, 16.5 2223, 17.1 23, 17.2 22223333, \
17.3 22";

const STATUSES: [&str; 4] = ["met", "partly", "not met", "does not apply"];

/// Reports a requirement without its row, a row without its requirement, and what a row names that is not there.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(TABLE) else { return Vec::new() };
    let rows: Vec<(usize, Vec<&str>)> =
        (1..).zip(text.lines()).filter_map(|(n, line)| Some((n, row(line)?))).collect();
    let mut found = Vec::new();
    let mut expected = requirements(SECTIONS);
    for (line, cells) in &rows {
        let mut wrong = |what: String| found.push(Finding::new(TABLE, *line, what));
        let [number, level, _, status, how, shown] = cells.as_slice() else {
            wrong("is no row of number, level, what, status, how and shown by".to_owned());
            continue;
        };
        match expected.iter().position(|(known, _)| known == number) {
            None => wrong(format!("{number} is twice, or none of level 1 or 2")),
            Some(place) => {
                let (_, known) = expected.remove(place);
                if *level != known.to_string() {
                    wrong(format!("{number} is of level {known}"));
                }
            }
        }
        if !STATUSES.contains(status) || how.is_empty() {
            wrong(format!("{number} has no status, or no word on it"));
        }
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if named.is_empty() && *status == "met" {
            wrong(format!("{number} is met and nothing shows it"));
        }
        named
            .into_iter()
            .filter(|name| !is_there(tree, name))
            .for_each(|name| wrong(format!("names {name}, which is not there")));
    }
    found.extend(
        expected.iter().map(|(number, _)| Finding::new(TABLE, 0, format!("has no row for {number}"))),
    );
    found.extend(totals(text, &rows));
    found
}

/// Every requirement of level 1 or 2, with its level.
fn requirements(sections: &str) -> Vec<(String, char)> {
    let section = |one: &str| {
        let (name, levels) = one.trim().split_once(' ').unwrap_or_default();
        let number = |(place, level)| (format!("{name}.{}", place + 1), level);
        levels.chars().enumerate().map(number).collect::<Vec<_>>()
    };
    sections.split(',').flat_map(section).filter(|(_, level)| *level != '3').collect()
}

/// The cells of a row of a requirement: its number is three numbers.
fn row(line: &str) -> Option<Vec<&str>> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::trim).collect();
    let number = cells.first()?;
    let is_number =
        number.split('.').count() == 3 && number.split('.').all(|part| part.parse::<u8>().is_ok());
    is_number.then_some(cells)
}

/// Whether a path is in the tree, or `path::name` a function in it.
fn is_there(tree: &Tree, name: &str) -> bool {
    match name.split_once("::") {
        None => tree.has(name),
        Some((path, function)) => {
            tree.text(path).is_some_and(|text| text.contains(&format!("fn {function}(")))
        }
    }
}

/// The table of counts at the head says what the rows add up to.
fn totals(text: &str, rows: &[(usize, Vec<&str>)]) -> Vec<Finding> {
    let count = |level: &str, status: &str| {
        rows.iter().filter(|(_, cells)| cells.get(1) == Some(&level) && cells.get(3) == Some(&status)).count()
    };
    let line = |status: &str| format!("| {status} | {} | {} |", count("1", status), count("2", status));
    let missing =
        STATUSES.iter().map(|status| line(status)).filter(|line| !text.lines().any(|found| found == line));
    missing.map(|line| Finding::new(TABLE, 0, format!("should count: {line}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "| 1.4.1 | 2 | Memory | met | Rust | `a/b.rs::holds`, `Cargo.toml` |";

    fn check(rows: &str, expected: &[&str]) {
        let table = format!("{rows}\n");
        let tree = Tree::of(&[(TABLE, &table), ("a/b.rs", "fn holds() {}\n"), ("Cargo.toml", "")]);
        let said: Vec<String> = super::check(&tree).into_iter().map(|finding| finding.what).collect();
        // Of the other requirements and of the counts, each is said; what is about this row comes first.
        let about: Vec<&String> = said
            .iter()
            .filter(|what| !what.starts_with("has no row") && !what.starts_with("should count"))
            .collect();
        assert_eq!(about, expected, "{rows}");
    }

    #[test]
    fn the_standard_has_this_many() {
        let all = requirements(SECTIONS);
        let of = |level| all.iter().filter(|(_, found)| *found == level).count();
        assert_eq!((of('1'), of('2'), all.len()), (70, 183, 253));
        assert_eq!(all[0], ("1.1.1".to_owned(), '2'));
        assert_eq!(all[252], ("17.3.2".to_owned(), '2'));
    }

    #[test]
    fn rows_are_held_to_the_tree() {
        check(ROW, &[]);
        check(&ROW.replace("holds", "slips"), &["names a/b.rs::slips, which is not there"]);
        check(&ROW.replace("Cargo.toml", "gone.rs"), &["names gone.rs, which is not there"]);
        check(&ROW.replace("| 2 |", "| 1 |"), &["1.4.1 is of level 2"]);
        check(&ROW.replace("| met |", "| fine |"), &["1.4.1 has no status, or no word on it"]);
        check(&ROW.replace("1.4.1", "1.2.10"), &["1.2.10 is twice, or none of level 1 or 2"]);
        check(&format!("{ROW}\n{ROW}"), &["1.4.1 is twice, or none of level 1 or 2"]);
        check("| 1.4.2 | 2 | Overflow | met | Ranges | - |", &["1.4.2 is met and nothing shows it"]);
        check("| 1.2.6 | 2 | LDAP | does not apply | No LDAP | - |", &[]);
    }

    #[test]
    fn what_has_no_row_and_what_is_miscounted_is_said() {
        let tree = Tree::of(&[(TABLE, ROW)]);
        let said: Vec<String> = super::check(&tree).into_iter().map(|finding| finding.what).collect();
        assert!(said.contains(&"has no row for 17.3.2".to_owned()));
        assert!(said.contains(&"should count: | met | 0 | 1 |".to_owned()));
        assert_eq!(said.iter().filter(|what| what.starts_with("has no row")).count(), 252);
    }
}
