//! Signing out.

use axum::http::{HeaderName, HeaderValue, header};

use crate::cookies::Cookie;
use crate::notice::Notice;
use crate::{Answer, Sent, Visit};

/// What a browser forgets then; cookies it is told apart, because one says what was just done.
const FORGET: &str = "\"cache\", \"storage\"";

/// `POST /sign-out`.
pub(crate) async fn sign_out(visit: Visit, _: Sent) -> Answer {
    if let Some(session) = visit.session() {
        visit.town().sign_out(session).await?;
    }
    let mut response = visit.done("/", Notice::SignedOut);
    if let Some(cookie) = Cookie::Session.clear(visit.app().options().https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let name = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, HeaderValue::from_static(FORGET));
    Ok(response)
}
