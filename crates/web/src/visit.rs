//! One request, as a handler sees it.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use maud::{Markup, html};
use town::{Actor, Permission, Settings, Town};
use vocabulary::Date;

use crate::Problem;
use crate::app::App;
use crate::cookies::Cookie;
use crate::form_token::{self, Secret};
use crate::notice::Notice;
use crate::reference::reference;
use crate::see_other::see_other;
use crate::sent::TOKEN_FIELD;
use crate::tls::Peer;

/// Who asks, for what, of which town. Cheap to clone.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

struct Inner {
    app: App,
    settings: Arc<Settings>,
    actor: Actor,
    name: Option<String>,
    secret: Secret,
    pad: Secret,
    /// Whether `secret` was made for this request, so that a form shown to somebody not signed in needs a cookie with it.
    fresh: bool,
    showed_form: AtomicBool,
    session: Option<String>,
    /// The token of a session in which nobody is signed in (yet).
    waiting: Option<String>,
    is_machine: bool,
    /// Whether whoever asks may do nothing until they have set up a second factor.
    must_enrol: bool,
    /// What the browser has held since it was sent to a provider.
    sent_to_provider: Option<String>,
    /// Whether another site made the browser ask, as the browser says.
    from_elsewhere: bool,
    notice: Option<Notice>,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    params: Vec<(String, String)>,
    from: Option<IpAddr>,
    reference: String,
    wants_json: bool,
    if_match: Option<String>,
}

impl Visit {
    /// Finds out who asks.
    pub(crate) async fn of(app: &App, parts: &mut Parts) -> Result<Visit, Problem> {
        let https = app.options().https;
        let settings = app.settings().await?;
        let session = Cookie::Session.read(&parts.headers, https);
        let machine = match bearer(&parts.headers) {
            Some(token) => app.town().machine_of(token, town::now()).await?,
            None => None,
        };
        let is_machine = machine.is_some();
        let signed_in = match (machine, &session) {
            (Some(machine), _) => Some(machine),
            (None, Some(token)) => app.town().signed_in(token, town::now()).await?,
            (None, None) => None,
        };
        let signed_in = signed_in.map(|signed_in| signed_in.under(&settings));
        let (session, waiting) = if signed_in.is_some() { (session, None) } else { (None, session) };
        let kept = match &signed_in {
            Some(signed_in) => form_token::parse(&signed_in.form_token),
            None => Cookie::Door.read(&parts.headers, https).and_then(|text| form_token::parse(&text)),
        };
        let params = match RawPathParams::from_request_parts(parts, app).await {
            Ok(params) => params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            // Either there are none, or they are not text, and then no handler finds them.
            Err(_) => Vec::new(),
        };
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        Ok(Visit(Arc::new(Inner {
            settings,
            secret: kept.map_or_else(form_token::random, Ok)?,
            fresh: kept.is_none(),
            pad: form_token::random()?,
            showed_form: AtomicBool::new(false),
            session,
            waiting,
            is_machine,
            sent_to_provider: Cookie::Provider.read(&parts.headers, https),
            from_elsewhere: text_of(&parts.headers, &HeaderName::from_static("sec-fetch-site"))
                .is_some_and(|site| !["same-origin", "none"].contains(&site.as_str())),
            notice: Cookie::Notice.read(&parts.headers, https).and_then(|code| Notice::from_code(&code)),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            params,
            from: client(app, parts),
            reference: reference(parts),
            if_match: text_of(&parts.headers, &header::IF_MATCH),
            wants_json: wants_json(&parts.headers, parts.uri.path()),
            must_enrol: signed_in.as_ref().is_some_and(|signed_in| signed_in.must_enrol),
            name: signed_in.as_ref().map(|signed_in| signed_in.name.clone()),
            actor: signed_in.map_or_else(Actor::public, |signed_in| signed_in.actor),
            app: app.clone(),
        })))
    }

    /// The town, which every use case is called on.
    pub fn town(&self) -> &Town {
        self.0.app.town()
    }

    /// Who asks, as every use case wants to know.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// Whether the policy lets them: for leaving out a link that would only be refused.
    pub fn may(&self, permission: Permission) -> bool {
        self.0.actor.may(permission)
    }

    /// What the town has set: its name, its colour, its area.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The day on which everything on the page is judged.
    pub fn as_of(&self) -> Date {
        self.0.app.options().as_of.unwrap_or_else(town::today)
    }

    /// A part of the path, by its name in the route table; empty when the route has none of that name.
    pub fn param(&self, name: &str) -> &str {
        self.0.params.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// A value of the query (`?name=value`), when it was given and is not empty.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut found = self.0.query.iter().filter(|(found, value)| found == name && !value.is_empty());
        found.next().map(|(_, value)| value.as_str())
    }

    /// Every name and value of the query.
    pub(crate) fn queries(&self) -> &[(String, String)] {
        &self.0.query
    }

    /// The path that was asked for.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// A form that posts to `action`, with the token it needs.
    pub fn form(&self, action: &str, fields: Markup) -> Markup {
        html! {
            form method="post" action=(action) novalidate {
                input type="hidden" name=(TOKEN_FIELD) value=(self.form_token());
                (fields)
            }
        }
    }

    /// The value of the hidden field `form-token`, for a form that is written out by hand.
    pub fn form_token(&self) -> String {
        self.0.showed_form.store(true, Ordering::Relaxed);
        form_token::masked(&self.0.secret, &self.0.pad)
    }

    /// The answer to a form that did what it should: the browser goes on to `address`, where the page says what was done.
    pub fn done(&self, address: &str, notice: Notice) -> Response {
        let mut response = see_other(address);
        if let Some(cookie) = Cookie::Notice.set(notice.code(), self.0.app.options().https) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// What they are called on screen, when they are signed in.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// What was just done.
    pub(crate) fn notice(&self) -> Option<Notice> {
        self.0.notice
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    /// The token of their session.
    pub(crate) fn session(&self) -> Option<&str> {
        self.0.session.as_deref()
    }

    /// What the log calls their session.
    pub(crate) fn session_id(&self) -> Option<String> {
        self.session().map(town::accounts::session_id)
    }

    /// Whether it is a program with a token of its own.
    pub(crate) fn is_machine(&self) -> bool {
        self.0.is_machine
    }

    /// The token of a session in which nobody is signed in (yet): the second factor is still to come, or it has ended.
    pub(crate) fn waiting_session(&self) -> Option<&str> {
        self.0.waiting.as_deref()
    }

    /// Where the request comes from.
    pub(crate) fn from(&self) -> Option<IpAddr> {
        self.0.from
    }

    /// What a page of trouble gives, to be found in the log.
    pub(crate) fn reference(&self) -> &str {
        &self.0.reference
    }

    pub(crate) fn wants_json(&self) -> bool {
        self.0.wants_json
    }

    /// The version that a program says it saw of what it changes.
    pub(crate) fn if_match(&self) -> Option<&str> {
        self.0.if_match.as_deref()
    }

    /// Whether whoever asks may do nothing until they have set up a second factor.
    pub(crate) fn must_enrol(&self) -> bool {
        self.0.must_enrol
    }

    /// What the browser has held since it was sent to a provider.
    pub(crate) fn sent_to_provider(&self) -> Option<&str> {
        self.0.sent_to_provider.as_deref()
    }

    /// Whether another site made the browser ask, as the browser says.
    pub(crate) fn is_from_elsewhere(&self) -> bool {
        self.0.from_elsewhere
    }

    /// Counts the request for the account of whoever asks.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is one too many.
    pub(crate) fn counted(&self) -> Result<(), Problem> {
        let lets_through =
            || self.0.app.requests().of_account(self.from(), self.actor().name(), Instant::now());
        if self.name().is_none() || lets_through() { Ok(()) } else { Err(Problem::TooMany { seconds: 1 }) }
    }

    pub(crate) fn is_reading(&self) -> bool {
        matches!(self.0.method, Method::GET | Method::HEAD)
    }

    /// The path and query that was asked for, to come back to.
    pub(crate) fn address(&self) -> String {
        if self.0.query.is_empty() {
            return self.0.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0.query).finish();
        format!("{}?{query}", self.0.path)
    }

    /// Whether what a form carried is this visit's token. A machine shows its token with each request, which no other site can make a
    /// browser do, so it needs none.
    pub(crate) fn is_own_form(&self, carried: &str) -> bool {
        self.0.is_machine || !self.0.fresh && form_token::matches(carried, &self.0.secret)
    }

    /// The cookie that a form shown to somebody not signed in needs, unless they hold it.
    pub(crate) fn door_cookie(&self) -> Option<HeaderValue> {
        let needed = self.0.fresh && self.0.name.is_none() && self.0.showed_form.load(Ordering::Relaxed);
        needed.then(|| Cookie::Door.set(&hex::encode(self.0.secret), self.0.app.options().https)).flatten()
    }
}

/// The token that a machine shows: `Authorization: Bearer het_…`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = value.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Where a request comes from: the other end of the connection, or what the proxy in front says of it.
pub(crate) fn client(app: &App, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|ConnectInfo(Peer(address))| address.ip());
    if !app.options().behind_proxy {
        return peer;
    }
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()).and_then(|line| line.rsplit(',').next());
    last.and_then(|address| address.trim().parse().ok()).or(peer)
}

fn text_of(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether a program asks, that wants no page.
pub(crate) fn wants_json(headers: &HeaderMap, path: &str) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    path.starts_with("/api/") || (accept.contains("json") && !accept.contains("text/html"))
}
