//! Files in and small tables out.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use indicatif::{ProgressBar, ProgressStyle};
use parquet::arrow::ArrowWriter;

use super::grouped_rows::a_row_for_each_child;
use super::parquet_text::ParquetText;
use crate::arguments::Format;
use crate::failure::Failure;
use crate::write;

/// Opens a file of children as text: CSV with a row for each child, or JSON Lines; `-` is standard input. A bar
/// moves with the reading when a terminal is watching.
pub fn open(path: &Path, format: Format) -> Result<(Box<dyn Read + Send>, ProgressBar), Failure> {
    let is_stdin = path.as_os_str() == "-";
    let at = |error: std::io::Error| Failure::Refused(format!("{}: {error}", path.display()));
    let bar = match std::fs::metadata(path) {
        Ok(about) if !is_stdin && format != Format::Parquet && std::io::stderr().is_terminal() => {
            let bar = ProgressBar::new(about.len());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}  {eta} left") {
                bar.set_style(style);
            }
            bar
        }
        _ => ProgressBar::hidden(),
    };
    let input: Box<dyn Read + Send> = match format {
        Format::Parquet => Box::new(ParquetText::open(path)?),
        _ if is_stdin => Box::new(std::io::stdin()),
        _ => Box::new(bar.wrap_read(File::open(path).map_err(at)?)),
    };
    let input = if format == Format::Json { input } else { a_row_for_each_child(input)? };
    Ok((input, bar))
}

/// A value of a table.
pub enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    None,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Number(f64::from(number))
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Value {
        number.map_or(Value::None, Value::Number)
    }
}

impl Value {
    fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::None => String::new(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Value::Text(text) => text.as_str().into(),
            Value::Number(number) if number.fract() == 0.0 => (*number as i64).into(),
            Value::Number(number) => (*number).into(),
            Value::None => serde_json::Value::Null,
        }
    }
}

/// Writes a table.
pub fn write(format: Format, path: &Path, headings: &[String], rows: &[Vec<Value>]) -> Result<(), Failure> {
    let mut out = write::open(path)?;
    match format {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(headings)?;
            for row in rows {
                writer.write_record(row.iter().map(Value::text))?;
            }
            Ok(writer.flush()?)
        }
        Format::Json => {
            for row in rows {
                let object: serde_json::Map<String, serde_json::Value> =
                    headings.iter().cloned().zip(row.iter().map(Value::json)).collect();
                serde_json::to_writer(&mut out, &object)?;
                out.write_all(b"\n")?;
            }
            Ok(out.flush()?)
        }
        Format::Parquet => {
            let column = |place: usize| -> ArrayRef {
                let values = || rows.iter().map(|row| row.get(place).unwrap_or(&Value::None));
                if values().all(|value| !matches!(value, Value::Text(_))) {
                    let number = |value: &Value| match value {
                        Value::Number(number) => Some(*number),
                        _ => None,
                    };
                    Arc::new(Float64Array::from_iter(values().map(number)))
                } else {
                    Arc::new(StringArray::from_iter_values(values().map(Value::text)))
                }
            };
            let columns = headings.iter().enumerate().map(|(place, name)| (name, column(place), true));
            let batch = RecordBatch::try_from_iter_with_nullable(columns)?;
            let mut writer = ArrowWriter::try_new(out, batch.schema(), None)?;
            writer.write(&batch)?;
            writer.close()?;
            Ok(())
        }
    }
}
