//! The table of `het vaccines`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use vocabulary::Date;

use super::Format;

/// What to do with vaccination histories.
#[derive(Debug, Subcommand)]
pub enum Vaccines {
    /// Say for every child of a file what is due, overdue and next due
    #[command(
        after_help = "Examples:\n  het vaccines forecast children.csv --as-of 2026-11-01 --out forecast.csv\n  het vaccines forecast children.parquet --out forecast.parquet\n  het vaccines forecast - --input json --format json < children.jsonl\n\nA line for each child: id, born, sex, conditions, doses, where doses is '6in1 2025-03-01;menb 2025-03-01'.\nA line for each dose is read too: id, born, sex, vaccine, date."
    )]
    Forecast(Forecast),
    /// Hold the engine against CDC's published cases and print where it differs
    #[command(after_help = "Example:\n  het vaccines check --cases cdsi-healthy-cases.xlsx --schedule xml/")]
    Check(Check),
    /// Print every rule that each dose met and failed, and the plan for the next visit
    #[command(
        after_help = "Examples:\n  het vaccines explain --born 2025-01-10 --sex f --dose mmrv@2026-01-12 --as-of 2026-07-10\n  het vaccines explain --file children.csv --id 17"
    )]
    Explain(Explain),
    /// Answer an HL7 FHIR R4 $immds-forecast request: Parameters on standard input, Parameters on standard output
    #[command(after_help = "Example:\n  het vaccines fhir --schedule uk < request.json")]
    Fhir(Fhir),
    /// Count uptake as COVER does, standing now, timeliness, or doses by birth cohort
    #[command(
        after_help = "Examples:\n  het vaccines uptake children.csv --from 2026-04-01 --to 2026-06-30 --by practice\n  het vaccines uptake children.csv --count now --by area,quintile --as-of 2026-11-01\n  het vaccines uptake children.csv --count timeliness --course mmr --dose 1\n  het vaccines uptake children.csv --count cohorts --by area"
    )]
    Uptake(Uptake),
    /// Say how far measles would spread: in one school, or in each group of a file of children
    #[command(
        after_help = "Examples:\n  het vaccines outbreak --people 500 --vaccinated 450\n  het vaccines outbreak --file children.csv --by area --as-of 2026-11-01"
    )]
    Outbreak(Outbreak),
    /// Make a file of synthetic children with histories
    #[command(
        after_help = "Example:\n  het vaccines synthesise --children 1000000 --seed 7 --out children.csv"
    )]
    Synthesise(Synthesise),
    /// Print the UK schedule's codes, disputed points and sources
    #[command(after_help = "Example:\n  het vaccines schedule")]
    Schedule,
}

/// Which schedule.
#[derive(Debug, Args)]
pub struct WhichSchedule {
    /// uk, or the folder of CDC's supporting data in XML
    #[arg(long, default_value = "uk", value_name = "uk|DIR")]
    pub schedule: PathBuf,
    /// Choose otherwise where the UK sources disagree; can be repeated
    #[arg(long = "choose", value_name = "NAME=CHOICE")]
    pub choices: Vec<String>,
}

/// What to forecast.
#[derive(Debug, Args)]
pub struct Forecast {
    /// The file of children (.csv, .jsonl or .parquet); - is standard input
    #[arg(default_value = "-", value_name = "FILE")]
    pub file: PathBuf,
    /// Which schedule
    #[command(flatten)]
    pub schedule: WhichSchedule,
    /// The day on which the children are assessed [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The format of the children [default: by the file's ending]
    #[arg(long, value_enum)]
    pub input: Option<Format>,
    /// The format to write [default: by the ending of --out, or as the children]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
    /// Threads [default: one for each core]
    #[arg(long)]
    pub threads: Option<usize>,
}

/// What to check.
#[derive(Debug, Args)]
pub struct Check {
    /// CDC's workbook of cases, for healthy people or with conditions
    #[arg(long, value_name = "FILE.xlsx")]
    pub cases: PathBuf,
    /// The folder of CDC's supporting data in XML
    #[arg(long, value_name = "DIR")]
    pub schedule: PathBuf,
}

/// Whom to explain.
#[derive(Debug, Args)]
pub struct Explain {
    /// Which schedule
    #[command(flatten)]
    pub schedule: WhichSchedule,
    /// The file of children to find the child in (.csv, .jsonl or .parquet)
    #[arg(long, value_name = "FILE", requires = "id", conflicts_with = "born")]
    pub file: Option<PathBuf>,
    /// The child's id in the file
    #[arg(long, requires = "file")]
    pub id: Option<String>,
    /// The date of birth
    #[arg(long, value_name = "DATE", required_unless_present = "file")]
    pub born: Option<String>,
    /// The sex: f or m
    #[arg(long, default_value = "")]
    pub sex: String,
    /// A dose: the vaccine's code and the day; can be repeated
    #[arg(long = "dose", value_name = "CODE@DATE")]
    pub doses: Vec<String>,
    /// A condition by its code; can be repeated
    #[arg(long = "condition", value_name = "CODE")]
    pub conditions: Vec<String>,
    /// The day on which a birth is expected
    #[arg(long, value_name = "DATE", default_value = "")]
    pub expecting: String,
    /// The day of assessment [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Every series, not only those that the child is held to (CDC's schedule)
    #[arg(long)]
    pub all: bool,
    /// Offer only products without gelatine
    #[arg(long)]
    pub without_gelatine: bool,
    /// A vaccine that was refused; can be repeated
    #[arg(long, value_name = "CODE")]
    pub refused: Vec<String>,
    /// There is no consent
    #[arg(long)]
    pub no_consent: bool,
}

/// How to answer.
#[derive(Debug, Args)]
pub struct Fhir {
    /// Which schedule
    #[command(flatten)]
    pub schedule: WhichSchedule,
}

/// What to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Count {
    /// Vaccinated by the birthday, as COVER counts
    Cover,
    /// Overdue and due today
    Now,
    /// The share vaccinated by each age
    Timeliness,
    /// Doses had by each birth year, and the susceptible
    Cohorts,
}

/// Which children a figure is out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denominator {
    /// Registered with a practice of the area
    Registered,
    /// Living in the area
    Resident,
    /// Registered with a practice of the area, or living in it and registered nowhere
    Responsible,
}

/// What uptake to count.
#[derive(Debug, Args)]
pub struct Uptake {
    /// The file of children (.csv, .jsonl or .parquet) with a column for each group; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to count
    #[arg(long, value_enum, default_value_t = Count::Cover)]
    pub count: Count,
    /// The columns to group by, with commas between: practice, area, quintile, ethnicity
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub by: Vec<String>,
    /// The first birthday counted [default: a year before the last]
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// The last birthday counted [default: the day of assessment]
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// One of COVER's indicators: 24m-mmr1 [default: all]
    #[arg(long)]
    pub indicator: Option<String>,
    /// Which children a figure is out of; columns registered, resident and registered_elsewhere say yes or no
    #[arg(long, value_enum, default_value_t = Denominator::Registered)]
    pub denominator: Denominator,
    /// The course, for timeliness and cohorts
    #[arg(long, default_value = "mmr")]
    pub course: String,
    /// The number of the dose, for timeliness
    #[arg(long, default_value_t = 1)]
    pub dose: u8,
    /// The day of assessment [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The format of the children [default: by the file's ending]
    #[arg(long, value_enum)]
    pub input: Option<Format>,
    /// The format to write
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}

/// Whose outbreak.
#[derive(Debug, Args)]
pub struct Outbreak {
    /// People in the setting
    #[arg(long, default_value_t = 500)]
    pub people: u32,
    /// Of whom fully vaccinated
    #[arg(long, required_unless_present = "file")]
    pub vaccinated: Option<u32>,
    /// Unvaccinated people who are infectious at the start
    #[arg(long, default_value_t = 1)]
    pub cases: u32,
    /// How many new infections make an outbreak large
    #[arg(long, default_value_t = 10)]
    pub large: u32,
    /// Simulations
    #[arg(long, default_value_t = 10_000)]
    pub runs: u32,
    /// The seed: the same seed gives the same figures
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// A file of children (.csv, .jsonl or .parquet), for the coverage of each group
    #[arg(long, value_name = "FILE", conflicts_with = "vaccinated")]
    pub file: Option<PathBuf>,
    /// The columns to group the file's children by, with commas between
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS", requires = "file")]
    pub by: Vec<String>,
    /// The day of assessment [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The format to write
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}

/// How many children to make.
#[derive(Debug, Args)]
pub struct Synthesise {
    /// Children
    #[arg(long, default_value_t = 1_000)]
    pub children: u64,
    /// The seed: the same seed gives the same children
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The day on which they are seen: nothing is given later
    #[arg(long, value_name = "DATE", default_value = "2026-11-01")]
    pub as_of: Date,
    /// The format to write [default: by the ending of --out]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}
