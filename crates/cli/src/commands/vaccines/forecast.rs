//! `het vaccines forecast`: a file of children in, a line for each out, in chunks on all cores.

use std::io::{BufRead, BufReader, Read, Write};

use immunisation::records::{
    CsvHistories, Record, forecast_json_line, read_json_line, write_csv_heading, write_csv_rows,
};
use immunisation::{Schedule, Scratch, evaluate_and_forecast, uk};
use vocabulary::Date;

use super::parquet_text::TextParquet;
use super::schedule::{Loaded, load};
use super::table;
use crate::arguments::{Forecast, Format};
use crate::failure::Failure;
use crate::write;

/// Children read at once for each thread.
const CHILDREN: usize = 2_000;

/// Forecasts, then says on standard error how many children there were.
pub fn run(asked: &Forecast) -> Result<(), Failure> {
    let schedule = load(&asked.schedule)?;
    let input = asked.input.or_else(|| write::by_ending(&asked.file)).unwrap_or(Format::Csv);
    let output = asked.format.or_else(|| write::by_ending(&asked.out)).unwrap_or(input);
    let on = asked.as_of.unwrap_or_else(town::today);
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = asked.threads.unwrap_or_else(cores).max(1);
    let (text, bar) = table::open(&asked.file, input)?;
    let out = write::open(&asked.out)?;
    let work = Work { schedule: &schedule, on, input, threads };
    if output == Format::Parquet {
        let mut out = TextParquet::new(out);
        work.run(text, &mut out, Format::Csv)?;
        out.finish()?;
    } else {
        work.run(text, out, output)?;
    }
    bar.finish_and_clear();
    Ok(())
}

struct Work<'a> {
    schedule: &'a Loaded,
    on: Date,
    input: Format,
    threads: usize,
}

impl Work<'_> {
    fn run(&self, text: Box<dyn Read + Send>, out: impl Write, output: Format) -> Result<(), Failure> {
        match self.schedule {
            Loaded::Uk(schedule) => {
                let formats = uk::Formats { input: lines(self.input), output: lines(output) };
                let report = uk::forecast_stream(schedule, self.on, formats, text, out, self.threads)?;
                let (children, overdue, unreadable) = (report.children, report.overdue, report.unreadable);
                eprintln!(
                    "{children} children on {}: {overdue} with a dose overdue, {unreadable} unreadable",
                    self.on
                );
                Ok(())
            }
            Loaded::Cdsi(schedule) => {
                let children = self.histories(schedule, text, out, output)?;
                eprintln!("{children} children on {}", self.on);
                Ok(())
            }
        }
    }

    /// Reads the next children on this thread while the others are at work on those before.
    fn histories(
        &self,
        schedule: &Schedule,
        text: Box<dyn Read + Send>,
        mut out: impl Write,
        output: Format,
    ) -> Result<u64, Failure> {
        let mut histories = Histories::new(schedule, self.input, text)?;
        if output == Format::Csv {
            let mut heading = String::new();
            write_csv_heading(&mut heading).map_err(std::io::Error::other)?;
            out.write_all(heading.as_bytes())?;
        }
        let most = CHILDREN * self.threads;
        let (mut now, mut next) = (Vec::new(), Vec::new());
        histories.fill(&mut now, most)?;
        let mut children = 0;
        while !now.is_empty() {
            children += now.len() as u64;
            let parts = now.chunks(now.len().div_ceil(self.threads));
            let (answers, read) = std::thread::scope(|scope| {
                let work: Vec<_> =
                    parts.map(|part| scope.spawn(move || answer(schedule, part, self.on, output))).collect();
                let read = histories.fill(&mut next, most);
                (work.into_iter().map(|thread| thread.join()).collect::<Vec<_>>(), read)
            });
            read?;
            for answer in answers {
                let text = answer.map_err(|_| Failure::Refused("a forecasting thread stopped".to_owned()))?;
                out.write_all(text.as_bytes())?;
            }
            std::mem::swap(&mut now, &mut next);
        }
        out.flush()?;
        Ok(children)
    }
}

fn lines(format: Format) -> uk::Format {
    if format == Format::Json { uk::Format::JsonLines } else { uk::Format::Csv }
}

fn answer(schedule: &Schedule, records: &[Record], on: Date, output: Format) -> String {
    let mut scratch = Scratch::new();
    let mut text = String::new();
    for record in records {
        let Some(child) = &record.child else {
            nothing(&mut text, record, on, output);
            continue;
        };
        let outcome = evaluate_and_forecast(schedule, child, &record.doses, on, &mut scratch);
        if output == Format::Json {
            text.push_str(&forecast_json_line(schedule, record, outcome, on));
            text.push('\n');
        } else {
            // Writing to a String cannot fail.
            let _ = write_csv_rows(&mut text, schedule, record, outcome, on);
        }
    }
    text
}

/// The answer where there is no date of birth: who it is and what was odd.
fn nothing(text: &mut String, record: &Record, on: Date, output: Format) {
    let findings: Vec<String> = record.findings.iter().map(ToString::to_string).collect();
    if output == Format::Json {
        let answer = serde_json::json!({
            "person": record.person.reveal(), "assessment": on.to_string(),
            "forecasts": [], "evaluations": [], "findings": findings,
        });
        text.push_str(&answer.to_string());
        text.push('\n');
    } else {
        let person = super::parquet_text::quoted(record.person.reveal());
        text.push_str(&format!("{person},,,unreadable,,,,,,,\n"));
    }
}

/// Children in turn, from either format.
enum Histories<'s> {
    Csv(Box<CsvHistories<'s, Box<dyn Read + Send>>>),
    Json(&'s Schedule, std::io::Lines<BufReader<Box<dyn Read + Send>>>),
}

impl<'s> Histories<'s> {
    fn new(schedule: &'s Schedule, format: Format, text: Box<dyn Read + Send>) -> Result<Self, Failure> {
        if format == Format::Json {
            return Ok(Histories::Json(schedule, BufReader::new(text).lines()));
        }
        CsvHistories::new(schedule, text).map(|csv| Histories::Csv(Box::new(csv))).map_err(Failure::Refused)
    }

    /// Reads up to so many children; fewer at the end.
    fn fill(&mut self, records: &mut Vec<Record>, most: usize) -> Result<(), Failure> {
        records.truncate(most);
        let mut filled = 0;
        while filled < most {
            if filled == records.len() {
                records.push(Record::default());
            }
            let record = &mut records[filled];
            let more = match self {
                Histories::Csv(csv) => csv.read_next(record),
                Histories::Json(schedule, lines) => match lines.next() {
                    None => false,
                    Some(line) => {
                        // A line that is not text is answered as one that is not JSON.
                        let line = match line {
                            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => String::new(),
                            other => other?,
                        };
                        read_json_line(schedule, &line, record);
                        true
                    }
                },
            };
            if !more {
                break;
            }
            filled += 1;
        }
        records.truncate(filled);
        Ok(())
    }
}
