//! The commands that see to it that nothing is lost.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Make a backup, or do something with backups.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Backup {
    /// Something else than making one.
    #[command(subcommand)]
    pub what: Option<BackupWhat>,
    /// The file to write, or a folder in which it is named for the moment
    #[arg(long, value_name = "FILE", required = true)]
    pub out: Option<PathBuf>,
    /// The key file: the first key in it seals
    #[arg(long, value_name = "FILE", env = "HET_BACKUP_KEY", required = true)]
    pub key: Option<PathBuf>,
    /// Afterwards keep the newest backup of each of so many days, weeks and months, and remove the others of the folder
    #[arg(long, value_name = "COUNT")]
    pub keep_days: Option<usize>,
    /// So many weeks
    #[arg(long, value_name = "COUNT", default_value_t = 0, requires = "keep_days")]
    pub keep_weeks: usize,
    /// So many months
    #[arg(long, value_name = "COUNT", default_value_t = 0, requires = "keep_days")]
    pub keep_months: usize,
}

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub enum BackupWhat {
    /// Write a new key file; without it a backup cannot be restored, so keep it elsewhere too
    Key {
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Prove a backup: restore it into a scratch place, compare every table, check its audit log
    Verify {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The key file
        #[arg(long, value_name = "FILE", env = "HET_BACKUP_KEY")]
        key: PathBuf,
    },
    /// List the backups of a folder
    List {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What to restore.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup, or a folder of backups
    #[arg(value_name = "FILE")]
    pub from: PathBuf,
    /// Of a folder, the newest that was made at or before this moment [default: the newest]
    #[arg(long, value_name = "MOMENT")]
    pub at: Option<town::Moment>,
    /// The key file
    #[arg(long, value_name = "FILE", env = "HET_BACKUP_KEY")]
    pub key: PathBuf,
    /// Put aside the embedded database that is there; stop het first
    #[arg(long)]
    pub replace: bool,
}

/// Where to move to.
#[derive(Debug, Args)]
pub struct Move {
    /// The empty database to move to: postgres://USER@HOST/NAME or sqlite://FILE
    #[arg(long, value_name = "URL")]
    pub to: String,
    /// Where the register goes, when not beside it: the same database with the register's own role
    #[arg(long, value_name = "URL")]
    pub to_register: Option<String>,
}
