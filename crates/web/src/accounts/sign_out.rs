//! Signing out.

use axum::http::header;

use crate::cookies::Cookie;
use crate::notice::Notice;
use crate::{Answer, Sent, Visit};

/// `POST /sign-out`.
pub(crate) async fn sign_out(visit: Visit, _: Sent) -> Answer {
    if let Some(session) = visit.session() {
        visit.town().sign_out(session).await?;
    }
    let mut response = visit.done("/", Notice::SignedOut);
    if let Some(cookie) = Cookie::Session.clear(visit.app().options().https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
