//! The commands about records of people.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use vocabulary::Date;

/// What to do with the register.
#[derive(Debug, Subcommand)]
pub enum Register {
    /// Import people: all of the file or none of it
    #[command(
        after_help = "Example:\n  het register import people.csv --dry-run\n\nColumns: family_name, given_name, date_of_birth (2019-03-31), sex (female, male, indeterminate, unknown); and as far as they are known nhs_number, address, postcode, lsoa, telephone, language, guardian_nhs_number, guardian_is, notes, sharing.\n\nSomebody who is there already, by NHS number or by names, date of birth and postcode, is changed by what the file has; what it leaves empty stays. What is wrong is told with its cell and the shape of the value (letters as x, digits as 9), never the value."
    )]
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Say what would change and keep nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write out everything that is held about somebody, who has read it included, for the person (UK GDPR Article 15)
    #[command(
        after_help = "Example:\n  het register access 0f3c… --format pdf --out record.pdf\n\nThe record is named as its page's address ends, or - reads an NHS number from standard input, so that it stands in no history."
    )]
    Access {
        /// The record, or -
        record: String,
        /// The format to write
        #[arg(long, value_enum, default_value_t = AccessKind::Pdf)]
        format: AccessKind,
        /// The file to write, which only its owner may read; - is standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Erase somebody, unless their record is held (UK GDPR Article 17)
    #[command(after_help = "Example:\n  het register erase 0f3c… --reason no-longer-needed")]
    Erase {
        /// The record, or - for an NHS number from standard input
        record: String,
        /// Why: no-longer-needed, consent-withdrawn, objection, unlawful or legal-obligation
        #[arg(long)]
        reason: String,
    },
    /// Give out the fields of a purpose of everybody whom it may use, as CSV
    #[command(after_help = "Example:\n  het register extract planning --out planning.csv")]
    Extract {
        /// The purpose: planning, research, voluntary
        purpose: String,
        /// The file to write, which only its owner may read; - is standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The national data opt-out: write the numbers for its service, or keep its answer
    #[command(
        after_help = "Examples:\n  het register opt-outs --ask numbers.dat\n  het register opt-outs --answer returned.dat --checked-on 2026-11-24\n\nThe answer holds those who have not opted out. Planning and research use nobody else, for 21 days."
    )]
    OptOuts {
        /// Write everybody's numbers into this file, which only its owner may read
        #[arg(long, value_name = "FILE", required_unless_present = "answer", conflicts_with = "answer")]
        ask: Option<PathBuf>,
        /// Keep the answer in this file in place of the last one
        #[arg(long, value_name = "FILE", requires = "checked_on")]
        answer: Option<PathBuf>,
        /// The day on which the service answered
        #[arg(long, value_name = "DATE")]
        checked_on: Option<Date>,
    },
}

/// A format in which somebody gets their record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccessKind {
    /// Tagged PDF
    Pdf,
    /// JSON
    Json,
    /// A part of a web page
    Html,
}

/// How to throw away what is past its time.
#[derive(Debug, Args)]
pub struct Retention {
    /// Say what would be thrown away and keep it
    #[arg(long)]
    pub dry_run: bool,
    /// A schedule of the council's own, laid out like het's
    #[arg(long, value_name = "FILE")]
    pub schedule: Option<PathBuf>,
    /// The day on which it is judged [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Print het's schedule, to be changed
    #[arg(long, conflicts_with_all = ["dry_run", "schedule", "as_of"])]
    pub show: bool,
}

/// Documents about privacy.
#[derive(Debug, Subcommand)]
pub enum Privacy {
    /// The data protection impact assessment (UK GDPR Article 35), with blanks for what the council decides
    #[command(after_help = "Example:\n  het privacy dpia --format word --out dpia.docx")]
    Dpia(PrivacyOut),
    /// The record of processing activities (UK GDPR Article 30), with blanks for what the council decides
    #[command(after_help = "Example:\n  het privacy record --format word --out processing.docx")]
    Record(PrivacyOut),
}

/// How to write a document about privacy.
#[derive(Debug, Args)]
pub struct PrivacyOut {
    /// The format to write
    #[arg(long, value_enum, default_value_t = PrivacyKind::Markdown)]
    pub format: PrivacyKind,
    /// The file to write; - is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub out: PathBuf,
}

/// A format of a document about privacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PrivacyKind {
    /// Markdown
    Markdown,
    /// A part of a web page
    Html,
    /// Word
    Word,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Put a new key on top of a key file, which is made when it is not there; keep a copy away from this machine and from the backups
    #[command(
        after_help = "Example:\n  het keys new --out /etc/het/register.keys\n  het keys rotate --keys /etc/het/register.keys"
    )]
    New {
        /// The key file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List the keys by their public names, and how much each seals
    List,
    /// Seal anew, with the newest key, all that an older key seals
    Rotate,
}
