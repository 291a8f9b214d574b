//! Writes points and icons as rows.

use super::input::{Group, Sheet};
use super::{ICON_COLUMNS, POINT_COLUMNS, Request, Row, TextError};
use crate::{Chart, Kind, SummaryRow};

/// The icons of a chart: one row, or for a funnel one a place.
pub(super) fn icons(sheet: &Sheet, group: &Group, chart: &Chart) -> Vec<SummaryRow> {
    if chart.kind() == Kind::Funnel {
        let name = |reading| sheet.labels(group, reading).0;
        return chart.points().iter().map(|p| SummaryRow::of_place(name(p.reading), p)).collect();
    }
    vec![SummaryRow::of(sheet.labels(group, 0).0, chart)]
}

/// Rows on their way out, held until all of them are there.
pub(super) struct Rows {
    writer: csv::Writer<Vec<u8>>,
    number: String,
}

impl Rows {
    pub fn new(request: &Request) -> Result<Rows, TextError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        match request.icons {
            true => writer.write_record(ICON_COLUMNS)?,
            false => writer.write_record(POINT_COLUMNS)?,
        }
        Ok(Rows { writer, number: String::new() })
    }

    pub fn write(&mut self, row: Row<'_>) -> Result<(), TextError> {
        match row {
            Row::Point { series, date, point } => {
                self.writer.write_field(series)?;
                self.writer.write_field(date)?;
                for number in [point.value, point.centre, point.lower, point.upper] {
                    self.write_number(number)?;
                }
                self.write_shown(point.rules)?;
                self.write_shown(point.part)?;
            }
            Row::Icons(row) => {
                self.writer.write_field(&row.series)?;
                self.writer.write_field(row.variation.code())?;
                self.writer.write_field(row.assurance.code())?;
                self.write_number(row.latest)?;
                self.write_shown(row.rules)?;
            }
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// All of it as text.
    pub fn finish(self) -> Result<Vec<u8>, TextError> {
        self.writer.into_inner().map_err(|error| TextError::Write(error.into_error()))
    }

    /// A number with as many digits as it takes to read the same number back; nothing for a gap.
    fn write_number(&mut self, number: Option<f64>) -> Result<(), TextError> {
        match number {
            // A zero is written without a sign.
            Some(number) => self.write_shown(number + 0.0),
            None => Ok(self.writer.write_field("")?),
        }
    }

    fn write_shown(&mut self, shown: impl std::fmt::Display) -> Result<(), TextError> {
        use std::fmt::Write as _;
        self.number.clear();
        // Writing into a string cannot fail.
        let _ = write!(self.number, "{shown}");
        Ok(self.writer.write_field(&self.number)?)
    }
}
