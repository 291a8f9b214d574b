//! The files of the project, as version control sees them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The text files of the project, read once.
pub(crate) struct Tree {
    /// Every file's path from the root, with forward slashes, sorted.
    pub(crate) paths: Vec<String>,
    texts: Vec<(String, String)>,
}

impl Tree {
    /// Reads the working tree: what is tracked and what is about to be, not what is ignored.
    pub(crate) fn read() -> Result<Tree, String> {
        let root = root();
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .current_dir(&root)
            .output()
            .map_err(|e| format!("git could not be run: {e}"))?;
        if !listed.status.success() {
            return Err(format!("git ls-files failed: {}", String::from_utf8_lossy(&listed.stderr)));
        }
        let mut paths: Vec<String> = String::from_utf8_lossy(&listed.stdout)
            .split('\0')
            .filter(|path| !path.is_empty() && root.join(path).is_file())
            .map(str::to_owned)
            .collect();
        paths.sort();
        paths.dedup();
        // A file that is not UTF-8 (a font, a picture) has no lines to look at.
        let texts = paths
            .iter()
            .filter_map(|path| Some((path.clone(), std::fs::read_to_string(root.join(path)).ok()?)))
            .collect();
        Ok(Tree { paths, texts })
    }

    /// A tree made of these files, for tests of the rules.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        let texts: Vec<(String, String)> =
            files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect();
        Tree { paths: texts.iter().map(|(path, _)| path.clone()).collect(), texts }
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str())
    }

    /// Every text file whose path ends in one of these, with its text.
    pub(crate) fn ending<'a>(&'a self, ends: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts
            .iter()
            .filter(move |(path, _)| ends.iter().any(|end| path.ends_with(end)))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The Rust sources of one crate, without its tests and benchmarks.
    pub(crate) fn sources<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let folder = format!("crates/{name}/src/");
        self.ending(&[".rs"]).filter(move |(path, _)| path.starts_with(&folder))
    }

    /// Whether a file or a folder of this path is part of the project.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.paths.iter().any(|known| known == path || known.starts_with(&folder))
    }
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
