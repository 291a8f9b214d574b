//! The disk is full: what cannot be saved is refused clearly, pages can still be read, and with room again all goes on by itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::writers::{EMAIL, PASSWORD, check_answers, check_kept, save, signed_in};
use crate::asking::Served;
use crate::program::Place;

/// A small disk in memory, taken away in the end.
struct Disk(tempfile::TempDir);

impl Disk {
    fn of(megabytes: u32) -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m,mode=755");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            println!("skipped: a small disk cannot be mounted here (that takes root)");
            return None;
        }
        Some(Disk(folder))
    }

    /// Fills the disk but for about so many kilobytes.
    fn fill(&self, left: u64) -> PathBuf {
        let ballast = self.0.path().join("ballast");
        let _ = std::fs::remove_file(&ballast);
        let free = rustix_free(self.0.path());
        let output = Command::new("dd")
            .args(["if=/dev/zero", "bs=1024", &format!("count={}", (free / 1024).saturating_sub(left))])
            .arg(format!("of={}", ballast.display()))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        ballast
    }
}

fn rustix_free(path: &Path) -> u64 {
    let output = Command::new("df").args(["--output=avail", "-B1"]).arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap().trim().parse().unwrap()
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

fn a_full_disk(name: &str, place: &Place, disk: &Disk, left: u64) {
    place.add_user(EMAIL, "editor", PASSWORD);
    let served = Served::of(&mut place.command(&["serve", "--listen", "127.0.0.1:0"]));
    let (mut client, token) = signed_in(&served);
    let (mut acknowledged, mut refused, mut saved) = (Vec::new(), 0, 0);
    for round in 0..super::times() {
        let ballast = disk.fill(left);
        let began = Instant::now();
        let mut refusals = 0;
        while refusals < 5 {
            let answer = save(&mut client, &token, &format!("Synthetic {round}-{saved}"));
            saved += 1;
            check_answers(std::slice::from_ref(&answer));
            if answer.status == 303 {
                acknowledged.push(answer.name);
            } else {
                assert!(answer.body.contains("no room left"), "{}", answer.body);
                refusals += 1;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "the disk never was full");
            // Reading goes on.
            if refusals > 0 {
                for path in ["/", "/organisations", "/indicators", "/health/ready"] {
                    assert_eq!(client.get(path).status, 200, "{path} on a full disk");
                }
            }
        }
        refused += refusals;
        std::fs::remove_file(ballast).unwrap();
        let answer = save(&mut client, &token, &format!("Synthetic {round}-{saved}"));
        saved += 1;
        assert_eq!(answer.status, 303, "with room again it goes on: {}", answer.body);
        acknowledged.push(answer.name);
    }
    let list = client.get("/organisations.csv").body;
    for name in &acknowledged {
        assert!(list.contains(&format!("{name},")), "{name} was acknowledged and is not there");
    }
    served.stop();
    check_kept(place, &acknowledged);
    assert!(!place.doctor().contains("things are wrong"));
    println!(
        "{name}: disk full {} times: {} acknowledged, none lost; {refused} refused with 503; reading went on",
        super::times(),
        acknowledged.len()
    );
}

#[test]
fn a_full_disk_of_sqlite() {
    let Some(disk) = Disk::of(16) else { return };
    let folder = tempfile::tempdir_in(disk.0.path()).unwrap();
    a_full_disk("SQLite", &Place { folder, url: None, keys: None }, &disk, 400);
}

#[test]
fn a_full_disk_of_postgres() {
    let Some(disk) = Disk::of(192) else { return };
    // Its write-ahead log is small and made beforehand, so that it is the tables that find no room.
    let settings = "min_wal_size='32MB'\nmax_wal_size='48MB'";
    let Some(cluster) = Cluster::start(Some(disk.0.path()), settings) else { return };
    a_full_disk("PostgreSQL", &cluster.place(), &disk, 64);
    assert!(cluster.down("fast"));
}
