//! The table of commands.

mod keep;
pub mod measures;
mod people;
mod register;
mod serve;
mod spc;
mod vaccines;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use vocabulary::{AreaCode, Date};

pub use self::spc::Spc;
pub use keep::{Backup, BackupWhat, Move, Restore};
pub use people::{Machine, User};
pub use register::{AccessKind, Keys, Privacy, PrivacyKind, Register, Retention};
pub use serve::{Log, Serve};
pub use vaccines::{
    Check, Count, Denominator, Explain, Fhir, Forecast, Outbreak, Synthesise, Uptake, Vaccines, WhichSchedule,
};

/// Runs a health equity town: from published figures to the partnership's board and its progress report.
#[derive(Debug, Parser)]
#[command(name = "het", version, propagate_version = true, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 done, 1 the data was refused, 2 the call was wrong.")]
pub struct Arguments {
    /// Where the town is kept.
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the town is kept.
#[derive(Debug, Args)]
pub struct Place {
    /// Folder of the embedded database [default: het in the user's data folder]
    #[arg(long, global = true, value_name = "DIR", env = "HET_DATA")]
    pub data: Option<PathBuf>,
    /// Address of a shared database: postgres://USER@HOST/NAME, or sqlite://FILE
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "HET_DATABASE_URL",
        conflicts_with = "data",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Address of the register, where it has a database role of its own: postgres://ROLE@HOST/NAME
    #[arg(long, global = true, value_name = "URL", env = "HET_REGISTER_URL", hide_env_values = true)]
    pub register_url: Option<String>,
    /// The file with the keys of the register, the newest first (het keys new)
    #[arg(long = "keys", global = true, value_name = "FILE", env = "HET_KEYS_FILE")]
    pub keys_file: Option<PathBuf>,
    /// A command that prints them, such as that of a key management service; HET_KEYS has them themselves
    #[arg(
        long,
        global = true,
        value_name = "COMMAND",
        env = "HET_KEYS_COMMAND",
        conflicts_with = "keys_file",
        hide_env_values = true
    )]
    pub keys_command: Option<String>,
}

/// Everything that het does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import published files or the partnership's workbook: all of them or none
    #[command(
        after_help = "Examples:\n  het import cover cover_2024_2025_q4.ods\n  het import deprivation File_7.csv --dry-run\n  het import programme partnership.xlsx"
    )]
    Import(Import),
    /// Export figures with where they came from, or the partnership's workbook
    Export {
        /// What to export.
        #[command(subcommand)]
        what: Export,
    },
    /// Make or publish reports
    Report {
        /// Which report.
        #[command(subcommand)]
        what: Report,
    },
    /// Serve the town's pages
    #[command(
        after_help = "Examples:\n  het serve --listen 127.0.0.1:8080\n  het serve --listen 0.0.0.0:443 --tls-certificate het.pem --tls-key het.key\n  het serve --backup-to backups/ --backup-key backup.key --backup-keep 7,5,12 --retention het\n\nSeveral may serve one PostgreSQL: each job of the night or the hour is then done by one of them."
    )]
    Serve(Serve),
    /// Fill an empty town with the synthetic one, which says everywhere that it is synthetic
    #[command(after_help = "Example:\n  het demo --data /tmp/town && het serve --data /tmp/town")]
    Demo(Demo),
    /// Look after the people who may sign in
    User {
        /// What to do.
        #[command(subcommand)]
        what: User,
    },
    /// Look after the programs that may ask, each with a token
    Machine {
        /// What to do.
        #[command(subcommand)]
        what: Machine,
    },
    /// Set the town's name, area, neighbours and colour, and who must have a second factor
    #[command(
        after_help = "Example:\n  het set --name Luton --area E06000032 --region E12000006 --neighbours E06000031,E06000037\n  het set --second-factor-for administrator,director,immunisation-lead"
    )]
    Set(Set),
    /// Look after the audit log
    Audit {
        /// What to do.
        #[command(subcommand)]
        what: Audit,
    },
    /// Look after the register: records of people
    Register {
        /// What to do.
        #[command(subcommand)]
        what: Register,
    },
    /// Throw away, or make anonymous, records of people that are past their time, unless a hold keeps them
    #[command(
        after_help = "Examples:\n  het retention --dry-run\n  het retention --show > ours.toml && het retention --schedule ours.toml"
    )]
    Retention(Retention),
    /// Write documents that data protection law asks for, from what het is configured to do
    Privacy {
        /// Which document.
        #[command(subcommand)]
        what: Privacy,
    },
    /// Look after the keys that the register is sealed with
    Keys {
        /// What to do.
        #[command(subcommand)]
        what: Keys,
    },
    /// Make, list and prove backups: sealed, and taken while the town is in use
    #[command(
        after_help = "Examples:\n  het backup key --out backup.key\n  het backup --out backups/ --key backup.key --keep-days 7 --keep-weeks 5 --keep-months 12\n  het backup verify backups/het-2026-11-24T020000Z.hetbackup --key backup.key"
    )]
    Backup(Backup),
    /// Restore a backup and compare every table with it
    #[command(
        after_help = "Examples:\n  het restore monday.hetbackup --key backup.key --data /tmp/restored\n  het restore backups/ --at 2026-11-24T12:00:00Z --key backup.key --replace"
    )]
    Restore(Restore),
    /// Move everything to another database and compare every table
    #[command(after_help = "Example:\n  het move --data old --to postgres://het@127.0.0.1/het")]
    Move(Move),
    /// Look over the database, the audit log, the register and its keys, the disk, the settings, the backups and the clock
    #[command(
        after_help = "Example:\n  het doctor\n\nExit code 1 when something is wrong, not for a warning."
    )]
    Doctor,
    /// Vaccination histories: what counts, what is due, uptake and outbreak risk
    Vaccines {
        /// What to do.
        #[command(subcommand)]
        what: Vaccines,
    },
    /// Measure a table: CSV in, CSV out. `het measures NAME --help` explains a measure
    #[command(
        args_conflicts_with_subcommands = true,
        arg_required_else_help = true,
        after_help = "Example:\n  het measures dsr --levels 95 --column events=deaths < deaths.csv > rates.csv"
    )]
    Measures {
        /// List the measures, a line each
        #[arg(long)]
        list: bool,
        /// The measure.
        #[command(subcommand)]
        call: Option<measures::MeasureCall>,
    },
    /// Chart series: run and control charts by a named rule set, or their icons
    #[command(
        after_help = "Examples:\n  het spc --chart xmr --profile mdc-excel < series.csv\n  het spc --chart p --icons --by-attention --in wards.csv --out icons.csv\n  het spc --chart u --in falls.csv --out falls.parquet\n\nColumns: series, date, value, and as the kind needs or the file has them denominator, subgroup, target, improvement, rebase (the reason) and ghosted."
    )]
    Spc(Spc),
    /// Write the manual page or docs/cli.md from this same table of commands
    #[command(after_help = "Example:\n  het manual --format man > het.1")]
    Manual(Manual),
}

/// Import files.
#[derive(Debug, Args)]
pub struct Import {
    /// What the files are: areas, boundaries, postcodes, deprivation, cover, fingertips or programme
    #[arg(value_parser = kind_of_import)]
    pub kind: sources::Kind,
    /// The files; - reads one from standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Say what would change and keep nothing
    #[arg(long)]
    pub dry_run: bool,
}

fn kind_of_import(code: &str) -> Result<sources::Kind, String> {
    sources::Kind::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = sources::KINDS.iter().map(|row| row.code).collect();
        format!("expected one of: {}", codes.join(", "))
    })
}

/// What to export.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every figure with its numerator, denominator, status, version, file, sheet and cell
    #[command(
        after_help = "Example:\n  het export observations --source cover --area E06000032 --format csv"
    )]
    Observations(Observations),
    /// The partnership's workbook: import of it changes nothing
    #[command(after_help = "Example:\n  het export programme --out partnership.xlsx")]
    Programme {
        /// The file to write; - is standard output
        #[arg(long, default_value = "-", value_name = "FILE")]
        out: PathBuf,
    },
}

/// Which figures to export.
#[derive(Debug, Args)]
pub struct Observations {
    /// Of one source: cover, deprivation, fingertips, town
    #[arg(long)]
    pub source: Option<String>,
    /// Of one indicator: mmr1
    #[arg(long)]
    pub indicator: Option<String>,
    /// Of one age: 24 months
    #[arg(long)]
    pub age: Option<String>,
    /// Of one area: E06000032
    #[arg(long, value_name = "CODE")]
    pub area: Option<AreaCode>,
    /// Of periods that end on or after this day
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Of periods that start on or before this day
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// Older versions of revised figures too
    #[arg(long)]
    pub all_versions: bool,
    /// The format to write
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values
    Csv,
    /// JSON Lines: one object a line
    Json,
    /// Apache Parquet
    Parquet,
}

/// Which report.
#[derive(Debug, Subcommand)]
pub enum Report {
    /// The progress report of the partnership or one subgroup
    #[command(
        after_help = "Example:\n  het report progress --format pdf --out report.pdf\n  het report progress --subgroup children --from 2026-07-01 --to 2026-09-30 --format docx --out report.docx"
    )]
    Progress(Progress),
}

/// Which progress report.
#[derive(Debug, Args)]
pub struct Progress {
    /// For one subgroup, by its code [default: the whole partnership]
    #[arg(long, value_name = "CODE")]
    pub subgroup: Option<String>,
    /// The first day reported on [default: three months before the last]
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// The last day reported on [default: today]
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// The day on which statuses are computed [default: the last day reported on]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The format to write
    #[arg(long, value_enum, default_value_t = DocumentFormat::Pdf)]
    pub format: DocumentFormat,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
    /// Keep it as a published report, which never changes again
    #[arg(long)]
    pub publish: bool,
}

/// A format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// Tagged PDF (PDF/UA-1)
    Pdf,
    /// Word
    Docx,
    /// Excel
    Xlsx,
    /// A web page
    Html,
}

/// How to make the synthetic town.
#[derive(Debug, Args)]
pub struct Demo {
    /// The seed: the same seed gives the same town
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many synthetic people to put into the register, when its keys are given
    #[arg(long, default_value_t = 60, value_name = "COUNT")]
    pub people: usize,
}

/// What to set.
#[derive(Debug, Args)]
pub struct Set {
    /// The town's name
    #[arg(long)]
    pub name: Option<String>,
    /// The town's area: its upper-tier authority
    #[arg(long, value_name = "CODE")]
    pub area: Option<AreaCode>,
    /// The country it is compared with
    #[arg(long, value_name = "CODE")]
    pub country: Option<AreaCode>,
    /// The region it is compared with
    #[arg(long, value_name = "CODE")]
    pub region: Option<AreaCode>,
    /// Its nearest neighbours, with commas between
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub neighbours: Option<Vec<AreaCode>>,
    /// One accent colour
    #[arg(long, value_name = "#RRGGBB")]
    pub colour: Option<String>,
    /// The roles whose accounts must have a second factor, with commas between
    #[arg(long, value_name = "ROLES", value_delimiter = ',', value_parser = people::role)]
    pub second_factor_for: Option<Vec<town::Role>>,
    /// Nobody has to have a second factor any more
    #[arg(long, conflicts_with = "second_factor_for")]
    pub second_factor_for_nobody: bool,
}

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Check that no entry was changed, removed or put in, in the town's log and in the register's
    #[command(
        after_help = "Example:\n  het audit verify --entries 1204 --hash 9f2c…\n\nIt prints where the log ends. Keep that elsewhere: given again, it proves that nothing before it was changed."
    )]
    Verify {
        /// The log had this many entries before …
        #[arg(long, value_name = "COUNT", requires = "hash")]
        entries: Option<u64>,
        /// … and this was the hash of the last of them
        #[arg(long, value_name = "HASH", requires = "entries")]
        hash: Option<String>,
        /// They were of the register's log
        #[arg(long, requires = "entries")]
        register: bool,
    },
    /// Write out a whole log, the oldest entry first
    #[command(after_help = "Example:\n  het audit export --format csv --out audit.csv")]
    Export {
        /// The log of the register, not the town's
        #[arg(long)]
        register: bool,
        /// The format to write: csv or json
        #[arg(long, value_enum, default_value_t = AuditFormat::Json)]
        format: AuditFormat,
        /// The file to write; - is standard output
        #[arg(long, default_value = "-", value_name = "FILE")]
        out: PathBuf,
    },
}

/// A format of the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// Comma-separated values
    Csv,
    /// JSON Lines: one object a line
    Json,
}

/// How to write the manual.
#[derive(Debug, Args)]
pub struct Manual {
    /// A page for man, or Markdown
    #[arg(long, value_enum, default_value_t = ManualFormat::Man)]
    pub format: ManualFormat,
}

/// A format of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ManualFormat {
    /// roff, for man
    Man,
    /// Markdown, as in docs/cli.md
    Markdown,
    /// The table of measures as Markdown, as in docs/measures.md
    Measures,
    /// The kinds of chart and the rule sets as Markdown, as in docs/charts.md
    Charts,
}
