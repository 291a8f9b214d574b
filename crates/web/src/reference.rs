//! What a request is called in its log lines, in the header `x-request-id` and on a page of trouble.

use axum::http::request::Parts;

/// The reference of a request, as the edge keeps it with the request.
#[derive(Clone)]
pub(crate) struct Reference(pub(crate) String);

/// The reference that the edge gave to a request.
pub(crate) fn reference(parts: &Parts) -> String {
    parts.extensions.get::<Reference>().map_or_else(String::new, |reference| reference.0.clone())
}
