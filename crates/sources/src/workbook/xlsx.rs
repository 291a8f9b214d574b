//! Office Open XML workbooks.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Archive, Book, Cell, Held, Sheet, place, text_cell};
use crate::SourceError;

const FORMAT: &str = "Excel workbook (.xlsx)";

/// Every worksheet, in the order of the workbook.
pub(super) fn sheets(book: &Book<'_>, archive: &mut Archive<'_>) -> Result<Vec<Sheet>, SourceError> {
    let targets = relations(book, archive)?;
    let listed = listed(book, archive)?;
    let shared = match archive.index_for_name("xl/sharedStrings.xml") {
        Some(_) => shared_strings(book, archive)?,
        None => Vec::new(),
    };
    let mut held = Held::default();
    let mut sheets = Vec::new();
    for (title, relation) in listed {
        let Some(target) = targets.get(&relation) else {
            return Err(book.damaged(FORMAT, format!("the sheet '{title}' is not in the file")));
        };
        // A sheet that holds a chart is no table.
        if !target.contains("worksheets/") {
            continue;
        }
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        let content = book.part(FORMAT, archive, &path)?;
        let rows = worksheet(book, &content, &shared, &mut held)?;
        sheets.push(Sheet { name: title.into(), rows });
    }
    Ok(sheets)
}

/// Hands every event of a part to `take`.
fn events(
    book: &Book<'_>,
    content: &[u8],
    mut take: impl FnMut(Event<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event().map_err(|error| book.damaged(FORMAT, error.to_string()))? {
            Event::Eof => return Ok(()),
            event => take(event)?,
        }
    }
}

fn relations(book: &Book<'_>, archive: &mut Archive<'_>) -> Result<HashMap<String, String>, SourceError> {
    let content = book.part(FORMAT, archive, "xl/_rels/workbook.xml.rels")?;
    let mut targets = HashMap::new();
    events(book, &content, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target"))
        {
            targets.insert(id, target);
        }
        Ok(())
    })?;
    Ok(targets)
}

/// The title and the relation of each sheet.
fn listed(book: &Book<'_>, archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, SourceError> {
    let content = book.part(FORMAT, archive, "xl/workbook.xml")?;
    let mut listed = Vec::new();
    events(book, &content, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "sheet"
            && let (Some(title), Some(relation)) = (attribute(&tag, "name"), attribute(&tag, "r:id"))
        {
            listed.push((title, relation));
        }
        Ok(())
    })?;
    Ok(listed)
}

fn shared_strings(book: &Book<'_>, archive: &mut Archive<'_>) -> Result<Vec<Box<str>>, SourceError> {
    let content = book.part(FORMAT, archive, "xl/sharedStrings.xml")?;
    let mut strings = Vec::new();
    let mut text = String::new();
    // Phonetic guides stand in `rPh` and are not part of the text.
    let (mut in_text, mut in_guide) = (false, false);
    events(book, &content, |event| {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = !in_guide,
                "rPh" => in_guide = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "si" => strings.push(text.as_str().into()),
                "t" => in_text = false,
                "rPh" => in_guide = false,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push("".into()),
            Event::Text(part) if in_text => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) if in_text => text.extend(entity(&part)),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

fn worksheet(
    book: &Book<'_>,
    content: &[u8],
    shared: &[Box<str>],
    held: &mut Held,
) -> Result<Vec<Vec<Cell>>, SourceError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let (mut at, mut kind, mut text, mut in_value) = ((0, 0), String::new(), String::new(), false);
    let mut ended = false;
    events(book, content, |event| {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "c" => {
                    at = position(attribute(&tag, "r").as_deref()).unwrap_or((at.0, at.1 + 1));
                    kind = attribute(&tag, "t").unwrap_or_default();
                    text.clear();
                }
                "v" | "t" => in_value = true,
                "row" => at = (row_number(&tag).unwrap_or(at.0 + 1), 0),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "c" => at = position(attribute(&tag, "r").as_deref()).unwrap_or((at.0, at.1 + 1)),
                "row" => at = (row_number(&tag).unwrap_or(at.0 + 1), 0),
                _ => {}
            },
            Event::Text(part) if in_value => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) if in_value => text.extend(entity(&part)),
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "c" => {
                    let cell = value(&kind, &text, shared);
                    // Rows and columns are counted from 1 here; what says otherwise is nowhere.
                    if let (Some(row), Some(column)) = (at.0.checked_sub(1), at.1.checked_sub(1))
                        && cell != Cell::Empty
                    {
                        place(book, held, &mut rows, (row, column), cell)?;
                    }
                }
                "worksheet" => ended = true,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    if !ended {
        return Err(book.damaged(FORMAT, "a sheet ends too early".to_owned()));
    }
    Ok(rows)
}

fn value(kind: &str, text: &str, shared: &[Box<str>]) -> Cell {
    match kind {
        "s" => match text.parse::<usize>().ok().and_then(|index| shared.get(index)) {
            Some(text) => text_cell(text),
            None => text_cell("(text that is not in the file)"),
        },
        "" | "n" => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Cell::Number(number),
            _ => text_cell(text),
        },
        "b" => text_cell(if text == "1" { "TRUE" } else { "FALSE" }),
        _ => text_cell(text),
    }
}

fn row_number(tag: &BytesStart<'_>) -> Option<usize> {
    attribute(tag, "r")?.parse().ok()
}

/// `C7` as row 7, column 3.
fn position(cell: Option<&str>) -> Option<(usize, usize)> {
    let cell = cell?;
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0_usize;
    for letter in cell[..digits].bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1)?;
    }
    Some((cell[digits..].parse().ok()?, column))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|text| text.into_owned())
}

/// The character of a reference such as `&amp;` or `&#38;`.
pub(super) fn entity(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read() {
        for (cell, row, column) in [("A1", 1, 1), ("C7", 7, 3), ("AA10", 10, 27)] {
            assert_eq!(position(Some(cell)), Some((row, column)));
        }
        for cell in ["", "7", "A", "A-1", "é1"] {
            let read = position(Some(cell));
            assert!(read.is_none() || read == Some((7, 0)), "{cell}");
        }
    }
}
