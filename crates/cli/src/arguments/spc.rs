//! How to chart series.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use spc::text::Values;

use super::Format;

/// How to chart series.
#[derive(Debug, Args)]
pub struct Spc {
    /// The kind of chart; --list prints them
    #[arg(long, value_name = "KIND", default_value = "xmr", value_parser = kind)]
    pub chart: spc::Kind,
    /// The rule set; --list prints them
    #[arg(long, value_name = "NAME", default_value = "mdc-excel", value_parser = profile)]
    pub profile: &'static spc::Profile,
    /// One row a series with its icons, instead of one row a point
    #[arg(long)]
    pub icons: bool,
    /// Rows of icons in the order of what needs attention
    #[arg(long, requires = "icons")]
    pub by_attention: bool,
    /// Take the limits from so many first points of each series
    #[arg(long, value_name = "POINTS")]
    pub freeze: Option<usize>,
    /// How values are read where the kind has a denominator
    #[arg(long, value_enum, default_value_t = ValuesAs::Auto)]
    pub values: ValuesAs,
    /// Print the kinds of chart and the rule sets instead
    #[arg(long)]
    pub list: bool,
    /// The file to read: series, date, value and what the kind needs; - is standard input
    #[arg(long = "in", default_value = "-", value_name = "FILE")]
    pub input: PathBuf,
    /// The format to write [default: by the ending of --out, or csv]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}

/// How values are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValuesAs {
    /// As counts when every value of a series is whole, and otherwise as shares
    Auto,
    /// As counts, to be divided by the denominator
    Counts,
    /// As proportions or rates that have been divided already
    Shares,
}

impl From<ValuesAs> for Values {
    fn from(values: ValuesAs) -> Values {
        match values {
            ValuesAs::Auto => Values::Auto,
            ValuesAs::Counts => Values::Counts,
            ValuesAs::Shares => Values::Shares,
        }
    }
}

fn kind(name: &str) -> Result<spc::Kind, String> {
    spc::Kind::named(name).map_err(|error| error.to_string())
}

fn profile(name: &str) -> Result<&'static spc::Profile, String> {
    spc::Profile::named(name).map_err(|error| error.to_string())
}
