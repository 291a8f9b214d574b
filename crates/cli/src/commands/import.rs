//! `het import`.

use std::io::{IsTerminal, Read};

use indicatif::{ProgressBar, ProgressStyle};
use town::indicators::{ImportFile, Imported};

use super::place;
use crate::arguments::{Import, Place};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, import: Import) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let mut files = Vec::with_capacity(import.files.len());
    for path in import.files {
        files.push(if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            ImportFile::Bytes("standard input".to_owned(), bytes)
        } else {
            ImportFile::Path(path)
        });
    }
    let bar = bar(files.len());
    let mut progress = |done: usize, _: usize, name: &str| {
        bar.set_position(done as u64);
        bar.set_message(name.to_owned());
    };
    let imported = town.import(&place::operator(), import.kind, files, import.dry_run, &mut progress).await;
    bar.finish_and_clear();
    let imported = imported?;
    print(&imported, import.dry_run)?;
    town.close().await?;
    Ok(())
}

/// A bar for several files, when a terminal is watching.
fn bar(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files  {msg}") {
        bar.set_style(style);
    }
    bar
}

fn print(imported: &Imported, dry_run: bool) -> Result<(), Failure> {
    for file in &imported.files {
        if file.known_already {
            say(&format!("{}: imported before, nothing to do", file.file))?;
        } else {
            let (added, revised, unchanged) = (file.added, file.revised, file.unchanged);
            say(&format!(
                "{}: {}: {added} new, {revised} revised, {unchanged} unchanged",
                file.file, file.vintage
            ))?;
        }
        for finding in &file.findings {
            say(&format!("  note: {finding}"))?;
        }
    }
    match (dry_run, imported.kept) {
        (true, _) => say("Tried out: nothing was kept."),
        (false, true) => say("Kept."),
        (false, false) => say("Nothing has changed."),
    }
}
