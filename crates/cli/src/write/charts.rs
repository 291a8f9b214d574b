//! Charts and icons as CSV, JSON Lines and Parquet: the same columns in each.

use std::io::Read;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Builder, RecordBatch, StringBuilder, UInt32Builder};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::json;
use spc::text::{ICON_COLUMNS, POINT_COLUMNS, Request, Row, TextError, each_row, process};

use crate::arguments::Format;
use crate::failure::Failure;

/// The whole file, so that a refused series leaves nothing half-written. `name` is what messages call the input.
pub fn charts(input: impl Read, name: &str, request: &Request, format: Format) -> Result<Vec<u8>, Failure> {
    let refused = |error: TextError| Failure::Refused(format!("{name}: {error}"));
    match format {
        Format::Csv => {
            let mut out = Vec::new();
            process(input, &mut out, request).map_err(refused)?;
            Ok(out)
        }
        Format::Json => lines(input, request).map_err(refused),
        Format::Parquet => {
            let mut columns = Columns::default();
            each_row(input, request, |row| {
                columns.push(row);
                Ok(())
            })
            .map_err(refused)?;
            columns.finish(request.icons)
        }
    }
}

/// One object a line.
fn lines(input: impl Read, request: &Request) -> Result<Vec<u8>, TextError> {
    let mut out = Vec::new();
    each_row(input, request, |row| {
        let object = match row {
            Row::Point { series, date, point } => json!({
                "series": series,
                "date": date,
                "value": point.value,
                "centre": point.centre,
                "lower": point.lower,
                "upper": point.upper,
                "rules": point.rules.to_string(),
                "part": point.part,
            }),
            Row::Icons(row) => json!({
                "series": row.series,
                "variation": row.variation.code(),
                "assurance": row.assurance.code(),
                "latest": row.latest,
                "rules": row.rules.to_string(),
            }),
        };
        serde_json::to_writer(&mut out, &object).map_err(std::io::Error::from)?;
        out.push(b'\n');
        Ok::<(), TextError>(())
    })?;
    Ok(out)
}

/// What goes into a Parquet file, a column at a time: text first, as it stands left of the numbers, and rules last.
#[derive(Default)]
struct Columns {
    series: StringBuilder,
    /// Of a point: its date. Of a series: its two icons.
    texts: [StringBuilder; 2],
    /// Of a point: value, centre, lower and upper. Of a series: its latest value.
    numbers: [Float64Builder; 4],
    rules: StringBuilder,
    part: UInt32Builder,
}

impl Columns {
    fn push(&mut self, row: Row<'_>) {
        match row {
            Row::Point { series, date, point } => {
                self.series.append_value(series);
                self.texts[0].append_value(date);
                let numbers = [point.value, point.centre, point.lower, point.upper];
                for (column, number) in self.numbers.iter_mut().zip(numbers) {
                    column.append_option(number);
                }
                self.rules.append_value(point.rules.to_string());
                self.part.append_value(point.part);
            }
            Row::Icons(row) => {
                self.series.append_value(&row.series);
                self.texts[0].append_value(row.variation.code());
                self.texts[1].append_value(row.assurance.code());
                self.numbers[0].append_option(row.latest);
                self.rules.append_value(row.rules.to_string());
            }
        }
    }

    fn finish(mut self, icons: bool) -> Result<Vec<u8>, Failure> {
        let texts = if icons { 2 } else { 1 };
        let numbers = if icons { 1 } else { 4 };
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(self.series.finish())];
        arrays.extend(self.texts[..texts].iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        arrays.extend(self.numbers[..numbers].iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        arrays.push(Arc::new(self.rules.finish()));
        if !icons {
            arrays.push(Arc::new(self.part.finish()));
        }
        let names: &[&str] = if icons { &ICON_COLUMNS } else { &POINT_COLUMNS };
        let columns = names.iter().zip(arrays).map(|(&name, array)| {
            let may_be_empty = array.data_type() == &arrow::datatypes::DataType::Float64;
            (name, array, may_be_empty)
        });
        let batch = RecordBatch::try_from_iter_with_nullable(columns)?;
        let compressed = Compression::ZSTD(ZstdLevel::try_new(3)?);
        let properties = WriterProperties::builder().set_compression(compressed).build();
        let mut out = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties))?;
        writer.write(&batch)?;
        writer.close()?;
        Ok(out)
    }
}
