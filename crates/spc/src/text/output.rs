//! Writes points and icons as rows.

use super::input::{Group, Sheet};
use super::{Request, TextError};
use crate::{Chart, Kind, SummaryRow, sort_by_attention};

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
        if request.icons {
            writer.write_record(["series", "variation", "assurance", "latest", "rules"])?;
        } else {
            writer.write_record(["series", "date", "value", "centre", "lower", "upper", "rules", "part"])?;
        }
        Ok(Rows { writer, number: String::new() })
    }

    pub fn points(&mut self, sheet: &Sheet, group: &Group, chart: &Chart) -> Result<(), TextError> {
        for point in chart.points() {
            let (series, date) = sheet.labels(group, point.reading);
            self.writer.write_field(series)?;
            self.writer.write_field(date)?;
            for number in [point.value, point.centre, point.lower, point.upper] {
                self.write_number(number)?;
            }
            self.write_shown(point.rules)?;
            self.write_shown(point.part)?;
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    pub fn icons(&mut self, mut rows: Vec<SummaryRow>, by_attention: bool) -> Result<(), TextError> {
        if by_attention {
            sort_by_attention(&mut rows);
        }
        for row in rows {
            self.writer.write_field(&row.series)?;
            self.writer.write_field(row.variation.code())?;
            self.writer.write_field(row.assurance.code())?;
            self.write_number(row.latest)?;
            self.write_shown(row.rules)?;
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
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
