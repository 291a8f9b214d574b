//! The page of figures, for whatever watches over the machine.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::tls::Kept;

/// `GET /metrics`.
pub(crate) async fn metrics(app: &App) -> Response {
    let amounts = match app.town().amounts().await {
        Ok(amounts) => Some(amounts),
        Err(error) => {
            tracing::warn!(%error, "the database cannot count");
            None
        }
    };
    let jobs = app.town().jobs().await.unwrap_or_default();
    let kind = [
        (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let ends = app.certificate().and_then(Kept::ends);
    (kind, app.metrics().page(amounts, &jobs, app.traces().counts(), ends)).into_response()
}
