//! What analysts ask for by program: the same names as on the command line.
//!
//! One table ([`OPERATIONS`], with the fields of [`FIELDS`] and the columns of `town`) makes the OpenAPI document, and a test
//! holds it to the route table. The alternative, a derive macro on each type, describes types and not what is answered.

mod indicators;
mod observations;
mod openapi;
mod table;

pub(crate) use indicators::{chart, list, show};
pub(crate) use observations::observations;
pub(crate) use openapi::openapi;

use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(crate) fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
