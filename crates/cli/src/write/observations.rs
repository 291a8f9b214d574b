//! Observations as CSV, JSON Lines and Parquet: the same columns in each.

use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use store::indicators::TracedObservation;
use town::indicators::{OBSERVATION_COLUMNS, cell_of, observation_fields, observation_json};

use crate::arguments::Format;
use crate::failure::Failure;

type Out = Box<dyn Write + Send>;

/// Writes observations a batch at a time.
pub enum Writer {
    /// Comma-separated values.
    Csv(Box<csv::Writer<Out>>),
    /// One JSON object a line.
    Json(std::io::BufWriter<Out>),
    /// Parquet; begun with the first batch.
    Parquet(Box<ArrowWriter<Out>>),
}

impl Writer {
    /// Begins a file of this format.
    pub fn begin(format: Format, out: Out) -> Result<Writer, Failure> {
        Ok(match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(OBSERVATION_COLUMNS.iter().map(|column| column.name))?;
                Writer::Csv(Box::new(writer))
            }
            Format::Json => Writer::Json(std::io::BufWriter::new(out)),
            Format::Parquet => {
                let compressed = Compression::ZSTD(ZstdLevel::try_new(3)?);
                let properties = WriterProperties::builder().set_compression(compressed).build();
                let schema = batch(&[])?.schema();
                Writer::Parquet(Box::new(ArrowWriter::try_new(out, schema, Some(properties))?))
            }
        })
    }

    /// Writes a batch.
    pub fn rows(&mut self, rows: &[TracedObservation]) -> Result<(), Failure> {
        match self {
            Writer::Csv(writer) => {
                rows.iter().try_for_each(|row| Ok(writer.write_record(observation_fields(row))?))
            }
            Writer::Json(writer) => rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut *writer, &observation_json(row))?;
                Ok(writer.write_all(b"\n")?)
            }),
            Writer::Parquet(writer) => Ok(writer.write(&batch(rows)?)?),
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Writer::Csv(mut writer) => Ok(writer.flush()?),
            Writer::Json(mut writer) => Ok(writer.flush()?),
            Writer::Parquet(writer) => writer.close().map(|_| ()).map_err(Failure::from),
        }
    }
}

fn batch(rows: &[TracedObservation]) -> Result<RecordBatch, Failure> {
    let text = |of: &dyn Fn(&TracedObservation) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(of)))
    };
    let number = |of: &dyn Fn(&TracedObservation) -> Option<f64>| -> ArrayRef {
        Arc::new(Float64Array::from_iter(rows.iter().map(of)))
    };
    let columns: Vec<(&str, ArrayRef, bool)> = vec![
        ("indicator", text(&|o| o.indicator.clone()), false),
        ("age", text(&|o| o.age.clone()), false),
        ("area_code", text(&|o| o.area_code.clone()), false),
        ("area_name", text(&|o| o.area_name.clone()), false),
        ("period_start", text(&|o| o.period_start.clone()), false),
        ("period_end", text(&|o| o.period_end.clone()), false),
        ("numerator", number(&|o| o.numerator), true),
        ("denominator", number(&|o| o.denominator), true),
        ("value", number(&|o| o.value), true),
        ("status", text(&|o| o.status.clone()), false),
        ("version", Arc::new(Int64Array::from_iter_values(rows.iter().map(|o| o.version))), false),
        ("file", text(&|o| o.file.clone()), false),
        ("sheet", text(&|o| o.sheet.clone()), false),
        ("cell", text(&cell_of), false),
        ("note", Arc::new(StringArray::from_iter(rows.iter().map(|o| o.note.clone()))), true),
        ("source", text(&|o| o.source.clone()), false),
        ("sex", text(&|o| o.sex.clone()), false),
        ("group", text(&|o| o.within.clone()), false),
        ("is_current", Arc::new(BooleanArray::from_iter(rows.iter().map(|o| Some(o.is_current)))), true),
    ];
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}
