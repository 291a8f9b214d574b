//! How to serve.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use vocabulary::Date;

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT", env = "HET_LISTEN")]
    pub listen: std::net::SocketAddr,
    /// Behind a proxy that speaks HTTPS: cookies and headers are those of a secure site
    #[arg(long)]
    pub behind_https: bool,
    /// Where people reach het, which passkeys and providers are bound to [default: http://localhost and the port, without HTTPS]
    #[arg(long, value_name = "ADDRESS", env = "HET_SITE", value_parser = town::accounts::Site::parse)]
    pub site: Option<town::accounts::Site>,
    /// A file that names the providers at whom people may sign in (OpenID Connect), a table for each; docs/operations.md shows one
    #[arg(long, value_name = "FILE", env = "HET_PROVIDERS")]
    pub providers: Option<PathBuf>,
    /// The certificate with which het itself speaks HTTPS, and those that vouch for it (PEM); it is read again when it changes
    #[arg(
        long,
        value_name = "FILE",
        env = "HET_TLS_CERTIFICATE",
        requires = "tls_key",
        conflicts_with = "behind_https"
    )]
    pub tls_certificate: Option<PathBuf>,
    /// Its private key (PEM), which not everybody may read
    #[arg(long, value_name = "FILE", env = "HET_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Leave the jobs of the hour and the night to other processes that serve the same town
    #[arg(long)]
    pub no_jobs: bool,
    /// Every night count the records that are past their time: by a schedule in this file, or het for het's own
    #[arg(long, value_name = "SCHEDULE", env = "HET_RETENTION")]
    pub retention: Option<PathBuf>,
    /// Every night back up into this folder
    #[arg(long, value_name = "DIR", env = "HET_BACKUP_TO", requires = "backup_key")]
    pub backup_to: Option<PathBuf>,
    /// The key file that seals the backups
    #[arg(long, value_name = "FILE", env = "HET_BACKUP_KEY")]
    pub backup_key: Option<PathBuf>,
    /// Keep the newest backup of each of so many days, weeks and months, and remove the others of the folder
    #[arg(long, value_name = "DAYS,WEEKS,MONTHS", env = "HET_BACKUP_KEEP", requires = "backup_to")]
    pub backup_keep: Option<KeepBackups>,
    /// The day on which everything is judged, for trying out [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// How to write the log, on standard error; HET_LOG says how much (info, warn, debug)
    #[arg(long, value_enum, default_value_t = Log::Text, env = "HET_LOG_FORMAT")]
    pub log: Log,
}

/// A format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// For people
    Text,
    /// JSON, one object a line, for a collector of logs
    Json,
}

/// How many days, weeks and months of backups are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeepBackups(pub town::backup::Keep);

impl FromStr for KeepBackups {
    type Err = String;

    fn from_str(text: &str) -> Result<KeepBackups, String> {
        let numbers: Result<Vec<usize>, _> = text.split(',').map(|part| part.trim().parse()).collect();
        match numbers.as_deref() {
            Ok(&[days, weeks, months]) => Ok(KeepBackups(town::backup::Keep { days, weeks, months })),
            _ => Err("expected three numbers with commas between, such as 7,5,12".to_owned()),
        }
    }
}
