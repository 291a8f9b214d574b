//! The measures as commands, each made from its row in the table of measures.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand, value_parser};
use measures::{ColumnKind, Confidence, MEASURES, MeasureEntry};

/// A measure over a table, as it was asked for.
#[derive(Debug)]
pub struct MeasureCall {
    /// The measure.
    pub entry: &'static MeasureEntry,
    /// Its options that were given, by name.
    pub options: Vec<(String, String)>,
    /// Which heading holds a column of the measure.
    pub columns: Vec<(String, String)>,
    /// The headings of the groups; every heading that the measure does not read when `None`.
    pub groups: Option<Vec<String>>,
    /// The confidence levels of the limits.
    pub levels: Vec<Confidence>,
    /// The table to read; `-` is standard input.
    pub input: PathBuf,
    /// The table to write; `-` is standard output.
    pub out: PathBuf,
}

impl Subcommand for MeasureCall {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(MEASURES.iter().map(describe))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        MeasureEntry::named(name).is_ok()
    }
}

impl FromArgMatches for MeasureCall {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, given) = matches.subcommand().ok_or_else(missing)?;
        let entry = MeasureEntry::named(name).map_err(|_| missing())?;
        let many = |id: &str| given.get_many::<(String, String)>(id).into_iter().flatten().cloned().collect();
        let mut options: Vec<(String, String)> = many("option");
        for option in entry.options {
            let value = given.get_one::<String>(option.name);
            options.extend(value.map(|value| (option.name.to_owned(), value.clone())));
        }
        let path = |id: &str| given.get_one::<PathBuf>(id).cloned().unwrap_or_else(|| PathBuf::from("-"));
        Ok(MeasureCall {
            entry,
            options,
            columns: many("column"),
            groups: given.get_many::<String>("group").map(|groups| groups.cloned().collect()),
            levels: given.get_many::<Confidence>("levels").into_iter().flatten().copied().collect(),
            input: path("in"),
            out: path("out"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The command of a measure, with its options as flags.
fn describe(entry: &MeasureEntry) -> Command {
    let own = entry.options.iter().map(|option| {
        let default = if option.default.is_empty() { "" } else { option.default };
        let help = match default {
            "" => option.what.to_owned(),
            default => format!("{} [default: {default}]", option.what),
        };
        Arg::new(option.name).long(option.name).value_name("VALUE").allow_hyphen_values(true).help(help)
    });
    Command::new(entry.name)
        .aliases(entry.aliases)
        .about(entry.title)
        .long_about(format!("{}\n\n{}.", entry.title, entry.summary))
        .args(own)
        .args(of_every_measure())
        .after_long_help(explain(entry))
}

/// The flags that every measure has.
fn of_every_measure() -> [Arg; 6] {
    let pairs = |id: &'static str| Arg::new(id).long(id).action(ArgAction::Append).value_parser(pair);
    let file = |id: &'static str| {
        Arg::new(id).long(id).value_name("FILE").default_value("-").value_parser(value_parser!(PathBuf))
    };
    [
        Arg::new("group")
            .long("group")
            .value_name("HEADINGS")
            .value_delimiter(',')
            .help("Headings to group by, with commas between; rows of a group are added up where the measure allows it [default: every column that the measure does not read]"),
        pairs("column")
            .value_name("COLUMN=HEADING")
            .help("Which heading holds a column of the measure, such as events=deaths"),
        pairs("option").value_name("NAME=VALUE").help("An option of the measure, as its own flag gives it too"),
        Arg::new("levels")
            .long("levels")
            .value_name("PERCENT")
            .value_delimiter(',')
            .default_value("95,99.8")
            .value_parser(level)
            .help("Confidence levels of the limits, at most four"),
        file("in").help("The table to read, as CSV; - is standard input"),
        file("out").help("The table to write, as CSV; - is standard output"),
    ]
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("expected a name, an equals sign and a value".to_owned()),
    }
}

fn level(text: &str) -> Result<Confidence, String> {
    let number: f64 = text
        .trim()
        .trim_end_matches('%')
        .parse()
        .map_err(|_| "expected a percentage, such as 95".to_owned())?;
    Confidence::new(number).map_err(|error| error.to_string())
}

/// Columns, formula, source, peers and example of a measure, for its help.
fn explain(entry: &MeasureEntry) -> String {
    let mut text = String::from("Columns read:\n");
    for column in entry.columns {
        let needed = if column.required { "" } else { " (optional)" };
        text.push_str(&format!("  {}: {}, {}{needed}\n", column.name, column.what, kind(column.kind)));
    }
    text.push_str(&format!("\nColumns written:\n  {}\n", written(entry).join(", ")));
    text.push_str(&format!("\nFormula:\n  {}\n", entry.formula));
    text.push_str(&format!("\nSource:\n  {}\n", entry.source));
    text.push_str(&format!("\nPeers:\n  {}\n", entry.peers));
    text.push_str(&format!("\nExample: {} < in.csv\n{}", call(entry), indented(entry.example.input)));
    text.push_str(&format!("gives\n{}", indented(entry.example.output)));
    text
}

/// What the cells of a column may be, in a word.
pub fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Label => "text",
        other => other.expected(),
    }
}

/// The headings of an answer at the two standard levels.
pub fn written(entry: &MeasureEntry) -> Vec<&'static str> {
    let figures: &[&str] = match entry.shape.estimate {
        true => &["value", "lower95", "upper95", "lower998", "upper998"],
        false => &[],
    };
    [&["the groups"], entry.shape.labels, figures, entry.shape.after, &["method", "note"]].concat()
}

/// The example as one would type it.
pub fn call(entry: &MeasureEntry) -> String {
    let mut words = format!("het measures {}", entry.name);
    for (name, value) in entry.example.options {
        words.push_str(&format!(" --{name} {value}"));
    }
    words
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A measure whose option has the name of a flag of every measure, or of the place of the town, could not be called.
    #[test]
    fn every_measure_can_be_called() {
        let command = MeasureCall::augment_subcommands(Command::new("measures"));
        command.clone().debug_assert();
        for entry in MEASURES {
            let taken = ["group", "column", "option", "levels", "in", "out", "data", "database-url", "help"];
            assert!(entry.options.iter().all(|option| !taken.contains(&option.name)), "{}", entry.name);
            let mut words = vec!["measures", entry.name];
            let given: Vec<String> =
                entry.example.options.iter().map(|(name, value)| format!("--{name}={value}")).collect();
            words.extend(given.iter().map(String::as_str));
            let matches = command.clone().try_get_matches_from(words);
            assert!(matches.is_ok(), "{}", entry.name);
            let call = MeasureCall::from_arg_matches(&matches.unwrap_or_default());
            assert_eq!(call.map(|call| call.options.len()).ok(), Some(entry.example.options.len()));
        }
    }
}
