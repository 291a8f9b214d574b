//! CSV rows from a stream, split into cells without copying.
//!
//! RFC 4180, read with patience: rows may end with `\n` or `\r\n`, blank lines are passed over, a byte-order mark is
//! skipped, and a quotation mark means something only at the beginning of a cell.

use std::io::Read;

use super::TableError;

/// Where a cell is, and whether it has to be quoted when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    start: u32,
    end: u32,
    /// In the text that was unescaped, not in the buffer.
    apart: bool,
    pub quoted: bool,
}

impl Field {
    #[inline]
    fn plain(start: usize, end: usize) -> Field {
        Field { start: start as u32, end: end as u32, apart: false, quoted: false }
    }
}

const CHUNK: usize = 64 * 1024;
/// The longest row that is read: a quotation mark left open would otherwise take in a whole file.
const LONGEST: usize = 64 * 1024 * 1024;

/// A reader of rows that holds a part of the input at a time.
pub(super) struct Rows<'i> {
    input: &'i mut dyn Read,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The cells of the current row that had doubled quotation marks in them.
    unescaped: Vec<u8>,
    ended: bool,
    begun: bool,
    /// The line of the next row, and of the current one.
    next_line: u64,
    line: u64,
}

/// The text of a row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    buffer: &'r [u8],
    unescaped: &'r [u8],
}

impl<'r> Row<'r> {
    /// What a cell holds, without its quotation marks.
    #[inline]
    pub fn bytes(self, field: Field) -> &'r [u8] {
        let from = if field.apart { self.unescaped } else { self.buffer };
        &from[field.start as usize..field.end as usize]
    }

    /// The eight bytes at which a cell of the buffer begins, and its length, when it is no longer than they are.
    #[inline]
    pub fn word(self, field: Field) -> Option<(u64, usize)> {
        let length = (field.end - field.start) as usize;
        if field.apart || !(1..=8).contains(&length) {
            return None;
        }
        let chunk = self.buffer[field.start as usize..].first_chunk::<8>()?;
        Some((u64::from_le_bytes(*chunk), length))
    }
}

/// How a piece of text begins.
enum Split {
    /// With a row that is so many bytes long, over so many lines.
    Row { length: usize, lines: u64 },
    /// With a row that has a quotation mark in it.
    Quoted,
    /// With a row that goes on beyond the text.
    Unfinished,
}

impl<'i> Rows<'i> {
    pub fn new(input: &'i mut dyn Read) -> Rows<'i> {
        Rows {
            input,
            buffer: vec![0; CHUNK],
            start: 0,
            end: 0,
            unescaped: Vec::new(),
            ended: false,
            begun: false,
            next_line: 1,
            line: 0,
        }
    }

    /// The line on which the current row begins, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What a cell of the current row holds, without its quotation marks.
    #[inline]
    pub fn bytes(&self, field: Field) -> &[u8] {
        self.row().bytes(field)
    }

    /// The text of the current row.
    #[inline]
    pub fn row(&self) -> Row<'_> {
        Row { buffer: &self.buffer, unescaped: &self.unescaped }
    }

    /// Reads the next row into `fields`. `false` when there is none.
    #[inline]
    pub fn next(&mut self, fields: &mut Vec<Field>) -> Result<bool, TableError> {
        fields.clear();
        match plain(&self.buffer[..self.end], self.start, self.ended, fields) {
            Split::Row { length, lines } if fields.len() > 1 => {
                self.advance(length, lines);
                Ok(true)
            }
            _ => self.next_patiently(fields),
        }
    }

    /// The same for rows that have quotation marks, or one cell, or that go on beyond what was read.
    #[cold]
    #[inline(never)]
    fn next_patiently(&mut self, fields: &mut Vec<Field>) -> Result<bool, TableError> {
        loop {
            fields.clear();
            let text = &self.buffer[..self.end];
            let mut split = plain(text, self.start, self.ended, fields);
            if matches!(split, Split::Quoted) {
                fields.clear();
                self.unescaped.clear();
                split = quoted(text, self.start, self.ended, fields, &mut self.unescaped);
            }
            match split {
                Split::Row { length, lines } => {
                    self.advance(length, lines);
                    let blank = matches!(fields[..], [only] if only.start == only.end && !only.quoted);
                    if !blank {
                        return Ok(true);
                    }
                }
                _ if !self.ended => self.fill()?,
                _ if self.start == self.end => return Ok(false),
                _ => return Err(TableError::OpenQuote { row: self.next_line }),
            }
        }
    }

    #[inline]
    fn advance(&mut self, length: usize, lines: u64) {
        self.start += length;
        self.line = self.next_line;
        self.next_line += lines;
    }

    /// Brings in more of the input, after what is not yet used.
    fn fill(&mut self) -> Result<(), TableError> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.end == self.buffer.len() {
            if self.buffer.len() >= LONGEST {
                return Err(TableError::LongRow { row: self.next_line });
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match self.input.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(count) => self.end += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        let enough = self.ended || self.end >= 3;
        if !self.begun && enough {
            self.begun = true;
            if self.buffer[..self.end].starts_with(b"\xef\xbb\xbf") {
                self.start = 3;
            }
        }
        Ok(())
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A high bit for every byte of the word below `-`, where the marks of CSV are; and for some above, which cost a look.
#[inline]
fn low_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES * u64::from(b'-')) & !word & HIGH
}

/// Splits a row without quotation marks, eight bytes at a time.
#[inline]
fn plain(text: &[u8], from: usize, ended: bool, fields: &mut Vec<Field>) -> Split {
    let (mut at, mut begin) = (from, from);
    while let Some(chunk) = text[at..].first_chunk::<8>() {
        let mut marks = low_bytes(u64::from_le_bytes(*chunk));
        while marks != 0 {
            let place = (marks.trailing_zeros() / 8) as usize;
            match chunk[place] {
                b',' => {
                    fields.push(Field::plain(begin, at + place));
                    begin = at + place + 1;
                }
                b'\n' => return row_end(text, from, begin, at + place, fields),
                b'"' => return Split::Quoted,
                _ => {}
            }
            marks &= marks - 1;
        }
        at += 8;
    }
    for place in at..text.len() {
        match text[place] {
            b',' => {
                fields.push(Field::plain(begin, place));
                begin = place + 1;
            }
            b'\n' => return row_end(text, from, begin, place, fields),
            b'"' => return Split::Quoted,
            _ => {}
        }
    }
    if !ended || text.len() == from {
        return Split::Unfinished;
    }
    fields.push(Field::plain(begin, before_return(text, begin, text.len())));
    Split::Row { length: text.len() - from, lines: 1 }
}

/// The last cell of a row, and the row.
#[inline]
fn row_end(text: &[u8], from: usize, begin: usize, end: usize, fields: &mut Vec<Field>) -> Split {
    fields.push(Field::plain(begin, before_return(text, begin, end)));
    Split::Row { length: end + 1 - from, lines: 1 }
}

/// The end of a cell before a `\r` that belongs to the end of the line.
fn before_return(text: &[u8], begin: usize, end: usize) -> usize {
    if end > begin && text[end - 1] == b'\r' { end - 1 } else { end }
}

/// Splits a row with quotation marks.
fn quoted(text: &[u8], from: usize, ended: bool, fields: &mut Vec<Field>, unescaped: &mut Vec<u8>) -> Split {
    let (mut at, mut lines) = (from, 1);
    loop {
        let Some((field, end)) = one_cell(text, at, ended, unescaped, &mut lines) else {
            return Split::Unfinished;
        };
        fields.push(field);
        match text.get(end) {
            Some(b',') => at = end + 1,
            Some(_) => return Split::Row { length: end + 1 - from, lines },
            None => return Split::Row { length: end - from, lines },
        }
    }
}

/// The cell that begins here, and the place of the comma or the line end after it. `None` when it is not finished.
fn one_cell(
    text: &[u8],
    at: usize,
    ended: bool,
    unescaped: &mut Vec<u8>,
    lines: &mut u64,
) -> Option<(Field, usize)> {
    let stop = |from: usize| {
        let found =
            text[from..].iter().position(|byte| matches!(byte, b',' | b'\n')).map(|place| from + place);
        found.or(ended.then_some(text.len()))
    };
    if text.get(at) != Some(&b'"') {
        let end = stop(at)?;
        let last = if text.get(end) == Some(&b',') { end } else { before_return(text, at, end) };
        return Some((Field { quoted: text[at..last].contains(&b'"'), ..Field::plain(at, last) }, end));
    }
    let start = unescaped.len();
    let mut place = at + 1;
    loop {
        let mark = place + text[place..].iter().position(|&byte| byte == b'"')?;
        unescaped.extend_from_slice(&text[place..mark]);
        *lines += text[place..mark].iter().filter(|&&byte| byte == b'\n').count() as u64;
        match text.get(mark + 1) {
            Some(b'"') => {
                unescaped.push(b'"');
                place = mark + 2;
            }
            None if !ended => return None,
            // What stands between the closing mark and the comma is taken in.
            _ => {
                let end = stop(mark + 1)?;
                let last =
                    if text.get(end) == Some(&b',') { end } else { before_return(text, mark + 1, end) };
                unescaped.extend_from_slice(&text[mark + 1..last]);
                let field = Field::plain(start, unescaped.len());
                return Some((Field { apart: true, quoted: true, ..field }, end));
            }
        }
    }
}
