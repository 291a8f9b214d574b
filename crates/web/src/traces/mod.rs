//! OpenTelemetry: one span for each request, and one for each question that it asked the database, sent to a collector.
//!
//! Nothing is sent unless `OTEL_EXPORTER_OTLP_ENDPOINT` says where to (<https://opentelemetry.io/docs/specs/otel/protocol/exporter/>). A
//! span names the row of the route table, the method, the status and the time, and what was asked of the database in het's own
//! fixed words: no address that was asked for, no value, nobody. A `traceparent` that came with the request (W3C Trace Context)
//! is continued.
//!
//! | part | what it knows |
//! |---|---|
//! | `settings` | the environment's variables |
//! | `span` | what is told of a request, and the identity it continues |
//! | `exporter` | sending spans, many at a time, in the background |
//!
//! Spans go through a queue that has an end: when the collector is slow or away they are dropped and counted, and no request waits or
//! fails. (The rejected alternative, the crates `opentelemetry`, `opentelemetry_sdk` and `opentelemetry-otlp`, brings sixty crates,
//! with protobuf and a second HTTP client among them, for what is here a queue and one JSON document.)

mod exporter;
mod settings;
mod span;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use axum::http::HeaderMap;
use tokio::sync::{mpsc, oneshot};

pub use settings::TracesTo;
pub(crate) use span::{Request, Span};

/// When het stops, what is still to be sent may take so long.
const LAST_WORDS: Duration = Duration::from_secs(2);

enum Message {
    Span(Box<Span>),
    /// Send what there is, then say so.
    Flush(oneshot::Sender<()>),
}

/// Where spans go. Cheap to clone; without a collector it does nothing.
#[derive(Clone, Default)]
pub(crate) struct Traces(Option<Arc<Inner>>);

struct Inner {
    queue: mpsc::Sender<Message>,
    share: f64,
    sent: AtomicU64,
    dropped: AtomicU64,
}

impl Traces {
    /// Begins to send to a collector, when there is one.
    pub(crate) fn begin(to: Option<TracesTo>) -> Traces {
        let Some(to) = to else { return Traces(None) };
        let (queue, waiting) = mpsc::channel(to.queue);
        let (sent, dropped) = (AtomicU64::new(0), AtomicU64::new(0));
        let inner = Arc::new(Inner { queue, share: to.share, sent, dropped });
        tokio::spawn(exporter::send_for_ever(to, waiting, Arc::downgrade(&inner)));
        Traces(Some(inner))
    }

    /// A request begins: what is to be told of it at its end. `None` when nothing is.
    pub(crate) fn request(&self, headers: &HeaderMap) -> Option<Request> {
        let inner = self.0.as_ref()?;
        Request::begin(headers, inner.share, Instant::now(), SystemTime::now())
    }

    /// A request has ended. Never waits.
    pub(crate) fn tell(&self, span: Span) {
        let Some(inner) = &self.0 else { return };
        if inner.queue.try_send(Message::Span(Box::new(span))).is_err() {
            inner.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many requests were told to the collector, and of how many nothing was; `None` without a collector.
    pub(crate) fn counts(&self) -> Option<(u64, u64)> {
        let inner = self.0.as_ref()?;
        Some((inner.sent.load(Ordering::Relaxed), inner.dropped.load(Ordering::Relaxed)))
    }

    /// Sends what there is, for a short while.
    pub(crate) async fn finish(&self) {
        let Some(inner) = &self.0 else { return };
        let (done, waiting) = oneshot::channel();
        let flushed = async {
            if inner.queue.send(Message::Flush(done)).await.is_ok() {
                let _ = waiting.await;
            }
        };
        let _ = tokio::time::timeout(LAST_WORDS, flushed).await;
    }
}
