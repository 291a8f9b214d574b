//! The readers of published files on the published files themselves, on damaged copies of them, and on cases by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod areas;
mod boundaries;
mod cover;
mod cover_damage;
mod damage;
mod deprivation;
mod fingertips;
mod postcodes;
mod programme;

use std::path::PathBuf;

/// A file of the folder of real published files, which lies beside the clone; `None`, said on the screen, where it is
/// absent.
pub fn real(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("skipped: the real file {path} is not beside the clone");
            None
        }
    }
}
