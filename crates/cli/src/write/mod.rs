//! Writing tables and files.

mod charts;
mod observations;

use std::io::Write;
use std::path::Path;

pub use charts::charts;
pub use observations::Writer;

use crate::arguments::Format;
use crate::failure::Failure;

/// The format of a file by its ending.
pub fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "csv" | "txt" => Format::Csv,
        "json" | "jsonl" | "ndjson" => Format::Json,
        "parquet" => Format::Parquet,
        _ => return None,
    })
}

/// Prints one line.
pub fn say(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout().lock(), "{line}").map_err(Failure::from)
}

/// Opens a file for writing; `-` is standard output.
pub fn open(out: &Path) -> Result<Box<dyn Write + Send>, Failure> {
    if out.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdout()));
    }
    let file = std::fs::File::create(out)
        .map_err(|error| Failure::Refused(format!("{}: {error}", out.display())))?;
    Ok(Box::new(std::io::BufWriter::new(file)))
}

/// Writes a whole file; `-` is standard output.
pub fn bytes(out: &Path, content: &[u8]) -> Result<(), Failure> {
    let mut file = open(out)?;
    file.write_all(content)?;
    Ok(file.flush()?)
}

/// Writes a file that only its owner may read.
pub fn private(path: &Path, text: &str) -> Result<(), Failure> {
    use std::os::unix::fs::OpenOptionsExt;
    let opened = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let mut file = opened.map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?;
    Ok(file.write_all(text.as_bytes())?)
}
