//! One child's line of a file, read: who it is, the child, the doses and what was odd.

use memchr::memchr;
use serde_json::Value;

use super::child::{Child, Dose};
use super::record::{self, Record};
use super::schedule::Schedule;

/// Where each field stands on a CSV line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    places: [usize; 6],
}

/// The headings of each field; the second names are those of the other schedules' files.
const NAMES: [&[&[u8]]; 6] = [
    &[b"id", b"person"],
    &[b"born", b"date_of_birth"],
    &[b"sex"],
    &[b"conditions", b"observations"],
    &[b"doses"],
    &[b"expecting"],
];
const ABSENT: usize = usize::MAX;

impl Columns {
    /// Reads a heading line. None when `id`, `born` or `doses` is missing.
    pub fn from_heading(line: &[u8]) -> Option<Columns> {
        let mut places = [ABSENT; 6];
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        for (place, name) in line.trim_ascii_end().split(|byte| *byte == b',').enumerate() {
            let name = name.trim_ascii();
            let name = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name);
            let known = |names: &&[&[u8]]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
            if let Some(field) = NAMES.iter().position(known) {
                places[field] = place;
            }
        }
        [0, 1, 4].iter().all(|field| places[*field] != ABSENT).then_some(Columns { places })
    }

    /// For a format that has none.
    pub(super) fn none() -> Columns {
        Columns { places: [ABSENT; 6] }
    }
}

/// What a file says of one child, field by field, in the forms that [`super::forecast_stream`] reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChildText<'a> {
    /// The date of birth.
    pub born: &'a str,
    /// The sex; may be empty.
    pub sex: &'a str,
    /// The codes of conditions, with semicolons or spaces between.
    pub conditions: &'a str,
    /// The doses: `6in1 2025-03-01;menb 2025-03-01`, or `6in1:2025-03-01 menb:2025-03-01`.
    pub doses: &'a str,
    /// The day on which a birth is expected; empty for none.
    pub expecting: &'a str,
}

/// A child as read from text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRecord {
    /// The child.
    pub child: Child,
    /// The doses that could be read, in the order of the text.
    pub doses: Vec<Dose>,
    /// What was odd, as codes with the text in question: `unknown-vaccine:xyz`.
    pub oddities: Vec<String>,
}

impl ChildText<'_> {
    /// Reads a child. None when the date of birth cannot be read: nothing can then be said.
    pub fn read(&self, schedule: &Schedule) -> Option<ChildRecord> {
        let mut line = Line::default();
        line.begin(self.born.trim().as_bytes(), self.sex.trim().as_bytes(), self.expecting.trim().as_bytes());
        let codes = self.conditions.as_bytes().split(|byte| matches!(byte, b';' | b' '));
        let child = line.child?.with_conditions(line.record.conditions(schedule, codes));
        read_doses(schedule, self.doses.as_bytes(), &mut line.record);
        let odd = |(oddity, text): &(record::Oddity, String)| format!("{}:{text}", oddity.code());
        let oddities = line.record.oddities.iter().map(odd).collect();
        Some(ChildRecord { child, doses: line.record.doses, oddities })
    }
}

/// A line as read; kept and reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Whose line it is, as plain text.
    pub(super) id: Vec<u8>,
    /// Whether JSON gave the id as a number.
    pub(super) id_is_number: bool,
    /// The date of birth as it stood.
    pub(super) born: Vec<u8>,
    /// The child; none when the date of birth cannot be read.
    pub(super) child: Option<Child>,
    /// The doses, and what was odd.
    pub(super) record: Record,
    fields: Vec<(usize, usize)>,
}

impl Line {
    fn begin(&mut self, born: &[u8], sex: &[u8], expecting: &[u8]) {
        self.record.clear();
        self.child = record::child(born, sex, expecting);
        self.record.born = self.child.map(|child| child.born());
        self.born.clear();
        if self.child.is_none() {
            self.born.extend_from_slice(born);
        }
    }

    /// Reads a CSV line.
    pub(super) fn read_csv(&mut self, schedule: &Schedule, columns: &Columns, line: &[u8]) {
        let mut fields = std::mem::take(&mut self.fields);
        cut_fields(line, &mut fields);
        let field = |place: usize| {
            fields.get(columns.places[place]).map_or(&b""[..], |(start, end)| &line[*start..*end])
        };
        self.id.clear();
        self.id_is_number = false;
        copy_unquoted(field(0), &mut self.id);
        self.begin(field(1).trim_ascii(), field(2).trim_ascii(), field(5).trim_ascii());
        if let Some(child) = &mut self.child {
            let conditions = field(3);
            if !conditions.is_empty() {
                let codes = conditions.split(|byte| matches!(byte, b';' | b' '));
                *child = child.with_conditions(self.record.conditions(schedule, codes));
            }
            read_doses(schedule, field(4), &mut self.record);
        }
        self.fields = fields;
    }

    /// Reads a JSON line; one that is not JSON has no child.
    pub(super) fn read_json(&mut self, schedule: &Schedule, line: &[u8]) {
        let read: Value = serde_json::from_slice(line).unwrap_or(Value::Null);
        let get = |names: &[&str]| names.iter().find_map(|name| read.get(name));
        let text = |names: &[&str]| get(names).and_then(Value::as_str).unwrap_or_default().trim();
        self.id.clear();
        let id = get(&["id", "person"]);
        self.id_is_number = id.is_some_and(Value::is_number);
        match id {
            Some(Value::String(id)) => self.id.extend_from_slice(id.as_bytes()),
            Some(Value::Number(id)) => self.id.extend_from_slice(id.to_string().as_bytes()),
            _ => {}
        }
        let born = text(&["born", "date_of_birth"]);
        self.begin(born.as_bytes(), text(&["sex"]).as_bytes(), text(&["expecting"]).as_bytes());
        let Some(child) = &mut self.child else { return };
        let list = |names: &[&str]| get(names).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let code =
            |value: &'_ Value| value.as_str().or_else(|| value.get("code")?.as_str()).map(str::to_owned);
        let codes: Vec<String> = list(&["conditions", "observations"]).iter().filter_map(code).collect();
        let codes = codes.iter().map(String::as_bytes);
        *child = child.with_conditions(self.record.conditions(schedule, codes));
        for dose in list(&["doses"]) {
            let part = |name: &str| dose.get(name).and_then(Value::as_str).unwrap_or_default().as_bytes();
            self.record.dose(schedule, part("vaccine"), part("date"));
        }
    }
}

/// Reads `6in1 2025-03-01;menb 2025-03-01`, or `6in1:2025-03-01 menb:2025-03-01`.
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
        let part = list[..end].trim_ascii();
        list = list.get(end + 1..).unwrap_or_default();
        if memchr(b':', part).is_some() {
            for dose in part.split(|byte| *byte == b' ').filter(|dose| !dose.is_empty()) {
                let mut parts = dose.split(|byte| *byte == b':');
                let (code, date) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                record.dose(schedule, code, date);
            }
        } else if let Some(space) = part.iter().rposition(|byte| *byte == b' ') {
            record.dose(schedule, part[..space].trim_ascii_end(), &part[space + 1..]);
        } else if !part.is_empty() {
            record.odd(record::Oddity::UnreadableDate, part);
        }
    }
}

/// Copies a field as it stood on the line; a doubled quote is one.
fn copy_unquoted(field: &[u8], out: &mut Vec<u8>) {
    let mut rest = field;
    while let Some(quote) = memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        rest = &rest[quote + 1..];
        rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    }
    out.extend_from_slice(rest);
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
