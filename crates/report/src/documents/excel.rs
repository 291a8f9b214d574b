//! Excel: a sheet for the words and a sheet for each table, with real numbers.
//!
//! Each table's sheet has its caption in the first cell and its headings, frozen, in the third row. A withheld figure is
//! its word, so that no sum can take it for a zero.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::model::{Block, Document};
use super::table::{Cell, Table};
use crate::Error;
use crate::figures::{Unit, long_date};

/// The row of a sheet that holds the headings, counted from 0.
const HEADINGS: u32 = 2;

/// The document as an Excel workbook (.xlsx). The same document gives the same cells.
///
/// # Errors
///
/// [`Error::Write`] when the workbook cannot be put together: a table beyond Excel's size, for one.
pub fn excel(document: &Document) -> Result<Vec<u8>, Error> {
    workbook(document).map_err(|error| Error::Write {
        title: document.title.clone(),
        format: "Excel",
        why: error.to_string(),
    })
}

fn workbook(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = document.as_of;
    let created = ExcelDateTime::from_ymd(
        date.year().unsigned_abs(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    );
    let mut properties = DocProperties::new().set_title(&document.title).set_author(&document.town);
    if let Ok(created) = created {
        properties = properties.set_creation_datetime(&created);
    }
    book.set_properties(&properties);
    let mut tables: Vec<Table> = document.tables().into_iter().cloned().collect();
    tables.extend(document.vintage_table());
    let names = sheet_names(&tables);
    write_words(book.add_worksheet().set_name("Report")?, document, &tables, &names)?;
    for (table, name) in tables.iter().zip(&names) {
        write_table(book.add_worksheet().set_name(name)?, document, table)?;
    }
    book.save_to_buffer()
}

/// Everything that the document says outside its tables, and which sheet holds which table.
fn write_words(
    sheet: &mut Worksheet,
    document: &Document,
    tables: &[Table],
    names: &[String],
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 34)?.set_column_width(1, 100)?;
    let mut row = 0;
    let mut line =
        |sheet: &mut Worksheet, first: &str, second: &str, heading: bool| -> Result<(), XlsxError> {
            let look = if heading { &bold } else { &plain };
            sheet.write_string_with_format(row, 0, first, look)?;
            sheet.write_string_with_format(row, 1, second, &plain)?;
            row += 1;
            Ok(())
        };
    line(sheet, &document.title, &document.subtitle, true)?;
    line(sheet, "Town", &document.town, false)?;
    line(sheet, "As of", &long_date(document.as_of), false)?;
    if document.synthetic {
        line(sheet, "Synthetic", super::SYNTHETIC, true)?;
    }
    for (_, section) in document.walk() {
        line(sheet, &section.heading, "", true)?;
        for (first, second) in section.blocks.iter().flat_map(words) {
            line(sheet, &first, &second, false)?;
        }
    }
    if !document.methods.is_empty() {
        line(sheet, super::METHODS_HEADING, "", true)?;
    }
    for method in &document.methods {
        line(sheet, &method.name, &method.words, false)?;
    }
    line(sheet, "Sheets", "", true)?;
    for (table, name) in tables.iter().zip(names) {
        line(sheet, name, &table.caption, false)?;
    }
    Ok(())
}

/// A block as lines of a name and its words.
fn words(block: &Block) -> Vec<(String, String)> {
    let alone = |words: &String| (String::new(), words.clone());
    match block {
        Block::Paragraph(words) | Block::Lead(words) | Block::Note(words) => vec![alone(words)],
        Block::List(items) => items.iter().map(alone).collect(),
        Block::KeyValues(pairs) => pairs.clone(),
        Block::Status(_, words, reasons) => {
            let mut lines = vec![("Status".to_owned(), words.clone())];
            lines.extend(reasons.iter().map(alone));
            lines
        }
        Block::Table(_) => Vec::new(),
        Block::Charts(charts) => {
            charts.iter().map(|chart| (chart.title.clone(), chart.description.clone())).collect()
        }
    }
}

fn write_table(sheet: &mut Worksheet, document: &Document, table: &Table) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &table.caption, &Format::new().set_bold().set_font_size(13))?;
    let about = match document.synthetic {
        true => {
            format!("Synthetic: not real figures. {}, as of {}", document.town, long_date(document.as_of))
        }
        false => format!("{}, as of {}", document.town, long_date(document.as_of)),
    };
    sheet.write_string(1, 0, &about)?;
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Medium)
        .set_align(FormatAlign::Top);
    for (index, column) in table.columns.iter().enumerate() {
        let index = column_number(index)?;
        let words = match column.unit {
            Some(Unit::Percent) => format!("{} (%)", column.heading),
            Some(Unit::Pounds) => format!("{} (£)", column.heading),
            _ => table.heading(column),
        };
        sheet.write_string_with_format(HEADINGS, index, &words, &heading)?;
        sheet.set_column_width(index, if column.unit.is_some() { 14 } else { 32 })?;
    }
    sheet.set_freeze_panes(HEADINGS + 1, 1)?;
    let mut row = HEADINGS + 1;
    for cells in &table.rows {
        for (index, cell) in cells.iter().enumerate() {
            write_cell(sheet, row, column_number(index)?, cell, table, index)?;
        }
        row += 1;
    }
    if let Some(last) = table.columns.len().checked_sub(1).filter(|_| !table.rows.is_empty()) {
        sheet.autofilter(HEADINGS, 0, row - 1, column_number(last)?)?;
    }
    for note in &table.notes {
        row += 1;
        sheet.write_string(row, 0, note)?;
    }
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    table: &Table,
    index: usize,
) -> Result<(), XlsxError> {
    let unit = table.columns[index].unit;
    match cell {
        Cell::Number(number) if number.is_finite() => {
            let places = unit.map_or(2, |unit| unit.decimals(*number));
            let format = match places {
                0 => "#,##0".to_owned(),
                places => format!("#,##0.{}", "0".repeat(places)),
            };
            sheet.write_number_with_format(row, column, *number, &Format::new().set_num_format(format))?;
        }
        Cell::Date(iso) => match iso.parse::<vocabulary::Date>().ok().and_then(excel_date) {
            Some(date) => {
                let format = Format::new().set_num_format("d mmmm yyyy").set_align(FormatAlign::Left);
                sheet.write_datetime_with_format(row, column, &date, &format)?;
            }
            None => {
                sheet.write_string(row, column, iso)?;
            }
        },
        Cell::Blank => {}
        other => {
            let side = if unit.is_some() { FormatAlign::Right } else { FormatAlign::Left };
            let format = Format::new().set_text_wrap().set_align(side).set_align(FormatAlign::Top);
            sheet.write_string_with_format(row, column, table.shown(other, index), &format)?;
        }
    }
    Ok(())
}

fn excel_date(date: vocabulary::Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

fn column_number(index: usize) -> Result<u16, XlsxError> {
    u16::try_from(index).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A name for each table's sheet: its number and as much of its caption as Excel's 31 characters hold.
fn sheet_names(tables: &[Table]) -> Vec<String> {
    let name = |(index, table): (usize, &Table)| {
        let allowed =
            |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
        let words: String = table.caption.chars().filter(|c| allowed(*c)).collect();
        let name: String = format!("{} {}", index + 1, words.trim()).chars().take(31).collect();
        name.trim_end().to_owned()
    };
    tables.iter().enumerate().map(name).collect()
}
