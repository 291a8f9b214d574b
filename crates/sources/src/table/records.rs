//! Cutting the text of a CSV file into records and fields (RFC 4180), a block at a time.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::WINDOWS_1252;

use super::{Rows, decoded};
use crate::{Place, SourceError};

/// No genuine row is longer; one that is has lost a quotation mark.
const MOST_BYTES_OF_A_ROW: usize = 1 << 20;
/// How much is read at a time.
const BLOCK: usize = 1 << 16;

/// One row: its fields without their quotation marks, and its number as a spreadsheet counts it.
#[derive(Debug, Default)]
pub(super) struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    pub number: u32,
}

impl Record {
    pub(super) fn begin(&mut self, number: u32) {
        self.bytes.clear();
        self.ends.clear();
        self.number = number;
    }

    pub(super) fn push(&mut self, field: &str) {
        self.bytes.extend_from_slice(field.as_bytes());
        self.ends.push(self.bytes.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a field; none of a column that is not there.
    pub(super) fn field(&self, column: usize) -> &[u8] {
        let start = if column == 0 { 0 } else { self.ends.get(column - 1).copied().unwrap_or_default() };
        self.ends.get(column).and_then(|&end| self.bytes.get(start..end)).unwrap_or_default()
    }

    /// The words of a field: without spaces at its ends, and never two together.
    pub(super) fn text(&self, column: usize) -> Cow<'_, str> {
        let field = self.field(column);
        let text = match std::str::from_utf8(field) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(field).0,
        };
        tidy(text)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty() || (0..self.len()).all(|column| self.text(column).is_empty())
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.bytes.is_ascii()
    }
}

/// Without spaces at the ends, non-breaking ones included, and never two together.
fn tidy(text: Cow<'_, str>) -> Cow<'_, str> {
    let odd = |c: char| c != ' ' && (c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    if !text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains(odd) {
        return text;
    }
    let words = text.split(|c: char| c == ' ' || odd(c)).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// The records of a CSV file.
pub(super) struct Records<'a> {
    place: Place,
    from: Box<dyn Read + 'a>,
    block: Vec<u8>,
    /// What of the block is not yet handed over.
    start: usize,
    at_end: bool,
    ended: bool,
    separator: u8,
    number: u32,
}

impl<'a> Records<'a> {
    /// Looks at the first bytes: what they are encoded in, what stands between fields, whether it is text at all.
    pub(super) fn open(place: &Place, from: impl Read + 'a) -> Result<Records<'a>, SourceError> {
        let refused = |error: std::io::Error| unreadable(place, error);
        let (start, from) = decoded(from).map_err(refused)?;
        if let Some(other) = other_format(&start) {
            return Err(SourceError::Unexpected {
                place: place.clone(),
                found: format!("it is {other}"),
                expected: "a CSV file: text with a row of headings".to_owned(),
            });
        }
        let mut records = Records {
            place: place.clone(),
            from,
            block: Vec::new(),
            start: 0,
            at_end: false,
            ended: true,
            separator: b',',
            number: 0,
        };
        records.fill()?;
        records.separator = separator(&records.block);
        Ok(records)
    }

    /// Reads another block behind what is left of the last.
    fn fill(&mut self) -> Result<(), SourceError> {
        self.block.drain(..self.start);
        self.start = 0;
        if self.block.len() > MOST_BYTES_OF_A_ROW {
            return Err(SourceError::TooLarge {
                place: Place { row: self.number + 1, ..self.place.clone() },
                format: "CSV file",
                limit: "1 MB in one row (a quotation mark may never be closed)".to_owned(),
            });
        }
        let had = self.block.len();
        self.block.resize(had + BLOCK.max(had), 0);
        let mut filled = had;
        while filled < self.block.len() {
            match self.from.read(&mut self.block[filled..]) {
                Ok(0) => {
                    self.at_end = true;
                    break;
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(&self.place, error)),
            }
        }
        self.block.truncate(filled);
        Ok(())
    }

    /// How long the next row is with its end, and whether it has quotation marks; `None` when the block ends before it.
    fn length(&self) -> Option<(usize, bool)> {
        let rest = &self.block[self.start..];
        let mut at = 0;
        let (mut quoted, mut inside) = (false, false);
        while let Some(found) = memchr::memchr2(b'"', b'\n', &rest[at..]) {
            at += found + 1;
            if rest[at - 1] == b'"' {
                (quoted, inside) = (true, !inside);
            } else if !inside {
                return Some((at, quoted));
            }
        }
        None
    }

    fn damaged(&self, column: usize, reason: &str) -> SourceError {
        SourceError::Damaged {
            place: Place { row: self.number, column: column as u32 + 1, ..self.place.clone() },
            format: "CSV file",
            reason: reason.to_owned(),
        }
    }

    fn split(&self, line: &[u8], record: &mut Record) {
        let before = record.bytes.len();
        record.bytes.reserve(line.len());
        let mut from = 0;
        for at in memchr::memchr_iter(self.separator, line).chain([line.len()]) {
            record.bytes.extend_from_slice(&line[from..at]);
            record.ends.push(record.bytes.len());
            from = at + 1;
        }
        debug_assert!(record.bytes.len() >= before);
    }

    /// A row with quotation marks: a field in them may hold separators, line ends and doubled marks.
    fn split_quoted(&self, line: &[u8], record: &mut Record) -> Result<(), SourceError> {
        let mut at = 0;
        loop {
            let column = record.ends.len();
            let spaces = line[at..].iter().take_while(|b| **b == b' ').count();
            if line.get(at + spaces) == Some(&b'"') {
                at += spaces + 1;
                loop {
                    let Some(mark) = memchr::memchr(b'"', &line[at..]) else {
                        return Err(self.damaged(column, "a quotation mark is opened and never closed"));
                    };
                    record.bytes.extend_from_slice(&line[at..at + mark]);
                    at += mark + 1;
                    if line.get(at) != Some(&b'"') {
                        break;
                    }
                    record.bytes.push(b'"');
                    at += 1;
                }
                at += line[at..].iter().take_while(|b| **b == b' ').count();
                if line.get(at).is_some_and(|b| *b != self.separator) {
                    return Err(self.damaged(column, "text stands behind a closing quotation mark"));
                }
            } else {
                let end = memchr::memchr(self.separator, &line[at..]).map_or(line.len(), |found| at + found);
                record.bytes.extend_from_slice(&line[at..end]);
                at = end;
            }
            record.ends.push(record.bytes.len());
            if at >= line.len() {
                return Ok(());
            }
            at += 1;
        }
    }
}

impl Rows for Records<'_> {
    fn next(&mut self, record: &mut Record) -> Result<bool, SourceError> {
        loop {
            let (length, quoted) = match self.length() {
                Some(found) => found,
                None if !self.at_end => {
                    self.fill()?;
                    continue;
                }
                None if self.start == self.block.len() => return Ok(false),
                None => {
                    self.ended = false;
                    let rest = &self.block[self.start..];
                    (rest.len(), rest.contains(&b'"'))
                }
            };
            self.number += 1;
            record.begin(self.number);
            let line = &self.block[self.start..self.start + length];
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if quoted {
                self.split_quoted(line, record)?;
            } else {
                self.split(line, record);
            }
            self.start += length;
            // The bytes that never stand in text, line ends inside quotation marks aside.
            let never = |b: &u8| (*b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r')) || *b == 0x7f;
            if record.bytes.iter().any(never) {
                let column = (0..record.len()).find(|&c| record.field(c).iter().any(never));
                return Err(self.damaged(column.unwrap_or_default(), "it holds bytes that are not text"));
            }
            if !line_is_empty(record) {
                return Ok(true);
            }
        }
    }

    fn ended(&self) -> bool {
        self.ended
    }
}

fn line_is_empty(record: &Record) -> bool {
    record.len() == 1 && record.field(0).trim_ascii().is_empty()
}

fn unreadable(place: &Place, error: std::io::Error) -> SourceError {
    let place = place.clone();
    match error.kind() {
        std::io::ErrorKind::InvalidData => {
            SourceError::Damaged { place, format: "CSV file", reason: error.to_string() }
        }
        _ => SourceError::Unreadable { place, reason: error.to_string() },
    }
}

/// What a file that is no CSV is, told by its first bytes.
fn other_format(start: &[u8]) -> Option<&'static str> {
    let words = start.trim_ascii_start();
    match start {
        [b'P', b'K', 3, 4, ..] => Some("a workbook (.xlsx, .ods) or another zip archive"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("a workbook of an older Excel (.xls)"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF"),
        [0x1f, 0x8b, ..] => Some("a gzip archive"),
        _ if words.starts_with(b"<") => Some("a web page or XML"),
        _ if words.starts_with(b"{") => Some("JSON"),
        _ => None,
    }
}

/// What stands between fields: whichever of comma, tab and semicolon the first lines have most of, outside quotation
/// marks. Excel saves Unicode text with tabs, and with semicolons where the comma is the decimal mark.
fn separator(block: &[u8]) -> u8 {
    let mut counts = [0_usize; 3];
    let (mut inside, mut lines) = (false, 0);
    for byte in block {
        match byte {
            b'"' => inside = !inside,
            b'\n' if !inside => {
                lines += 1;
                if lines == 5 {
                    break;
                }
            }
            b',' if !inside => counts[0] += 1,
            b'\t' if !inside => counts[1] += 1,
            b';' if !inside => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, tabs, semicolons] = counts;
    if tabs > commas && tabs >= semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}
