//! Forecasts for a whole file: bytes in, bytes out, in chunks, so that memory does not grow with the file.
//!
//! CSV has a line for each child, under a heading line with `id`, `born` and `doses`, and if wanted `sex`,
//! `conditions` and `expecting`, in any order. `doses` is a list such as `6in1 2025-03-01;menb 2025-03-01`,
//! `conditions` a list such as `chickenpox;clinical-risk`. JSON Lines has an object for each child:
//! `{"id":"7","born":"2025-01-04","sex":"f","conditions":[],"doses":[{"vaccine":"6in1","date":"2025-03-01"}]}`.
//! The answer is in the same format, a line for each child in the same order: `status` (`overdue`, `due`,
//! `up-to-date` or `unreadable`), what is `due` now, the date on which something is next due, and findings.
//!
//! The alternative, the `csv` crate and a record type, was measured at about three times the time: it copies
//! every field, and a child's row is mostly one field.

use std::io::{self, Read, Write};

use memchr::{memchr, memrchr};
use vocabulary::Date;

use super::answer::{Assessment, Standing};
use super::child::Finding;
use super::record::{self, Record};
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

/// Where each field stands on a CSV line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    places: [usize; 6],
}

const NAMES: [&[u8]; 6] = [b"id", b"born", b"sex", b"conditions", b"doses", b"expecting"];
const ABSENT: usize = usize::MAX;

/// The heading of the CSV answer.
const HEADING: &[u8] = b"id,status,due,next_due,findings\n";

impl Columns {
    /// Reads a heading line. None when `id`, `born` or `doses` is missing.
    pub fn from_heading(line: &[u8]) -> Option<Columns> {
        let mut places = [ABSENT; 6];
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        for (place, name) in line.trim_ascii_end().split(|byte| *byte == b',').enumerate() {
            let name = name.trim_ascii().trim_ascii_start();
            let name = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name);
            if let Some(field) = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name)) {
                places[field] = place;
            }
        }
        [0, 1, 4].iter().all(|field| places[*field] != ABSENT).then_some(Columns { places })
    }
}

/// Answers every line of a chunk, which holds whole lines and no heading, and appends the answers to `out`.
/// Any line has an answer. `columns` is read for CSV only.
pub fn forecast_chunk(
    schedule: &Schedule,
    on: Date,
    format: Format,
    columns: &Columns,
    chunk: &[u8],
    out: &mut Vec<u8>,
) -> ChunkReport {
    let mut worker = Worker {
        schedule,
        on,
        assessment: Assessment::default(),
        record: Record::default(),
        fields: Vec::new(),
    };
    let mut report = ChunkReport::default();
    let mut rest = chunk;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let standing = match format {
            Format::Csv => worker.csv(columns, line, out),
            Format::JsonLines => worker.json(line, out),
        };
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
    format: Format,
    mut input: impl Read,
    mut output: impl Write,
    threads: usize,
) -> io::Result<ChunkReport> {
    let threads = threads.max(1);
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
            let found = match format {
                Format::Csv => {
                    let end = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |end| end + 1);
                    let (heading, rest) = lines.split_at(end);
                    lines = rest;
                    output.write_all(HEADING)?;
                    Columns::from_heading(heading).ok_or_else(|| heading_error(heading))?
                }
                Format::JsonLines => Columns { places: [ABSENT; 6] },
            };
            columns = Some(found);
        }
        if let Some(columns) = &columns {
            let parts = split(lines, threads);
            let done = std::thread::scope(|scope| {
                let work = parts.iter().zip(&mut outs).map(|(part, out)| {
                    out.clear();
                    scope.spawn(move || forecast_chunk(schedule, on, format, columns, part, out))
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

/// What one thread keeps from line to line.
struct Worker<'a> {
    schedule: &'a Schedule,
    on: Date,
    assessment: Assessment,
    record: Record,
    fields: Vec<(usize, usize)>,
}

impl Worker<'_> {
    /// Answers a CSV line; none when it is not a child.
    fn csv(&mut self, columns: &Columns, line: &[u8], out: &mut Vec<u8>) -> Option<Standing> {
        cut_fields(line, &mut self.fields);
        let field = |place: usize| {
            self.fields.get(columns.places[place]).map_or(&b""[..], |(start, end)| &line[*start..*end])
        };
        let id = field(0);
        self.record.clear();
        let Some(child) = record::child(field(1), field(2), field(5)) else {
            write_csv_field(id, out);
            out.extend_from_slice(b",unreadable,,,unreadable-born:");
            write_csv_field(field(1), out);
            out.push(b'\n');
            return None;
        };
        self.record.born = Some(child.born());
        let conditions = field(3);
        let child = if conditions.is_empty() {
            child
        } else {
            child.with_conditions(
                self.record.conditions(self.schedule, conditions.split(|byte| *byte == b';')),
            )
        };
        read_doses(self.schedule, field(4), &mut self.record);
        self.schedule.assess(&child, &self.record.doses, self.on, &mut self.assessment);
        write_csv_field(id, out);
        out.push(b',');
        Some(self.write_csv(out))
    }

    fn write_csv(&self, out: &mut Vec<u8>) -> Standing {
        let standing = self.worst();
        out.extend_from_slice(status(standing));
        out.push(b',');
        let mut first = true;
        for status in self.assessment.courses().iter().filter(|status| status.standing.is_due()) {
            if !std::mem::take(&mut first) {
                out.push(b';');
            }
            out.extend_from_slice(status.course(self.schedule).as_bytes());
            out.push(b' ');
            out.push(b'1' + status.slot);
            out.push(b' ');
            write_date(status.due(), out);
        }
        out.push(b',');
        write_date(self.assessment.next_due(), out);
        out.push(b',');
        let mut first = true;
        for finding in self.assessment.findings() {
            if !std::mem::take(&mut first) {
                out.push(b';');
            }
            out.extend_from_slice(finding_code(finding).as_bytes());
        }
        for (oddity, text) in &self.record.oddities {
            if !std::mem::take(&mut first) {
                out.push(b';');
            }
            out.extend_from_slice(oddity.code().as_bytes());
            out.push(b':');
            let plain = text.bytes().map(|byte| if matches!(byte, b',' | b'"' | b';') { b' ' } else { byte });
            out.extend(plain);
        }
        out.push(b'\n');
        standing
    }

    fn worst(&self) -> Standing {
        let courses = self.assessment.courses();
        if self.assessment.under_vaccinated() {
            Standing::Overdue
        } else if courses.iter().any(|status| status.standing == Standing::Due) {
            Standing::Due
        } else {
            Standing::Complete
        }
    }

    /// Answers a JSON line; none when it is not a child.
    fn json(&mut self, line: &[u8], out: &mut Vec<u8>) -> Option<Standing> {
        use serde_json::{Value, json};
        self.record.clear();
        let read: Value = serde_json::from_slice(line).unwrap_or(Value::Null);
        let text = |name: &str| read.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = read.get("id").cloned().unwrap_or(Value::Null);
        let Some(child) =
            record::child(text("born").as_bytes(), text("sex").as_bytes(), text("expecting").as_bytes())
        else {
            let answer = json!({"id": id, "status": "unreadable", "findings": [format!("unreadable-born:{}", text("born"))]});
            out.extend_from_slice(answer.to_string().as_bytes());
            out.push(b'\n');
            return None;
        };
        self.record.born = Some(child.born());
        let list = |name: &str| read.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let codes = list("conditions").iter().filter_map(Value::as_str).map(str::as_bytes);
        let child = child.with_conditions(self.record.conditions(self.schedule, codes));
        for dose in list("doses") {
            let part = |name: &str| dose.get(name).and_then(Value::as_str).unwrap_or_default().as_bytes();
            self.record.dose(self.schedule, part("vaccine"), part("date"));
        }
        self.schedule.assess(&child, &self.record.doses, self.on, &mut self.assessment);
        let standing = self.worst();
        let due = self.assessment.courses().iter().filter(|status| status.standing.is_due()).map(|status| {
            json!({
                "course": status.course(self.schedule),
                "dose": status.slot + 1,
                "due": status.due().map(|date| date.to_string()),
                "overdue": status.standing == Standing::Overdue,
            })
        });
        let odd = self.record.oddities.iter().map(|(oddity, text)| format!("{}:{text}", oddity.code()));
        let findings =
            self.assessment.findings().iter().map(|finding| finding_code(finding).to_owned()).chain(odd);
        let answer = json!({
            "id": id,
            "status": String::from_utf8_lossy(status(standing)),
            "due": due.collect::<Vec<_>>(),
            "next_due": self.assessment.next_due().map(|date| date.to_string()),
            "findings": findings.collect::<Vec<_>>(),
        });
        out.extend_from_slice(answer.to_string().as_bytes());
        out.push(b'\n');
        Some(standing)
    }
}

fn status(standing: Standing) -> &'static [u8] {
    match standing {
        Standing::Overdue => b"overdue",
        Standing::Due => b"due",
        _ => b"up-to-date",
    }
}

fn finding_code(finding: &Finding) -> &'static str {
    match finding {
        Finding::BeforeBirth(_) => "before-birth",
        Finding::InFuture(_) => "in-future",
        Finding::Duplicate(_) => "duplicate",
        Finding::TooMany(_) => "too-many-doses",
        Finding::NotYetBorn => "not-yet-born",
    }
}

/// Reads `6in1 2025-03-01;menb 2025-03-01`.
fn read_doses(schedule: &Schedule, mut list: &[u8], record: &mut Record) {
    while !list.is_empty() {
        // Nearly every dose is a code without spaces, a space and ten characters of date.
        let space = list.iter().position(|byte| matches!(byte, b' ' | b';')).unwrap_or(list.len());
        let end = space + 11;
        let plain =
            list.get(space) == Some(&b' ') && space > 0 && list.get(end).is_none_or(|byte| *byte == b';');
        if let (true, Some(date)) = (plain, list.get(space + 1..end)) {
            record.dose(schedule, &list[..space], date);
            list = list.get(end + 1..).unwrap_or_default();
            continue;
        }
        let end = list.iter().position(|byte| *byte == b';').unwrap_or(list.len());
        let dose = list[..end].trim_ascii();
        list = list.get(end + 1..).unwrap_or_default();
        if let Some(space) = dose.iter().rposition(|byte| *byte == b' ') {
            record.dose(schedule, dose[..space].trim_ascii_end(), &dose[space + 1..]);
        } else if !dose.is_empty() {
            record.odd(record::Oddity::UnreadableDate, dose);
        }
    }
}

/// Where the fields of a line begin and end. A quoted field is taken without its outer quotes.
fn cut_fields(line: &[u8], fields: &mut Vec<(usize, usize)>) {
    fields.clear();
    let mut start = 0;
    loop {
        if line.get(start) == Some(&b'"') {
            let end = closing_quote(line, start + 1);
            fields.push((start + 1, end));
            match line[end..].iter().position(|byte| *byte == b',') {
                Some(comma) => start = end + comma + 1,
                None => return,
            }
        } else {
            match memchr(b',', &line[start..]) {
                Some(comma) => {
                    fields.push((start, start + comma));
                    start += comma + 1;
                }
                None => {
                    fields.push((start, line.len()));
                    return;
                }
            }
        }
    }
}

/// Where a quoted field ends: at a quote that is not doubled.
fn closing_quote(line: &[u8], mut from: usize) -> usize {
    while let Some(place) = memchr(b'"', line.get(from..).unwrap_or_default()) {
        let quote = from + place;
        if line.get(quote + 1) != Some(&b'"') {
            return quote;
        }
        from = quote + 2;
    }
    line.len()
}

/// Writes a field as it was read: quotes inside it are still doubled.
fn write_csv_field(field: &[u8], out: &mut Vec<u8>) {
    if field.iter().any(|byte| matches!(byte, b',' | b'"')) {
        out.push(b'"');
        out.extend_from_slice(field);
        out.push(b'"');
    } else {
        out.extend_from_slice(field);
    }
}

fn write_date(date: Option<Date>, out: &mut Vec<u8>) {
    let Some(date) = date else { return };
    let (year, month, day) =
        (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
    let digit = |number: u16| b'0' + (number % 10) as u8;
    let (month, day) = (u16::from(month), u16::from(day));
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
}
