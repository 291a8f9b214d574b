//! docs/charts.md: the kinds of chart and the rule sets, from their registries, and an example that is run to be written.

use spc::text::{ICON_COLUMNS, POINT_COLUMNS, Request, process};
use spc::{Assurance, Column, KINDS, Kind, KindEntry, Profile, Reach, Rule, Variation, profiles};

use super::cell;
use crate::failure::Failure;

/// Attendances of a clinic: from its fourteenth month it is full.
const EXAMPLE: &str = "series,date,value,target,improvement
clinic,2025-01,41,50,high-is-good
clinic,2025-02,44,50,high-is-good
clinic,2025-03,39,50,high-is-good
clinic,2025-04,46,50,high-is-good
clinic,2025-05,43,50,high-is-good
clinic,2025-06,40,50,high-is-good
clinic,2025-07,45,50,high-is-good
clinic,2025-08,,50,high-is-good
clinic,2025-09,42,50,high-is-good
clinic,2025-10,44,50,high-is-good
clinic,2025-11,38,50,high-is-good
clinic,2025-12,43,50,high-is-good
clinic,2026-01,45,50,high-is-good
clinic,2026-02,41,50,high-is-good
clinic,2026-03,68,50,high-is-good
";

/// The whole document.
pub fn document() -> Result<String, Failure> {
    let mut text = format!(
        "# Charts\n\nMade by `het manual --format charts`: edit the kinds in `crates/spc/src/kind` and the rule sets in \
         `crates/spc/data/profiles.toml` instead.\n\n`het spc --chart KIND --profile NAME < series.csv` reads series and \
         writes a row a point (`{}`); with `--icons`, a row a series (`{}`), and with `--by-attention` those first that \
         need it. `--format` or the ending of `--out` chooses CSV, JSON Lines or Parquet, with the same columns. The same \
         charts are functions of the crate `spc`, and the pages of indicators are drawn with them.\n\n",
        POINT_COLUMNS.join(", "),
        ICON_COLUMNS.join(", ")
    );
    input(&mut text);
    text.push_str("\n## Kinds\n\n| kind | what it is for | columns beside date and value |\n|---|---|---|\n");
    for entry in KINDS {
        let link = format!("[`{0}`](#{0})", entry.name);
        text.push_str(&format!("| {link} | {} | {} |\n", cell(entry.summary), columns(entry)));
    }
    KINDS.iter().for_each(|entry| kind(entry, &mut text));
    text.push_str(
        "\n## Rule sets\n\nEvery number of a rule set and every choice that it makes has its source.\n",
    );
    profiles().iter().for_each(|profile| rule_set(profile, &mut text));
    words(&mut text);
    example(&mut text)?;
    Ok(text)
}

/// What may stand in the file that is read.
fn input(text: &mut String) {
    text.push_str("| column | what is in it |\n|---|---|\n");
    for (name, what) in [
        ("series", "The name of the series; without this column all rows are one series"),
        (
            "date",
            "A day or a period: `2025-03-01`, `March 2025`, `2024/25 Q1`, `2024/25`. Rows are put in its order",
        ),
        ("value", "A number; empty for a gap, which stays a gap"),
        (
            "denominator",
            "What the value was counted in, for kinds that need it; with `--values` as counts or as shares",
        ),
        (
            "subgroup",
            "Which measurements belong together, for kinds of subgroups; by date where it is absent",
        ),
        ("target", "The target that holds at that date; it may change"),
        ("improvement", "`high-is-good`, `low-is-good` or `not-set`; one for a series"),
        ("rebase", "The reason why limits are calculated anew from here on"),
        ("ghosted", "`yes` where a point is shown, but left out of limits and rules"),
    ] {
        text.push_str(&format!("| `{name}` | {what} |\n"));
    }
}

fn columns(entry: &KindEntry) -> String {
    let names: Vec<&str> = entry.columns.iter().map(|column: &Column| column.name()).collect();
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}

fn kind(entry: &KindEntry, text: &mut String) {
    text.push_str(&format!("\n### {}\n\n{}. {}.\n", entry.name, entry.title, entry.summary));
    if !entry.aliases.is_empty() {
        text.push_str(&format!("\nAlso called: {}.\n", entry.aliases.join(", ")));
    }
    let rules = match entry.reach {
        Reach::AllRules => "all rules of the rule set",
        Reach::LimitsOnly => "only a point beyond a limit",
    };
    text.push_str(&format!(
        "\n- Limits: {}\n- Rules: {rules}\n- Source: {}\n",
        entry.limits.replace("{individuals}", "the rule set's constant"),
        entry.source
    ));
}

fn rule_set(profile: &Profile, text: &mut String) {
    text.push_str(&format!("\n### {}\n\n{}. {}.\n", profile.name(), profile.title(), profile.source()));
    text.push_str("\n| rule or number | value | source |\n|---|---|---|\n");
    for value in profile.values() {
        let shown = if value.value.is_empty() { "-" } else { &value.value };
        text.push_str(&format!("| `{}` | {} | {} |\n", value.name, cell(shown), cell(&value.source)));
    }
}

/// The codes of rules and icons, in words.
fn words(text: &mut String) {
    text.push_str("\n## Codes\n\n| rule | a point that fires it is |\n|---|---|\n");
    for rule in Rule::ALL {
        text.push_str(&format!("| `{}` | {} |\n", rule.code(), rule.words()));
    }
    text.push_str("\n| variation | what it says |\n|---|---|\n");
    for icon in Variation::ALL {
        text.push_str(&format!("| `{}` | {} |\n", icon.code(), cell(icon.sentence())));
    }
    text.push_str("\n| assurance | what it says |\n|---|---|\n");
    for icon in Assurance::ALL {
        text.push_str(&format!("| `{}` | {} |\n", icon.code(), cell(icon.sentence())));
    }
}

fn example(text: &mut String) -> Result<(), Failure> {
    text.push_str(&format!("\n## Example\n\n```csv\n{EXAMPLE}```\n"));
    for (call, icons) in [("het spc < series.csv", false), ("het spc --icons < series.csv", true)] {
        let request = Request { icons, ..Request::new(Kind::Individuals, spc::default_profile()) };
        let mut out = Vec::new();
        process(EXAMPLE.as_bytes(), &mut out, &request)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let out = String::from_utf8_lossy(&out).into_owned();
        text.push_str(&format!("\n`{call}` makes of it\n\n```csv\n{out}```\n"));
    }
    Ok(())
}
