//! What stands between the network and the route table: security headers, a reference for each request, the log, limits,
//! compression, refusal of forms from other sites, and survival of a panic.

mod headers;
mod health;
mod limit;
mod metrics;
mod reference;
mod refusals;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::middleware::from_fn_with_state;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::app::App;
use crate::layout;

pub(crate) use health::{live, ready};
pub(crate) use metrics::metrics;
pub(crate) use refusals::note_refusal;

/// Puts the edge around a router; the last layer is the first to see a request.
pub(crate) fn around(router: Router<App>, app: &App) -> Router<App> {
    let counted = app.clone();
    let other_site = move |_: ProtectionError| -> Response<Body> {
        refusals::note_other_site(counted.metrics());
        layout::bare_problem(StatusCode::FORBIDDEN)
    };
    let panicked = |_: Box<dyn std::any::Any + Send>| -> Response<Body> {
        tracing::error!("a page panicked");
        layout::bare_problem(StatusCode::INTERNAL_SERVER_ERROR)
    };
    router
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new().with_rejection_response(other_site))
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(app.clone(), limit::hold))
        .layer(from_fn_with_state(app.clone(), headers::add))
        .layer(from_fn_with_state(app.clone(), reference::note))
}
