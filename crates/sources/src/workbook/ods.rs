//! OpenDocument spreadsheets.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Archive, Book, Cell, Held, Limits, Sheet, text_cell};
use crate::SourceError;

const FORMAT: &str = "OpenDocument spreadsheet (.ods)";

/// Every sheet, in the order of the file.
pub(super) fn sheets(book: &Book<'_>, archive: &mut Archive<'_>) -> Result<Vec<Sheet>, SourceError> {
    let content = book.part(FORMAT, archive, "content.xml")?;
    let mut reader = Reader::from_reader(content.as_slice());
    reader.config_mut().check_end_names = false;
    let mut walk = Walk { limits: Some(book.limits), ..Walk::default() };
    loop {
        let event =
            reader.read_event().map_err(|error| book.damaged(FORMAT, format!("content.xml: {error}")))?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => walk.open(&tag),
            Event::Empty(tag) => {
                walk.open(&tag);
                walk.close(tag.name().as_ref());
            }
            Event::End(tag) => walk.close(tag.name().as_ref()),
            Event::Text(text) if walk.in_text() => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) if walk.in_text() => {
                if let Some(character) = super::xlsx::entity(&entity) {
                    walk.text.push(character);
                }
            }
            _ => {}
        }
        book.hold(&walk.held)?;
    }
    if walk.in_table {
        return Err(book.damaged(FORMAT, "content.xml ends within a table".to_owned()));
    }
    Ok(walk.sheets)
}

#[derive(Default)]
struct Walk {
    sheets: Vec<Sheet>,
    in_table: bool,
    /// Rows that were blank since the last that was not.
    blank_rows: usize,
    row: Vec<Cell>,
    row_repeat: usize,
    /// Cells that were blank since the last of this row that was not.
    blank_cells: usize,
    in_cell: bool,
    paragraphs: usize,
    in_paragraph: usize,
    in_annotation: usize,
    value: Option<f64>,
    /// The day of a date, which may be shown in any manner.
    day: Option<Box<str>>,
    cell_repeat: usize,
    text: String,
    held: Held,
    limits: Option<&'static Limits>,
}

impl Walk {
    fn has_room(&self) -> bool {
        self.limits.is_some_and(|limits| limits.allow(&self.held))
    }

    fn in_text(&self) -> bool {
        self.in_paragraph > 0 && self.in_cell && self.in_annotation == 0 && self.value.is_none()
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table-cell" | "table:covered-table-cell" => self.open_cell(tag),
            "text:p" => {
                self.in_paragraph += 1;
                if self.in_text() {
                    self.paragraphs += 1;
                    if self.paragraphs > 1 {
                        self.text.push('\n');
                    }
                }
            }
            "text:s" if self.in_text() => {
                let spaces = count(attribute(tag, "text:c").as_deref());
                self.text.extend(std::iter::repeat_n(' ', spaces.min(1000)));
            }
            "text:tab" if self.in_text() => self.text.push(' '),
            "text:line-break" if self.in_text() => self.text.push('\n'),
            "office:annotation" => self.in_annotation += 1,
            "table:table-row" => {
                self.row.clear();
                self.blank_cells = 0;
                self.row_repeat = count(attribute(tag, "table:number-rows-repeated").as_deref());
            }
            "table:table" => {
                let name = attribute(tag, "table:name").unwrap_or_default();
                self.sheets.push(Sheet { name: name.into(), rows: Vec::new() });
                self.in_table = true;
                self.blank_rows = 0;
            }
            _ => {}
        }
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) {
        self.in_cell = true;
        self.paragraphs = 0;
        self.value = None;
        self.day = None;
        self.text.clear();
        self.cell_repeat = 1;
        for attribute in tag.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "office:value" => {
                    self.value = attribute.value.parse().ok();
                }
                "office:date-value" => self.day = Some(attribute.value.as_ref().into()),
                "table:number-columns-repeated" => {
                    self.cell_repeat = count(Some(&attribute.value));
                }
                _ => {}
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.close_cell(),
            "text:p" => self.in_paragraph = self.in_paragraph.saturating_sub(1),
            "office:annotation" => self.in_annotation = self.in_annotation.saturating_sub(1),
            "table:table-row" => self.close_row(),
            "table:table" => self.in_table = false,
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        self.in_cell = false;
        let cell = match self.value.take().filter(|value| value.is_finite()) {
            Some(number) => Cell::Number(number),
            None => self.day.take().map_or_else(|| text_cell(&self.text), Cell::Text),
        };
        if cell == Cell::Empty {
            self.blank_cells = self.blank_cells.saturating_add(self.cell_repeat);
            return;
        }
        let added = self.blank_cells.saturating_add(self.cell_repeat);
        self.held.add(added, cell.size().saturating_mul(self.cell_repeat));
        if self.has_room() {
            self.row.resize(self.row.len() + self.blank_cells, Cell::Empty);
            self.row.extend(std::iter::repeat_n(cell, self.cell_repeat));
        }
        self.blank_cells = 0;
    }

    fn close_row(&mut self) {
        if self.row.is_empty() {
            self.blank_rows = self.blank_rows.saturating_add(self.row_repeat);
            return;
        }
        let blank = std::mem::take(&mut self.blank_rows);
        let added = blank.saturating_add(self.row.len().saturating_mul(self.row_repeat));
        // Its text was counted once, with its cells.
        let text: usize = self.row.iter().map(Cell::size).sum();
        self.held.add(added, text.saturating_mul(self.row_repeat.saturating_sub(1)));
        let has_room = self.has_room();
        let Some(sheet) = self.sheets.last_mut() else { return };
        if has_room {
            sheet.rows.resize(sheet.rows.len() + blank, Vec::new());
            let row = std::mem::take(&mut self.row);
            sheet.rows.extend(std::iter::repeat_n(row, self.row_repeat));
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|text| text.into_owned())
}

fn count(text: Option<&str>) -> usize {
    text.and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
