//! Importing files: any number of one kind, all of them or none.

use std::collections::{HashSet, VecDeque};

use sources::Kind;
use store::Write;
use store::indicators::{self as tables, Counts, DeprivationFile, NewImport, Recorder};

pub use super::reading::ImportFile;
use super::reading::{Content, ReadFile, Rows, read};
use crate::{Actor, Error, Permission, Result, Town, now};

/// What became of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Each file in the order given.
    pub files: Vec<FileOutcome>,
    /// Whether anything was kept: not when it was only tried out, and not when everything was known.
    pub kept: bool,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOutcome {
    /// Its name, without its folder.
    pub file: String,
    /// What it is about, in words; empty when it was not read because its content is known.
    pub vintage: String,
    /// Figures or rows that were new.
    pub added: u64,
    /// Figures that replace an older version, which is kept.
    pub revised: u64,
    /// Figures that were known.
    pub unchanged: u64,
    /// Whether exactly this content was imported before.
    pub known_already: bool,
    /// What was noticed while it was read.
    pub findings: Vec<String>,
}

/// Told after each file: how many are done, of how many, and the name.
pub type Progress<'a> = &'a mut (dyn FnMut(usize, usize, &str) + Send);

impl Town {
    /// Imports files of one kind in one transaction. With `dry_run` everything is done and then undone, so that the counts
    /// say exactly what would change.
    ///
    /// # Errors
    /// [`Error::Source`] naming file, sheet, row, column and value when any file is refused: then nothing of any file is kept.
    pub async fn import(
        &self,
        actor: &Actor,
        kind: Kind,
        files: Vec<ImportFile>,
        dry_run: bool,
        progress: Progress<'_>,
    ) -> Result<Imported> {
        actor.require(Permission::Import)?;
        let details =
            kind.details().ok_or(Error::NotFound { what: "kind of import", value: format!("{kind:?}") })?;
        let known = self.contents_known(details.code).await?;
        let total = files.len();
        let mut waiting = files.into_iter();
        let mut reading: VecDeque<tokio::task::JoinHandle<_>> = VecDeque::new();
        let at_once = std::thread::available_parallelism().map_or(2, |n| n.get()) + 1;
        let write = self.store().write().await?;
        let mut recorder = None;
        let mut outcomes: Vec<FileOutcome> = Vec::with_capacity(total);
        let at = now().to_string();
        let mut met = HashSet::with_capacity(total);
        // Files are read side by side and recorded in the order given, with no more in memory than are being read.
        loop {
            while reading.len() < at_once
                && let Some(file) = waiting.next()
            {
                let known = known.clone();
                reading.push_back(tokio::task::spawn_blocking(move || {
                    read(file, kind, |sha| known.contains(sha))
                }));
            }
            let Some(next) = reading.pop_front() else { break };
            let file = next
                .await
                .map_err(|e| Error::Failed { doing: "reading a file", reason: e.to_string() })??;
            let mut file = file;
            // The same file given twice: its content is known by now.
            if !met.insert(file.sha256.clone()) {
                file.content = None;
            }
            let outcome = self.record_file(actor, &write, details, &mut recorder, file, &at).await?;
            progress(outcomes.len() + 1, total, &outcome.file);
            outcomes.push(outcome);
        }
        drop(recorder);
        let kept = !dry_run && outcomes.iter().any(|outcome| !outcome.known_already);
        if !kept {
            write.abandon().await?;
            return Ok(Imported { files: outcomes, kept });
        }
        let sum = |of: fn(&FileOutcome) -> u64| outcomes.iter().map(of).sum::<u64>();
        let detail = serde_json::json!({
            "files": outcomes.iter().map(|outcome| &outcome.file).collect::<Vec<_>>(),
            "added": sum(|o| o.added), "revised": sum(|o| o.revised), "unchanged": sum(|o| o.unchanged),
        });
        self.commit(write, actor, "import", details.code, detail).await?;
        Ok(Imported { files: outcomes, kept })
    }

    async fn contents_known(&self, kind: &str) -> Result<std::sync::Arc<HashSet<String>>> {
        let imports = tables::imports(self.store().reader()).await?;
        let same_kind = imports.into_iter().filter(|import| import.kind == kind);
        Ok(std::sync::Arc::new(same_kind.map(|import| import.sha256).collect()))
    }

    async fn record_file<'w>(
        &self,
        actor: &Actor,
        write: &'w Write,
        details: &sources::ImportKind,
        recorder: &mut Option<Recorder<'w>>,
        file: ReadFile,
        at: &str,
    ) -> Result<FileOutcome> {
        let mut outcome = FileOutcome {
            file: file.name.to_string(),
            vintage: String::new(),
            added: 0,
            revised: 0,
            unchanged: 0,
            known_already: true,
            findings: Vec::new(),
        };
        let Some(Content { vintage, findings, rows }) = file.content else { return Ok(outcome) };
        let new = NewImport {
            kind: details.code,
            file: &file.name,
            sha256: &file.sha256,
            bytes: file.bytes,
            publisher: details.organisation,
            licence: details.licence,
            vintage: &vintage,
            imported_at: at,
            actor: actor.name(),
        };
        let import = tables::add_import(write, new).await?;
        let counts = match rows {
            Rows::Programme(workbook) => self.record_programme(write, &workbook).await?,
            rows => record_rows(write, recorder, import, rows).await?,
        };
        tables::finish_import(write, import, counts, &findings).await?;
        outcome.vintage = vintage;
        (outcome.added, outcome.revised, outcome.unchanged) =
            (counts.added, counts.revised, counts.unchanged);
        // A workbook written by het differs in its bytes from one time to the next and may change nothing.
        let nothing_new = matches!(details.kind, Kind::Programme) && counts.added + counts.revised == 0;
        outcome.known_already = nothing_new;
        outcome.findings = findings;
        Ok(outcome)
    }
}

async fn record_rows<'w>(
    write: &'w Write,
    recorder: &mut Option<Recorder<'w>>,
    import: i64,
    rows: Rows,
) -> Result<Counts> {
    let counted = |changed: u64, of: usize| Counts {
        added: changed,
        revised: 0,
        unchanged: (of as u64).saturating_sub(changed),
    };
    Ok(match rows {
        Rows::Observations { source, observations } => {
            let recorder = recorder.get_or_insert_with(|| Recorder::new(write, source));
            recorder.record(import, &observations).await?
        }
        Rows::Areas { named, links, points } => {
            let of = named.len() + links.len() + points.len();
            let mut changed = tables::add_areas(write, named, true).await?;
            changed += tables::set_parents(write, links).await?;
            for chunk in points.chunk_by(|a, b| a.0 == b.0) {
                let points = chunk.iter().map(|&(_, code, longitude, latitude)| (code, longitude, latitude));
                changed += tables::set_points(write, chunk[0].0, points).await?;
            }
            counted(changed, of)
        }
        Rows::Boundaries { named, boundaries } => {
            tables::add_areas(write, named, false).await?;
            counted(tables::set_boundaries(write, &boundaries).await?, boundaries.len())
        }
        Rows::Postcodes(postcodes) => {
            let of = postcodes.len();
            counted(tables::set_postcodes(write, postcodes).await?, of)
        }
        Rows::Deprivation { edition, sheet, measures, named, rows } => {
            tables::add_areas(write, named, false).await?;
            let file = DeprivationFile { import_id: import, sheet, measures };
            tables::set_deprivation(write, &edition, &file, &rows).await?
        }
        Rows::Programme(_) => Counts::default(),
    })
}
