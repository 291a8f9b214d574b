//! How a command ends when it does not succeed.

use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The call was wrong: exit code 2.
    #[error("{0}")]
    Call(String),
    /// The data was refused, or something outside failed: exit code 1.
    #[error("{0}")]
    Refused(String),
    /// Whoever reads our output has stopped reading: not an error.
    #[error("output closed")]
    Closed,
}

impl Failure {
    /// Says what happened on standard error and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Failure::Closed => ExitCode::SUCCESS,
            Failure::Call(words) => {
                eprintln!("het: {words}");
                ExitCode::from(2)
            }
            Failure::Refused(words) => {
                eprintln!("het: {words}");
                ExitCode::from(1)
            }
        }
    }
}

impl From<town::Error> for Failure {
    fn from(error: town::Error) -> Failure {
        match error {
            town::Error::Forbidden { .. } => Failure::Call(error.to_string()),
            other => Failure::Refused(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Failure::Closed
        } else {
            Failure::Refused(error.to_string())
        }
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Failure {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Failure::Refused(format!("{other:?}")),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        if error.is_io() { std::io::Error::from(error).into() } else { Failure::Refused(error.to_string()) }
    }
}

impl From<parquet::errors::ParquetError> for Failure {
    fn from(error: parquet::errors::ParquetError) -> Failure {
        Failure::Refused(error.to_string())
    }
}

impl From<arrow::error::ArrowError> for Failure {
    fn from(error: arrow::error::ArrowError) -> Failure {
        Failure::Refused(error.to_string())
    }
}
