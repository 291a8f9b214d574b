//! A PostgreSQL server of one trial's own, which it may stop and start.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::Place;

pub struct Cluster {
    /// The folder of its data.
    data: PathBuf,
    bin: PathBuf,
    port: u16,
    folder: tempfile::TempDir,
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}

/// As whom the server runs: it refuses to run as root.
fn as_owner(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

impl Cluster {
    /// A new server with its data in `data`, or in a folder of its own; `None`, told, where PostgreSQL is not installed.
    pub fn start(data: Option<&Path>, settings: &str) -> Option<Cluster> {
        let bins = std::fs::read_dir("/usr/lib/postgresql").ok();
        let bins = bins.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        let Some(bin) = bins.filter(|bin| bin.join("initdb").exists()).max() else {
            println!("skipped: PostgreSQL is not installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let data = data.unwrap_or(folder.path()).join("data");
        if is_root() {
            for path in [folder.path(), data.parent().unwrap()] {
                assert!(Command::new("chown").arg("postgres").arg(path).status().unwrap().success());
            }
        }
        let made = as_owner(&bin.join("initdb"))
            .current_dir("/")
            .args(["--username", "het", "--auth", "trust", "--encoding", "UTF8", "--no-sync", "--pgdata"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        // A port that is free now; whoever takes it meanwhile makes the trial fail, not pass.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let socket = folder.path().display();
        let lines = format!(
            "listen_addresses='127.0.0.1'\nport={port}\nunix_socket_directories='{socket}'\n{settings}\n"
        );
        let file = data.join("postgresql.auto.conf");
        std::fs::write(&file, lines).unwrap();
        let cluster = Cluster { data, bin, port, folder };
        assert!(cluster.up(), "the server does not start");
        Some(cluster)
    }

    fn control(&self, words: &[&str]) -> bool {
        let log = self.folder.path().join("log");
        let done = as_owner(&self.bin.join("pg_ctl"))
            .current_dir("/")
            .args(["--silent", "--wait", "--pgdata"])
            .arg(&self.data)
            .arg("--log")
            .arg(log)
            .args(words)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
        done.unwrap().success()
    }

    pub fn up(&self) -> bool {
        self.control(&["start"])
    }

    /// Stops it: `fast` ends what is being done, `immediate` is a crash.
    pub fn down(&self, mode: &str) -> bool {
        self.control(&["stop", "--mode", mode])
    }

    /// A place for a town on it.
    pub fn place(&self) -> Place {
        Place { url: Some(format!("postgres://het@127.0.0.1:{}/postgres", self.port)), ..Place::sqlite() }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.down("immediate");
    }
}
