//! Signing in at a provider: sending the browser there, and taking it back.
//!
//! Nothing can be guessed here, so that nobody is held back: a whole council comes from one address at nine o'clock.

use axum::http::header;
use town::accounts::{Returned, Turned};

use super::door;
use super::sign_in::{entered, own_page, refused_there};
use crate::cookies::Cookie;
use crate::see_other::see_other;
use crate::{Answer, Problem, Visit};

/// `GET /sign-in/with/{provider}?to=/where`: a link, because browsers do not follow a form's answer to another site under het's content
/// policy. Followed from another site it leads to the page that signs in: nobody is signed in without their own doing.
pub(crate) async fn to_provider(visit: Visit) -> Answer {
    let to = own_page(visit.query("to").unwrap_or("/"));
    if visit.is_from_elsewhere() {
        return Ok(see_other("/sign-in"));
    }
    let site = visit.app().site().ok_or(Problem::NotFound)?;
    match visit.town().go_to_provider(visit.param("provider"), &site, to, town::now()).await? {
        Ok(leaving) => {
            let mut response = see_other(&leaving.address);
            if let Some(cookie) = Cookie::Provider.set(&leaving.browser, visit.app().options().https) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(turned) => turn(&visit, to, turned),
    }
}

/// `GET /sign-in/with/{provider}/return?state=…&code=…`.
pub(crate) async fn from_provider(visit: Visit) -> Answer {
    let site = visit.app().site().ok_or(Problem::NotFound)?;
    let returned = Returned {
        browser: visit.sent_to_provider(),
        state: visit.query("state").unwrap_or_default(),
        code: visit.query("code"),
        issuer: visit.query("iss"),
    };
    let code = visit.param("provider");
    let mut response = match visit.town().come_from_provider(code, &site, returned, town::now()).await? {
        Ok(arrived) => entered(&visit, &arrived.started, own_page(&arrived.goes_to)).await?,
        Err(turned) => turn(&visit, "/", turned)?,
    };
    if let Some(cookie) = Cookie::Provider.clear(visit.app().options().https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn turn(visit: &Visit, to: &str, turned: Turned) -> Answer {
    visit.app().metrics().sign_in_refused();
    let from = visit.from().map(door::network_words);
    tracing::warn!(from, why = turned.code(), "somebody could not sign in at a provider");
    refused_there(visit, to, turned.words())
}
