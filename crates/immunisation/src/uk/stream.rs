//! Forecasts for a whole file: bytes in, bytes out, in chunks, so that memory does not grow with the file.
//!
//! CSV has a line for each child, under a heading line with `id`, `born` and `doses`, and if wanted `sex`,
//! `conditions` and `expecting`, in any order. `doses` is a list such as `6in1 2025-03-01;menb 2025-03-01`,
//! `conditions` a list such as `chickenpox;clinical-risk`. JSON Lines has an object for each child:
//! `{"id":"7","born":"2025-01-04","sex":"f","conditions":[],"doses":[{"vaccine":"6in1","date":"2025-03-01"}]}`.
//! The names and lists of the other schedules' files (`crate::records`) are understood too. The answer has a
//! line for each child in the same order: `status` (`overdue`, `due`, `up-to-date` or `unreadable`), what is
//! `overdue` and `due` now (course, number of the dose, the day on which it was due), the day on which
//! something is next due, and findings.
//!
//! The alternative, the `csv` crate and a record type, was measured at about three times the time: it copies
//! every field, and a child's row is mostly one field.

use std::io::{self, Read, Write};

use memchr::{memchr, memrchr};
use vocabulary::Date;

use super::answer::{Assessment, Standing};
use super::line_in::{Columns, Line};
use super::line_out;
use super::schedule::Schedule;

/// How much is read at once for each thread.
const CHUNK: usize = 1 << 22;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

/// The formats of what is read and of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    /// Of the children.
    pub input: Format,
    /// Of the forecasts.
    pub output: Format,
}

impl From<Format> for Formats {
    fn from(format: Format) -> Formats {
        Formats { input: format, output: format }
    }
}

/// How many lines were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChunkReport {
    /// Children answered.
    pub children: u64,
    /// Children with a dose overdue.
    pub overdue: u64,
    /// Lines that could not be read as a child; they have an answer of their own.
    pub unreadable: u64,
}

impl ChunkReport {
    fn add(&mut self, other: ChunkReport) {
        self.children += other.children;
        self.overdue += other.overdue;
        self.unreadable += other.unreadable;
    }
}

/// Answers every line of a chunk, which holds whole lines and no heading, and appends the answers to `out`.
/// Any line has an answer. `columns` is read for CSV only.
pub fn forecast_chunk(
    schedule: &Schedule,
    on: Date,
    formats: Formats,
    columns: &Columns,
    chunk: &[u8],
    out: &mut Vec<u8>,
) -> ChunkReport {
    let (mut line, mut assessment) = (Line::default(), Assessment::default());
    let mut report = ChunkReport::default();
    let mut rest = chunk;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let text = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        match formats.input {
            Format::Csv => line.read_csv(schedule, columns, text),
            Format::JsonLines => line.read_json(schedule, text),
        }
        let standing = line.child.map(|child| {
            schedule.assess(&child, &line.record.doses, on, &mut assessment);
            line_out::worst(&assessment)
        });
        match formats.output {
            Format::Csv => line_out::csv(schedule, &line, &assessment, standing, out),
            Format::JsonLines => line_out::json(schedule, &line, &assessment, standing, out),
        }
        report.children += 1;
        match standing {
            Some(Standing::Overdue) => report.overdue += 1,
            None => report.unreadable += 1,
            _ => {}
        }
    }
    report
}

/// Reads children from `input` and writes their forecasts to `output`, on `threads` threads (at least one).
///
/// # Errors
/// `input` or `output` fails, or a CSV file's heading lacks a column that is needed.
pub fn forecast_stream(
    schedule: &Schedule,
    on: Date,
    formats: impl Into<Formats>,
    mut input: impl Read,
    mut output: impl Write,
    threads: usize,
) -> io::Result<ChunkReport> {
    let (threads, formats) = (threads.max(1), formats.into());
    let mut pending = Vec::with_capacity(CHUNK * threads + CHUNK);
    let mut outs: Vec<Vec<u8>> = vec![Vec::new(); threads];
    let mut columns = None;
    let mut report = ChunkReport::default();
    loop {
        let read = input.by_ref().take((CHUNK * threads) as u64).read_to_end(&mut pending)?;
        let whole = match (read, memrchr(b'\n', &pending)) {
            (0, _) => pending.len(),
            (_, Some(last)) => last + 1,
            (_, None) => continue,
        };
        let mut lines = &pending[..whole];
        if columns.is_none() && !(lines.is_empty() && read > 0) {
            if formats.output == Format::Csv {
                output.write_all(line_out::HEADING)?;
            }
            let found = match formats.input {
                Format::Csv => {
                    let end = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |end| end + 1);
                    let (heading, rest) = lines.split_at(end);
                    lines = rest;
                    Columns::from_heading(heading).ok_or_else(|| heading_error(heading))?
                }
                Format::JsonLines => Columns::none(),
            };
            columns = Some(found);
        }
        if let Some(columns) = &columns {
            let parts = split(lines, threads);
            let done = std::thread::scope(|scope| {
                let work = parts.iter().zip(&mut outs).map(|(part, out)| {
                    out.clear();
                    scope.spawn(move || forecast_chunk(schedule, on, formats, columns, part, out))
                });
                let work: Vec<_> = work.collect();
                work.into_iter().map(|thread| thread.join()).collect::<Result<Vec<_>, _>>()
            });
            let done = done.map_err(|_| io::Error::other("a forecasting thread stopped"))?;
            done.into_iter().for_each(|one| report.add(one));
            for out in outs.iter().take(parts.len()) {
                output.write_all(out)?;
            }
        }
        if read == 0 {
            output.flush()?;
            return Ok(report);
        }
        pending.drain(..whole);
    }
}

fn heading_error(heading: &[u8]) -> io::Error {
    let heading = String::from_utf8_lossy(heading.trim_ascii()).into_owned();
    let message = format!("the heading '{heading}' lacks one of the columns id, born and doses");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Cuts whole lines into at most so many parts of whole lines.
fn split(lines: &[u8], parts: usize) -> Vec<&[u8]> {
    let mut cut = Vec::with_capacity(parts);
    let mut rest = lines;
    for left in (1..=parts).rev() {
        let least = rest.len() / left;
        let end = match rest[least.min(rest.len())..].iter().position(|byte| *byte == b'\n') {
            Some(place) if left > 1 => least + place + 1,
            _ => rest.len(),
        };
        let (part, after) = rest.split_at(end);
        cut.push(part);
        rest = after;
    }
    cut
}
