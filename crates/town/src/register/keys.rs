//! Where the keys of the register come from.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use store::register::Keys;

use crate::{Error, Result};

/// Where the keys come from: never a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// A file that not everybody on the machine may read.
    File(PathBuf),
    /// The keys themselves, as the environment gives them.
    Text(String),
    /// A command that prints them: that of a key management service.
    Command(String),
}

impl KeySource {
    /// Gets the keys.
    ///
    /// # Errors
    /// [`Error::Failed`] when the file, the text or what the command printed will not do. It repeats nothing of them.
    pub fn keys(&self) -> Result<Keys> {
        let text = match self {
            KeySource::File(path) => return Ok(Keys::read(path)?),
            KeySource::Text(text) => text.clone(),
            KeySource::Command(command) => printed_by(command)?,
        };
        Ok(Keys::parse(&text)?)
    }
}

fn printed_by(command: &str) -> Result<String> {
    let failed = |reason: String| Error::Failed { doing: "the command for the keys of the register", reason };
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = shell.output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("it did not print text".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_a_command() {
        let line = Keys::new_line().unwrap();
        let keys = KeySource::Command(format!("echo {line}")).keys().unwrap();
        assert_eq!(keys.newest(), KeySource::Text(line).keys().unwrap().newest());
        assert!(KeySource::Command("exit 3".to_owned()).keys().is_err());
        assert!(KeySource::Command("echo no key".to_owned()).keys().is_err());
        assert!(KeySource::File("/nowhere/keys".into()).keys().is_err());
    }
}
