//! Documents made from the program's own tables.
//!
//! The command table, the measures, the charts and the kinds of import live in the program. It prints each as
//! Markdown (`het manual`), and this writes what it prints where readers look for it. Asking the built program,
//! rather than linking its crates here, keeps this tool quick to build.

use std::path::PathBuf;
use std::process::Command;

use crate::tidy::Finding;
use crate::tree::root;

/// One generated document: where it lies, and the words after `het` that print it.
struct Document {
    path: &'static str,
    words: &'static [&'static str],
}

/// Every generated document.
const DOCUMENTS: &[Document] = &[
    Document { path: "docs/cli.md", words: &["manual", "--format", "markdown"] },
    Document { path: "docs/measures.md", words: &["manual", "--format", "measures"] },
    Document { path: "docs/charts.md", words: &["manual", "--format", "charts"] },
];

/// Writes every document anew.
pub(crate) fn write() -> Result<Vec<Finding>, String> {
    for document in DOCUMENTS {
        let to = root().join(document.path);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        std::fs::write(&to, ask(document)?).map_err(|e| format!("{}: {e}", to.display()))?;
    }
    Ok(Vec::new())
}

/// The documents that differ from what the program says now.
pub(crate) fn stale() -> Result<Vec<Finding>, String> {
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let kept = std::fs::read_to_string(root().join(document.path)).unwrap_or_default();
        if kept != ask(document)? {
            found.push(Finding::new(document.path, 0, "is out of date: run 'cargo xtask docs'"));
        }
    }
    Ok(found)
}

/// What the program prints.
fn ask(document: &Document) -> Result<String, String> {
    let program = program()?;
    let output = Command::new(&program)
        .args(document.words)
        .output()
        .map_err(|e| format!("{} could not be run: {e}", program.display()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("het {} failed: {said}", document.words.join(" ")));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("het {}: {e}", document.words.join(" ")))
}

/// The `het` program that was built beside this one.
fn program() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|e| e.to_string())?;
    let beside = here.with_file_name(format!("het{}", std::env::consts::EXE_SUFFIX));
    if beside.is_file() {
        return Ok(beside);
    }
    Err(format!("{} is not there: run 'cargo build --workspace' first", beside.display()))
}
