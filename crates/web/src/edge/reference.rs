//! A reference for each request: in its log lines, in the header `x-request-id`, and on a page of trouble.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::App;
use crate::form_token;

const HEADER: &str = "x-request-id";

#[derive(Clone)]
struct Reference(String);

/// The reference that [`note`] gave to a request.
pub(crate) fn reference(parts: &Parts) -> String {
    parts.extensions.get::<Reference>().map_or_else(String::new, |reference| reference.0.clone())
}

/// Gives a request its reference, or keeps the one that the proxy in front gave it, and writes one line about it.
///
/// The line has no query and nothing of a form: those can name people.
pub(super) async fn note(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
    let plain =
        |text: &&str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let given = given.filter(|text| app.options().behind_proxy && plain(text)).map(str::to_owned);
    let reference = given.unwrap_or_else(fresh);
    request.extensions_mut().insert(Reference(reference.clone()));
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let span = tracing::info_span!("request", reference = %reference);
    let mut response = next.run(request).instrument(span.clone()).await;
    let micros = began.elapsed().as_micros();
    span.in_scope(|| tracing::info!(%method, path, status = response.status().as_u16(), micros, "answered"));
    if let Ok(value) = HeaderValue::from_str(&reference) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn fresh() -> String {
    form_token::random().map_or_else(|_| "unknown".to_owned(), |bits| hex::encode(&bits[..8]))
}
