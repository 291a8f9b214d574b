//! `GET /api/observations`: figures as they are found, a batch at a time, however many there are.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header;
use axum::response::IntoResponse;
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Receiver, Sender};
use town::indicators::{
    ExportFilter, OBSERVATION_COLUMNS, TracedObservation, observation_fields, observation_json,
};

use crate::{Answer, Problem, Visit};

/// How many batches wait for a slow reader before the database is made to wait too.
const WAITING: usize = 4;

/// A reader who has taken no part for so long reads no more: the answer breaks off, and somebody else has the turn.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Csv,
    Json,
    Lines,
}

/// What was written and not yet sent.
struct Batches {
    waiting: Receiver<Vec<u8>>,
    whole: Arc<AtomicBool>,
}

impl Stream for Batches {
    type Item = Result<Vec<u8>, std::io::Error>;

    /// An answer that is not whole breaks off, so that nobody takes it for the whole.
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.waiting.poll_recv(context) {
            Poll::Ready(None) if !self.whole.swap(true, Ordering::Relaxed) => {
                Poll::Ready(Some(Err(std::io::Error::other("the export stopped half way"))))
            }
            polled => polled.map(|batch| batch.map(Ok)),
        }
    }
}

/// Why an export stopped.
enum Stopped {
    Town(town::Error),
    /// Nobody reads it any more.
    Unread,
}

impl From<town::Error> for Stopped {
    fn from(error: town::Error) -> Stopped {
        Stopped::Town(error)
    }
}

/// The figures that the query asks for.
pub(crate) async fn observations(visit: Visit) -> Answer {
    let filter = filter(&visit)?;
    let (format, kind) = match visit.query("format").unwrap_or("json") {
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        "json" => (Format::Json, "application/json"),
        "jsonl" => (Format::Lines, "application/x-ndjson"),
        other => {
            return Err(refused("format", format!("'{other}' is not a format: ask for json, jsonl or csv")));
        }
    };
    let turn = visit.app().costly().export().await.ok_or(Problem::Slow)?;
    let (sender, waiting) = mpsc::channel(WAITING);
    let batches = Batches { waiting, whole: Arc::new(AtomicBool::new(false)) };
    let whole = batches.whole.clone();
    let (town, actor, handle) = (visit.town().clone(), visit.actor().clone(), Handle::current());
    // A thread that may wait: what is read and not yet sent never fills the memory.
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut first = true;
        let begin = match format {
            Format::Csv => {
                let names: Vec<&str> = OBSERVATION_COLUMNS.iter().map(|column| column.name).collect();
                format!("{}\r\n", names.join(","))
            }
            Format::Json => "[".to_owned(),
            Format::Lines => String::new(),
        };
        if send(&sender, begin.into_bytes()).is_err() {
            return;
        }
        let done = handle.block_on(town.export_observations(&actor, &filter, |rows| {
            let text = written(&rows, format, &mut first);
            send(&sender, text).map_err(|()| Stopped::Unread)
        }));
        match done {
            Ok(()) => {
                let ended = format != Format::Json || send(&sender, b"]\n".to_vec()).is_ok();
                whole.store(ended, Ordering::Relaxed);
            }
            Err(Stopped::Unread) => {}
            Err(Stopped::Town(error)) => tracing::error!(%error, "an export stopped half way"),
        }
    });
    Ok(([(header::CONTENT_TYPE, kind)], Body::from_stream(batches)).into_response())
}

fn filter(visit: &Visit) -> Result<ExportFilter, Problem> {
    let text = |name: &str| visit.query(name).map(str::to_owned);
    let date = |name: &str| match visit.query(name) {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| refused(name, format!("'{text}' is not a date: write it as 2025-03-31"))),
    };
    let area = match visit.query("area") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|error: vocabulary::ParseAreaCodeError| refused("area", error.to_string()))?,
        ),
    };
    let all_versions = match visit.query("all_versions") {
        None => false,
        Some("yes") => true,
        Some(other) => {
            return Err(refused(
                "all_versions",
                format!("'{other}' is not yes: leave it out for the newest alone"),
            ));
        }
    };
    Ok(ExportFilter {
        source: text("source"),
        indicator: text("indicator"),
        age: text("age"),
        area,
        from: date("from")?,
        to: date("to")?,
        all_versions,
    })
}

fn refused(field: &str, words: String) -> Problem {
    let refusal = town::Refusal { field: field.to_owned(), words };
    Problem::Town(town::Error::Refused(vec![refusal]))
}

/// Hands a batch over, waiting for a slow reader; an error when there is none any more, or none for too long.
fn send(sender: &Sender<Vec<u8>>, batch: Vec<u8>) -> Result<(), ()> {
    let (mut batch, began) = (batch, Instant::now());
    loop {
        match sender.try_send(batch) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Closed(_)) => return Err(()),
            Err(TrySendError::Full(_)) if began.elapsed() > PATIENCE => return Err(()),
            Err(TrySendError::Full(back)) => {
                batch = back;
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }
}

fn written(rows: &[TracedObservation], format: Format, first: &mut bool) -> Vec<u8> {
    let mut text = String::with_capacity(rows.len() * 160);
    for row in rows {
        match format {
            Format::Csv => {
                for (index, field) in observation_fields(row).enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    push_csv(&mut text, &field);
                }
                text.push_str("\r\n");
            }
            Format::Json | Format::Lines => {
                if format == Format::Json && !std::mem::take(first) {
                    text.push(',');
                }
                text.push_str(&observation_json(row).to_string());
                text.push('\n');
            }
        }
    }
    text.into_bytes()
}

/// A field as RFC 4180 writes it.
fn push_csv(into: &mut String, field: &str) {
    if field.contains(['"', ',', '\r', '\n']) {
        into.push('"');
        into.push_str(&field.replace('"', "\"\""));
        into.push('"');
    } else {
        into.push_str(field);
    }
}
