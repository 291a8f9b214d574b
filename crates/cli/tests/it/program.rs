//! Running the built program, and a place for its data.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where a town is kept for one test: a folder of its own, or a database of its own on the server that `scripts/with-postgres`
/// started.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub url: Option<String>,
    /// The file with the keys of the register, once there is one.
    pub keys: Option<String>,
}

impl Place {
    pub fn sqlite() -> Place {
        Place { folder: tempfile::tempdir().unwrap(), url: None, keys: None }
    }

    pub fn postgres() -> Option<Place> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let Ok(server) = std::env::var("HET_TEST_POSTGRES") else {
            println!("skipped on PostgreSQL: HET_TEST_POSTGRES is not set (scripts/with-postgres sets it)");
            return None;
        };
        let name = format!("het_cli_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let made =
            Command::new("psql").args([&server, "-qc", &format!("CREATE DATABASE {name}")]).status().unwrap();
        assert!(made.success());
        let (base, _) = server.rsplit_once('/').unwrap();
        Some(Place { url: Some(format!("{base}/{name}")), ..Place::sqlite() })
    }

    /// The address that `Town::open` takes.
    pub fn address(&self) -> String {
        let file = || format!("sqlite://{}", self.folder.path().join("het.sqlite").display());
        self.url.clone().unwrap_or_else(file)
    }

    /// `het` with these words on this place.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_het"));
        command.args(words).stdin(Stdio::null()).env_remove("HET_DATA").env_remove("HET_DATABASE_URL");
        for name in [
            "HET_KEYS",
            "HET_KEYS_FILE",
            "HET_KEYS_COMMAND",
            "HET_REGISTER_URL",
            "HET_RETENTION",
            "HET_BACKUP_TO",
        ] {
            command.env_remove(name);
        }
        if let Some(keys) = &self.keys {
            command.env("HET_KEYS_FILE", keys);
        }
        match &self.url {
            Some(url) => command.args(["--database-url", url]),
            None => command.arg("--data").arg(self.folder.path()),
        };
        command
    }

    /// Runs `het` with these words on this place.
    pub fn het(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// What the doctor says, whatever it thinks of the server that tests are run on.
    pub fn doctor(&self) -> String {
        String::from_utf8(self.het(&["doctor"]).stdout).unwrap()
    }

    /// Adds somebody who may sign in.
    pub fn add_user(&self, email: &str, role: &str, password: &str) {
        let words = ["user", "add", "--email", email, "--name", "Somebody", "--role", role];
        let mut child = self.command(&words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }

    /// Runs `het`, which has to succeed, and gives what it printed.
    pub fn done(&self, words: &[&str]) -> String {
        let output = self.het(words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "het {words:?} failed: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `het`, which has to be refused with this exit code, and gives what it said.
    pub fn refused(&self, words: &[&str], code: i32) -> String {
        let output = self.het(words);
        assert_eq!(output.status.code(), Some(code), "het {words:?}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

/// Both kinds of place, where there is a server.
pub fn both() -> impl Iterator<Item = Place> {
    [Some(Place::sqlite()), Place::postgres()].into_iter().flatten()
}

/// Runs a command of `het` that needs no place, with this on its standard input.
pub fn piped(command: &str, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_het"))
        .arg(command)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may have closed it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What such a call that succeeds prints.
pub fn piped_done(command: &str, arguments: &[&str], input: &str) -> String {
    let output = piped(command, arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
