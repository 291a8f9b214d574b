//! Parquet as CSV text and back, so that the engine's one reader and writer serve all formats.
//!
//! A list column is its items with `;` between, a struct its fields with a space between: a `doses` column of
//! `list<struct<vaccine, date>>` reads as `6in1 2025-03-01;menb 2025-03-01`.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, RecordBatch, StringArray};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::failure::Failure;

/// Rows of a Parquet file as CSV text.
pub struct ParquetText {
    batches: ParquetRecordBatchReader,
    text: String,
    at: usize,
}

impl ParquetText {
    /// Opens a file; `-` is standard input, which is kept in a temporary file, since Parquet is read from its end.
    pub fn open(path: &Path) -> Result<ParquetText, Failure> {
        let at = |error: io::Error| Failure::Refused(format!("{}: {error}", path.display()));
        let file = if path.as_os_str() == "-" {
            let kept = std::env::temp_dir().join(format!("het-{}.parquet", std::process::id()));
            io::copy(&mut io::stdin().lock(), &mut File::create(&kept)?)?;
            let file = File::open(&kept)?;
            std::fs::remove_file(&kept)?;
            file
        } else {
            File::open(path).map_err(at)?
        };
        let builder = ParquetRecordBatchReaderBuilder::try_new(file)
            .map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?;
        let names: Vec<String> = builder.schema().fields().iter().map(|field| quoted(field.name())).collect();
        let text = format!("{}\n", names.join(","));
        Ok(ParquetText { batches: builder.with_batch_size(16_384).build()?, text, at: 0 })
    }

    fn fill(&mut self) -> io::Result<bool> {
        let Some(batch) = self.batches.next() else { return Ok(false) };
        let batch = batch.map_err(io::Error::other)?;
        self.text.clear();
        self.at = 0;
        for row in 0..batch.num_rows() {
            for (place, column) in batch.columns().iter().enumerate() {
                if place > 0 {
                    self.text.push(',');
                }
                let mut field = String::new();
                cell(column, row, &mut field).map_err(io::Error::other)?;
                self.text.push_str(&quoted(&field));
            }
            self.text.push('\n');
        }
        Ok(true)
    }
}

impl Read for ParquetText {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if !self.fill()? {
                return Ok(0);
            }
        }
        let rest = &self.text.as_bytes()[self.at..];
        let some = rest.len().min(into.len());
        into[..some].copy_from_slice(&rest[..some]);
        self.at += some;
        Ok(some)
    }
}

/// One value as text; nothing for a null.
fn cell(array: &ArrayRef, row: usize, out: &mut String) -> Result<(), arrow::error::ArrowError> {
    if array.is_null(row) {
        return Ok(());
    }
    match array.data_type() {
        DataType::List(_) => items(&array.as_list::<i32>().value(row), out),
        DataType::LargeList(_) => items(&array.as_list::<i64>().value(row), out),
        DataType::Struct(_) => {
            for (place, field) in array.as_struct().columns().iter().enumerate() {
                if place > 0 {
                    out.push(' ');
                }
                cell(field, row, out)?;
            }
            Ok(())
        }
        _ => {
            let formatter = ArrayFormatter::try_new(array, &FormatOptions::default())?;
            // Writing to a String cannot fail.
            let _ = write!(out, "{}", formatter.value(row));
            Ok(())
        }
    }
}

fn items(list: &ArrayRef, out: &mut String) -> Result<(), arrow::error::ArrowError> {
    for item in 0..list.len() {
        if item > 0 {
            out.push(';');
        }
        cell(list, item, out)?;
    }
    Ok(())
}

/// A field of CSV, quoted where it must be; a line's end inside becomes a space.
pub fn quoted(field: &str) -> String {
    let field = field.replace(['\n', '\r'], " ");
    if field.contains([',', '"']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// The columns that hold a day.
const DAYS: [&str; 6] = ["next_due", "earliest", "recommended", "past_due", "latest", "born"];

/// Takes CSV text and writes Parquet; every column is text but those that hold a day.
pub struct TextParquet<W: Write + Send> {
    out: Option<W>,
    writer: Option<ArrowWriter<W>>,
    headings: Vec<String>,
    pending: Vec<u8>,
}

/// Text is turned into a batch when so much has come together.
const BATCH: usize = 1 << 22;

impl<W: Write + Send> TextParquet<W> {
    /// Begins a file.
    pub fn new(out: W) -> TextParquet<W> {
        TextParquet { out: Some(out), writer: None, headings: Vec::new(), pending: Vec::new() }
    }

    fn batch(&mut self, whole: usize) -> io::Result<()> {
        let rest = self.pending.split_off(whole);
        let text = std::mem::replace(&mut self.pending, rest);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_slice());
        let mut record = csv::StringRecord::new();
        if self.headings.is_empty() && reader.read_record(&mut record).map_err(io::Error::other)? {
            self.headings = record.iter().map(str::to_owned).collect();
        }
        let mut columns: Vec<Vec<String>> = vec![Vec::new(); self.headings.len()];
        while reader.read_record(&mut record).map_err(io::Error::other)? {
            for (place, column) in columns.iter_mut().enumerate() {
                column.push(record.get(place).unwrap_or_default().to_owned());
            }
        }
        let named = self.headings.iter().zip(columns);
        let batch = RecordBatch::try_from_iter_with_nullable(named.map(|(name, values)| {
            let array: ArrayRef = if DAYS.contains(&name.as_str()) {
                Arc::new(Date32Array::from_iter(values.iter().map(|text| days(text))))
            } else {
                Arc::new(StringArray::from_iter_values(values))
            };
            (name, array, true)
        }));
        let batch = batch.map_err(io::Error::other)?;
        if let Some(out) = self.out.take() {
            let level = ZstdLevel::try_new(1).map_err(io::Error::other)?;
            let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
            let writer = ArrowWriter::try_new(out, batch.schema(), Some(properties));
            self.writer = Some(writer.map_err(io::Error::other)?);
        }
        self.writer.as_mut().map_or(Ok(()), |writer| writer.write(&batch)).map_err(io::Error::other)
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.batch(self.pending.len())?;
        self.writer.map_or(Ok(()), |writer| writer.close().map(|_| ())).map_err(io::Error::other)
    }
}

/// Days since 1 January 1970, as Arrow counts.
fn days(text: &str) -> Option<i32> {
    let date: vocabulary::Date = text.parse().ok()?;
    date.since(vocabulary::Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

impl<W: Write + Send> Write for TextParquet<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(text);
        if self.pending.len() >= BATCH
            && let Some(last) = self.pending.iter().rposition(|byte| *byte == b'\n')
        {
            self.batch(last + 1)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
