//! Signs of life, for whatever watches over the machine.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;

const PLAIN: [(header::HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];

/// The process answers.
pub(crate) fn live() -> Response {
    (PLAIN, "live\n").into_response()
}

/// The database answers too.
pub(crate) async fn ready(app: &App) -> Response {
    match app.town().data_version().await {
        Ok(_) => (PLAIN, "ready\n").into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, PLAIN, "not ready\n").into_response()
        }
    }
}
