//! `het manual`: the manual page and docs/cli.md from the table of commands, docs/measures.md from that of measures,
//! docs/charts.md from those of kinds and rule sets.

mod charts;

use clap::CommandFactory;

use measures::{MEASURES, MeasureEntry};

use crate::arguments::measures::{call, kind, written};
use crate::arguments::{Arguments, ManualFormat};
use crate::failure::Failure;

pub fn run(format: ManualFormat) -> Result<(), Failure> {
    let command = Arguments::command();
    let mut out = std::io::stdout().lock();
    match format {
        ManualFormat::Man => clap_mangen::Man::new(command).render(&mut out)?,
        ManualFormat::Markdown => {
            let mut text = String::from(
                "# The het command\n\nMade by `het manual --format markdown`: edit the table of commands instead.\n",
            );
            describe(command, "", &mut text);
            std::io::Write::write_all(&mut out, text.as_bytes())?;
        }
        ManualFormat::Measures => std::io::Write::write_all(&mut out, table_of_measures().as_bytes())?,
        ManualFormat::Charts => std::io::Write::write_all(&mut out, charts::document()?.as_bytes())?,
    }
    Ok(())
}

/// One section a command: the command's own help, so that the two cannot differ.
fn describe(mut command: clap::Command, before: &str, text: &mut String) {
    let name = format!("{before}{}", command.get_name());
    command = command.bin_name(name.clone()).term_width(100);
    // Every measure has its own section in docs/measures.md.
    let own = if command.get_name() == "measures" { 0 } else { usize::MAX };
    let subcommands: Vec<clap::Command> = command.get_subcommands().take(own).cloned().collect();
    text.push_str(&format!(
        "\n## {name}\n\n```text\n{}\n```\n",
        command.render_long_help().to_string().trim_end()
    ));
    for subcommand in subcommands {
        describe(subcommand, &format!("{name} "), text);
    }
}

/// The measures: a table of all, then a section each.
fn table_of_measures() -> String {
    let mut text = String::from(
        "# Measures\n\nMade by `het manual --format measures`: edit the table of measures in `crates/measures` instead.\n\n\
         `het measures NAME < in.csv > out.csv` reads a table and writes one. Every column that a measure does not read is a \
         group, unless `--group` names the groups. Answers have the groups, then `value`, limits at the levels asked for \
         (`lower95, upper95, lower998, upper998`), `method` and `note`; a figure that is withheld is an empty cell with its \
         reason in the note, and never zero. Cells that are empty or hold `*`, `[c]`, `[z]` or `[x]` are withheld. The same \
         measures are functions of the crate `measures`.\n\n| measure | what it is for |\n|---|---|\n",
    );
    for entry in MEASURES {
        text.push_str(&format!("| [`{}`](#{}) | {} |\n", entry.name, entry.name, cell(entry.summary)));
    }
    MEASURES.iter().for_each(|entry| section(entry, &mut text));
    text
}

fn section(entry: &MeasureEntry, text: &mut String) {
    text.push_str(&format!("\n## {}\n\n{}. {}.\n", entry.name, entry.title, entry.summary));
    if !entry.aliases.is_empty() {
        text.push_str(&format!("\nAlso called: {}.\n", entry.aliases.join(", ")));
    }
    text.push_str("\n| column | what is in it | cells |\n|---|---|---|\n");
    for column in entry.columns {
        let name = if column.required {
            format!("`{}`", column.name)
        } else {
            format!("`{}`, optional", column.name)
        };
        text.push_str(&format!("| {name} | {} | {} |\n", cell(column.what), kind(column.kind)));
    }
    if !entry.options.is_empty() {
        text.push_str("\n| option | default | what it is |\n|---|---|---|\n");
        for option in entry.options {
            let default =
                if option.default.is_empty() { "-".to_owned() } else { format!("`{}`", option.default) };
            text.push_str(&format!("| `--{}` | {default} | {} |\n", option.name, cell(option.what)));
        }
    }
    text.push_str(&format!("\nWrites {}.\n", written(entry).join(", ")));
    text.push_str(&format!(
        "\n- Formula: {}\n- Source: {}\n- Peers: {}\n",
        entry.formula, entry.source, entry.peers
    ));
    text.push_str(&format!("\n`{} < in.csv` makes of\n\n```csv\n{}```\n", call(entry), entry.example.input));
    text.push_str(&format!("\nthis:\n\n```csv\n{}```\n", entry.example.output));
}

/// Text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
