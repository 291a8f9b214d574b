//! How long the releases in the data folder take to read, all of them and one of each format.

use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cover")
}

fn file(name: &str) -> Option<(String, Vec<u8>)> {
    let bytes = std::fs::read(folder().join(name)).ok()?;
    Some((name.to_owned(), bytes))
}

#[divan::bench(args = ["cover_2013_2014_q4.xls", "cover_2016_2017_q2.xlsx", "cover_2022_2023_q3.ods"], sample_count = 20)]
fn one(bencher: divan::Bencher<'_, '_>, name: &str) {
    let Some((name, bytes)) = file(name) else { return };
    bencher.bench(|| sources::cover::read(&name, &bytes).map(|cover| cover.observations.len()));
}

#[divan::bench(sample_count = 5)]
fn all(bencher: divan::Bencher<'_, '_>) {
    let Ok(entries) = std::fs::read_dir(folder()) else { return };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let files: Vec<(String, Vec<u8>)> = names.filter_map(|name| file(&name)).collect();
    bencher.bench(|| files.iter().filter_map(|(name, bytes)| sources::cover::read(name, bytes).ok()).count());
}
