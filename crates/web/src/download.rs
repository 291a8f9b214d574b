//! A file to keep, instead of a page.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

use crate::{Answer, Problem};

/// An answer that a browser keeps under a name. What is in it is what the visitor may see, so nobody else keeps it for them.
///
/// # Errors
/// When the kind or the name cannot stand in a header, which our own never do.
pub(crate) fn download(content: Vec<u8>, kind: &str, name: &str) -> Answer {
    let broken = |error| Problem::broken("offering a file", error);
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).map_err(broken)?);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(broken)?);
    Ok(response)
}

/// A CSV file.
///
/// # Errors
/// As [`download`].
pub(crate) fn csv(content: Vec<u8>, name: &str) -> Answer {
    download(content, "text/csv; charset=utf-8", name)
}
