//! Holds back an address that asks without end.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::{Problem, layout, visit};

/// Lets a request through, or answers that there were too many.
pub(super) async fn hold(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if app.requests().of_address(visit::client(&app, &parts), Instant::now()) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    layout::bare(&parts, &Problem::TooMany { seconds: 1 })
}
