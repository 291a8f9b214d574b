//! A table as CSV.

use super::table::{Cell, Table};
use crate::Error;

/// The table as CSV in UTF-8 (RFC 4180): headings with their units, numbers unrounded, a withheld figure as its word,
/// dates as ISO 8601. Words that a spreadsheet would take for a formula are preceded by an apostrophe.
///
/// # Errors
///
/// [`Error::Write`] when memory cannot be written to, which does not happen.
pub fn csv(table: &Table) -> Result<Vec<u8>, Error> {
    let wrong = |why: String| Error::Write { title: table.caption.clone(), format: "CSV", why };
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let headings = table.columns.iter().map(|column| match column.unit {
        Some(crate::figures::Unit::Percent) => format!("{} (%)", column.heading),
        Some(crate::figures::Unit::Pounds) => format!("{} (£)", column.heading),
        _ => table.heading(column),
    });
    writer.write_record(headings).map_err(|error| wrong(error.to_string()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written)).map_err(|error| wrong(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| wrong(error.to_string()))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) | Cell::Date(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Blank => String::new(),
        withheld => withheld.withheld().map(|reason| reason.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Column;
    use crate::figures::Unit;

    #[test]
    fn numbers_are_unrounded_and_words_harmless() {
        let mut table =
            Table::new("t", vec![Column::text("Area"), Column::number("Coverage", Unit::Percent)]);
        table.push(vec![Cell::text("St Mary's, \"north\""), Cell::Number(83.456_789)]);
        table.push(vec![Cell::text("=HYPERLINK(1)"), Cell::Suppressed]);
        table.push(vec![Cell::text("Łódź"), Cell::Missing]);
        let text = String::from_utf8(csv(&table).unwrap()).unwrap();
        let expected = "Area,Coverage (%)\r\n\"St Mary's, \"\"north\"\"\",83.456789\r\n'=HYPERLINK(1),suppressed\r\nŁódź,missing\r\n";
        assert_eq!(text, expected);
    }
}
