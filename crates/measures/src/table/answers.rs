//! The rows that come out.

use std::io::Write;

use super::Shape;
use crate::{Estimate, Levels, Reason};

const CHUNK: usize = 64 * 1024;

/// A writer of answers. The columns of a row must be written in the order of the [`Shape`].
pub(crate) struct Answers<'o> {
    text: Vec<u8>,
    output: &'o mut dyn Write,
    /// The cells of the group that is being answered, each with its comma.
    group: Vec<u8>,
    shape: Shape,
    levels: Levels,
    /// How many columns there are that the shape does not know.
    more: usize,
    failed: Option<std::io::Error>,
    number: zmij::Buffer,
}

impl<'o> Answers<'o> {
    /// Writes the headings.
    pub fn new(
        output: &'o mut dyn Write,
        groups: &[u8],
        shape: Shape,
        levels: &Levels,
        more: &[String],
    ) -> Answers<'o> {
        let mut text = Vec::with_capacity(CHUNK + 1024);
        text.extend_from_slice(groups);
        let mut headings: Vec<String> = shape.labels.iter().map(|&label| label.to_owned()).collect();
        if shape.estimate {
            headings.push("value".to_owned());
            for level in levels.as_slice() {
                headings.extend([format!("lower{}", level.suffix()), format!("upper{}", level.suffix())]);
            }
        }
        headings.extend(shape.after.iter().map(|&name| name.to_owned()));
        headings.extend_from_slice(more);
        headings.extend(["method".to_owned(), "note".to_owned()]);
        text.extend_from_slice(headings.join(",").as_bytes());
        text.push(b'\n');
        let (group, number) = (Vec::new(), zmij::Buffer::new());
        Answers { text, output, group, shape, levels: *levels, more: more.len(), failed: None, number }
    }

    /// The rows that follow are of this group.
    pub(super) fn of_group(&mut self, key: &[u8]) {
        self.group.clear();
        self.group.extend_from_slice(key);
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> std::io::Result<()> {
        self.drain();
        match self.failed {
            Some(error) => Err(error),
            None => self.output.flush(),
        }
    }

    /// A row that has nothing but a group and an estimate.
    pub fn estimate(&mut self, estimate: &Estimate) {
        self.labelled(&[], estimate);
    }

    /// A row of labels and an estimate.
    pub fn labelled(&mut self, labels: &[&str], estimate: &Estimate) {
        self.begin(labels);
        self.figures(estimate);
        self.end_with(estimate);
    }

    /// A row of labels whose figures are withheld, with the reason.
    pub fn withheld(&mut self, labels: &[&str], reason: Reason) {
        self.empty(labels, &format!("not given: {reason}"));
    }

    /// A row of labels without figures, with a note.
    pub fn empty(&mut self, labels: &[&str], note: &str) {
        self.begin(labels);
        let figures = if self.shape.estimate { 1 + 2 * self.levels.as_slice().len() } else { 0 };
        let missing_labels = self.shape.labels.len().saturating_sub(labels.len());
        for _ in 0..missing_labels + figures + self.shape.after.len() + self.more {
            self.text.push(b',');
        }
        self.end("", note);
    }

    /// Begins a row with its group and its labels.
    pub fn begin(&mut self, labels: &[&str]) {
        if self.text.len() >= CHUNK {
            self.drain();
        }
        self.text.extend_from_slice(&self.group);
        for label in labels {
            self.word(label);
        }
    }

    /// Value and limits.
    pub fn figures(&mut self, estimate: &Estimate) {
        self.figure(estimate.value());
        let levels = self.levels;
        for &level in levels.as_slice() {
            match estimate.interval(level) {
                Some(interval) => {
                    self.figure(interval.lower);
                    self.figure(interval.upper);
                }
                None => self.text.extend_from_slice(b",,"),
            }
        }
    }

    /// A number; an empty cell when it is not one.
    pub fn figure(&mut self, number: f64) {
        if number.is_finite() {
            let written = self.number.format_finite(number);
            self.text.extend_from_slice(written.strip_suffix(".0").unwrap_or(written).as_bytes());
        }
        self.text.push(b',');
    }

    /// Text.
    pub fn word(&mut self, word: &str) {
        escape(word.as_bytes(), &mut self.text);
        self.text.push(b',');
    }

    /// Ends a row with the method and the note of an estimate.
    pub fn end_with(&mut self, estimate: &Estimate) {
        match (estimate.note(), estimate.mark()) {
            (None, None) => self.end(estimate.method(), ""),
            (Some(note), None) | (None, Some(note)) => self.end(estimate.method(), &note.to_string()),
            (Some(note), Some(mark)) => self.end(estimate.method(), &format!("{mark}; {note}")),
        }
    }

    /// Ends a row with its method and its note.
    pub fn end(&mut self, method: &str, note: &str) {
        self.word(method);
        escape(note.as_bytes(), &mut self.text);
        self.text.push(b'\n');
    }

    fn drain(&mut self) {
        if self.failed.is_none() {
            self.failed = self.output.write_all(&self.text).err();
        }
        self.text.clear();
    }
}

/// Text as a cell, in quotation marks where it needs them.
pub(super) fn escape(text: &[u8], into: &mut Vec<u8>) {
    if !text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        into.extend_from_slice(text);
        return;
    }
    into.push(b'"');
    for &byte in text {
        if byte == b'"' {
            into.push(b'"');
        }
        into.push(byte);
    }
    into.push(b'"');
}
