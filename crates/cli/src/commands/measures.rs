//! `het measures`: a table in, a table out.

use std::io::{BufWriter, Read, Write};

use measures::{Levels, MEASURES, MeasureError, Request, TableError};

use crate::arguments::measures::MeasureCall;
use crate::failure::Failure;
use crate::write;

/// The list of measures.
pub fn list() -> Result<(), Failure> {
    let widest = MEASURES.iter().map(|entry| entry.name.len()).max().unwrap_or_default();
    for entry in MEASURES {
        write::say(&format!("{:widest$}  {}", entry.name, entry.summary))?;
    }
    Ok(())
}

/// Measures a table.
pub fn run(call: MeasureCall) -> Result<(), Failure> {
    let mut request = Request::new(call.entry);
    request.levels = Levels::new(&call.levels).map_err(|error| Failure::Call(error.to_string()))?;
    request.columns = call.columns;
    request.groups = call.groups;
    request.options = call.options;
    let input: Box<dyn Read> = match call.input.as_os_str() == "-" {
        true => Box::new(std::io::stdin().lock()),
        false => {
            let opened = std::fs::File::open(&call.input);
            Box::new(opened.map_err(|error| Failure::Refused(format!("{}: {error}", call.input.display())))?)
        }
    };
    if call.out.as_os_str() == "-" {
        let output = BufWriter::new(std::io::stdout().lock());
        return request.run(input, output).map(|_| ()).map_err(failure);
    }
    // Beside the file, and in its place only when it is whole.
    let mut beside = call.out.clone().into_os_string();
    beside.push(".part");
    let beside = std::path::PathBuf::from(beside);
    let measured = write::open(&beside).and_then(|mut output| {
        request.run(input, &mut output).map_err(failure)?;
        Ok(output.flush()?)
    });
    match measured {
        Ok(()) => Ok(std::fs::rename(&beside, &call.out)?),
        Err(error) => {
            // There may be nothing to remove: the file may not have been opened.
            std::fs::remove_file(&beside).ok();
            Err(error)
        }
    }
}

/// What was wrong: the call, or the table.
fn failure(error: TableError) -> Failure {
    match error {
        TableError::Io(error) => error.into(),
        TableError::UnknownColumn { .. } | TableError::TwoUses(_) => Failure::Call(error.to_string()),
        TableError::Measure(MeasureError::Withheld(_)) => Failure::Refused(error.to_string()),
        TableError::Measure(_) => Failure::Call(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}
