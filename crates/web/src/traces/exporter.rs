//! Sending spans to the collector, many at a time: OTLP over HTTP with JSON.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_rustls::TlsConnector;

use super::{Inner, Message, Span, TracesTo};

/// A collector that is away is told of in the log no more often than this.
const TELL_EVERY: Duration = Duration::from_secs(300);

/// Sends what comes, until nobody can send any more.
pub(super) async fn send_for_ever(to: TracesTo, mut waiting: mpsc::Receiver<Message>, counts: Weak<Inner>) {
    let mut told: Option<Instant> = None;
    loop {
        let (batch, flush, open) = gather(&to, &mut waiting).await;
        let count = batch.len() as u64;
        if count > 0 {
            let sent = tokio::time::timeout(to.patience, send(&to, &batch)).await;
            let sent = sent.unwrap_or_else(|_| Err("it took too long".to_owned()));
            if let Some(counts) = counts.upgrade() {
                let counter = if sent.is_ok() { &counts.sent } else { &counts.dropped };
                counter.fetch_add(count, Ordering::Relaxed);
            }
            if let Err(reason) = sent
                && told.is_none_or(|told| told.elapsed() > TELL_EVERY)
            {
                tracing::warn!(
                    reason,
                    spans = count,
                    "the collector of traces did not take them; they are dropped"
                );
                told = Some(Instant::now());
            }
        }
        if let Some(flush) = flush {
            let _ = flush.send(());
        }
        if !open {
            return;
        }
    }
}

/// As many spans as are sent at once, or those of a short while; whoever waits for them to be sent; whether more can come.
async fn gather(
    to: &TracesTo,
    waiting: &mut mpsc::Receiver<Message>,
) -> (Vec<Box<Span>>, Option<oneshot::Sender<()>>, bool) {
    let mut batch = Vec::new();
    let Some(first) = waiting.recv().await else { return (batch, None, false) };
    let until = tokio::time::Instant::now() + to.delay;
    let mut next = Some(first);
    loop {
        match next {
            Some(Message::Span(span)) => batch.push(span),
            Some(Message::Flush(done)) => return (batch, Some(done), true),
            None => return (batch, None, false),
        }
        if batch.len() >= to.batch {
            return (batch, None, true);
        }
        match tokio::time::timeout_at(until, waiting.recv()).await {
            Ok(received) => next = received,
            Err(_) => return (batch, None, true),
        }
    }
}

fn document(to: &TracesTo, batch: &[Box<Span>]) -> Bytes {
    let mut spans = Vec::with_capacity(batch.len());
    for span in batch {
        span.write(&mut spans);
    }
    let text = |key: &str, value: &str| json!({ "key": key, "value": { "stringValue": value } });
    let version = env!("CARGO_PKG_VERSION");
    let resource =
        json!({ "attributes": [text("service.name", &to.service), text("service.version", version)] });
    let scope = json!({ "name": "het", "version": version });
    let spans = json!({ "resourceSpans": [{ "resource": resource, "scopeSpans": [{ "scope": scope, "spans": spans }] }] });
    Bytes::from(spans.to_string())
}

async fn send(to: &TracesTo, batch: &[Box<Span>]) -> Result<(), String> {
    let host = to.url.host().unwrap_or_default().trim_matches(['[', ']']);
    let encrypted = to.url.scheme_str() == Some("https");
    let port = to.url.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
    let stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
    if !encrypted {
        return post(to, batch, stream).await;
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let connected = connector(to)?.connect(name, stream).await;
    post(to, batch, connected.map_err(|error| error.to_string())?).await
}

fn connector(to: &TracesTo) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    match &to.authority {
        Some(file) => {
            let read = CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())?;
            for certificate in read {
                let certificate = certificate.map_err(|error| error.to_string())?;
                roots.add(certificate).map_err(|error| error.to_string())?;
            }
        }
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    Ok(TlsConnector::from(Arc::new(builder.with_root_certificates(roots).with_no_client_auth())))
}

async fn post<S>(to: &TracesTo, batch: &[Box<Span>], stream: S) -> Result<(), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let shaken = http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.map_err(|error| error.to_string())?;
    let connection = tokio::spawn(connection);
    let path = to.url.path_and_query().map_or("/", |path| path.as_str());
    let host = to.url.authority().map_or("", |authority| authority.as_str());
    let mut request = hyper::Request::post(path)
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close");
    for (name, value) in &to.headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(document(to, batch))).map_err(|error| error.to_string())?;
    let answered = sender.send_request(request).await;
    connection.abort();
    match answered.map_err(|error| error.to_string())?.status() {
        status if status.is_success() => Ok(()),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Err("it does not take JSON".to_owned()),
        status => Err(format!("it answered {status}")),
    }
}
