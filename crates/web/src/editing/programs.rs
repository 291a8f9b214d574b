//! What a program gets of a form, and how it says what it saw (RFC 9110, 8.8.3 and 13.1.1).

use axum::http::{HeaderValue, header};
use town::editing::{Form, Seen};

use crate::{Answer, Problem, Visit, api};

/// The fields of a form as JSON, with their version as its `ETag`.
pub(super) fn fields<F: Form>(form: &F, seen: &Seen) -> Answer {
    let mut response = api::json(&serde_json::json!(form.fields()));
    let tag = HeaderValue::from_str(&format!("\"{}\"", seen.version()));
    let tag = tag.map_err(|error| Problem::broken("writing a version", error))?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// What a program saw of the thing that it changes, when it says so.
pub(super) fn if_match(visit: &Visit) -> Option<Seen> {
    let version = visit.if_match()?.trim().trim_matches('"').to_owned();
    Some(Seen::Version { version })
}
