//! A reference for each request: in its log lines, in the header `x-request-id`, and on a page of trouble.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use town::operations::with_questions;
use tracing::Instrument;

use crate::app::App;
use crate::form_token;
use crate::reference::Reference;

const HEADER: &str = "x-request-id";

/// Gives a request its reference, or keeps the one that the proxy in front gave it, and writes one line about it.
///
/// The line names the row of the route table, not the address: an address, its query and what a form sends can name people.
pub(super) async fn note(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
    let plain =
        |text: &&str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let given = given.filter(|text| app.options().behind_proxy && plain(text)).map(str::to_owned);
    let reference = given.unwrap_or_else(fresh);
    request.extensions_mut().insert(Reference(reference.clone()));
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let (method, began, _counted) = (request.method().clone(), Instant::now(), app.metrics().begin());
    let span = tracing::info_span!("request", reference = %reference);
    let told = app.traces().request(request.headers());
    let answering = next.run(request).instrument(span.clone());
    let (mut response, asked) = match told {
        Some(_) => with_questions(answering).await,
        None => (answering.await, Vec::new()),
    };
    let (status, took) = (response.status().as_u16(), began.elapsed());
    if let Some(told) = told {
        app.traces().tell(told.end(method.as_str(), &route, status, asked));
    }
    app.metrics().answered(&route, &method, status, took);
    span.in_scope(|| tracing::info!(%method, route, status, micros = took.as_micros(), "answered"));
    if let Ok(value) = HeaderValue::from_str(&reference) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn fresh() -> String {
    form_token::random().map_or_else(|_| "unknown".to_owned(), |bits| hex::encode(&bits[..8]))
}
