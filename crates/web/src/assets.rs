//! The style sheets and scripts that the program carries, as `build.rs` made them.
//!
//! Each is named after its content, so a browser keeps it for ever and asks for the next one by its new name. The
//! compressed form is made at build time too. (The rejected alternative, `rust-embed`, brings files as they are: the
//! names, the kinds and the compression would still be ours.)

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

struct File {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("HET_ASSETS_DIST"), "/assets.rs"));

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Answers `/assets/NAME`.
pub(crate) fn answer(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let gzip = accepts.split(',').any(|one| one.split(';').next().unwrap_or_default().trim() == "gzip");
    let common = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::VARY, "accept-encoding"),
    ];
    if gzip {
        (common, [(header::CONTENT_ENCODING, "gzip")], Body::from(file.gzip)).into_response()
    } else {
        (common, Body::from(file.plain)).into_response()
    }
}
