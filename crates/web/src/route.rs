//! A row of the route table, and what happens around its handler.

use std::future::Future;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{self, MethodRouter};
use town::Permission;

use crate::app::App;
use crate::cookies::Cookie;
use crate::see_other::see_other;
use crate::sent::{FILES_LIMIT, FORM_LIMIT};
use crate::{Answer, Problem, Sent, Visit, edge, layout};

/// An answer that takes longer is stopped.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a route is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// A page is read.
    Get,
    /// A form is sent.
    Post,
}

/// One row: how it is asked, where, who may, and what answers.
pub struct Route {
    method: Method,
    path: &'static str,
    permission: Permission,
    answers: MethodRouter<App>,
}

impl Route {
    /// How it is asked.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Where, with `{names}` for its variable parts.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// What whoever asks must be allowed.
    pub fn permission(&self) -> Permission {
        self.permission
    }

    pub(crate) fn into_parts(self) -> (&'static str, MethodRouter<App>) {
        (self.path, self.answers)
    }
}

/// A page that is read.
pub(crate) fn get<H, F>(path: &'static str, permission: Permission, handler: H) -> Route
where
    H: Fn(Visit) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answer> + Send,
{
    let answers = routing::get(move |State(app): State<App>, request: Request| {
        let handler = handler.clone();
        async move {
            let (mut parts, _) = request.into_parts();
            around(&app, &mut parts, permission, async |visit| handler(visit).await).await
        }
    });
    Route { method: Method::Get, path, permission, answers }
}

/// A form that is sent. The handler gets what it sent after its token was checked.
pub(crate) fn post<H, F>(path: &'static str, permission: Permission, handler: H) -> Route
where
    H: Fn(Visit, Sent) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answer> + Send,
{
    posted(path, permission, FORM_LIMIT, handler)
}

/// A form that is sent with files.
pub(crate) fn upload<H, F>(path: &'static str, permission: Permission, handler: H) -> Route
where
    H: Fn(Visit, Sent) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answer> + Send,
{
    posted(path, permission, FILES_LIMIT, handler)
}

fn posted<H, F>(path: &'static str, permission: Permission, limit: usize, handler: H) -> Route
where
    H: Fn(Visit, Sent) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answer> + Send,
{
    let answers = routing::post(move |State(app): State<App>, request: Request| {
        let handler = handler.clone();
        async move {
            let (mut parts, body) = request.into_parts();
            let headers = std::mem::take(&mut parts.headers);
            parts.headers = headers.clone();
            around(&app, &mut parts, permission, async |visit: Visit| {
                let sent = Sent::read(&visit, &headers, body, limit).await?;
                handler(visit, sent).await
            })
            .await
        }
    });
    Route { method: Method::Post, path, permission, answers }
}

/// What is answered without finding out who asks: files that the program carries, signs of life.
pub(crate) fn plain<H, F>(path: &'static str, handler: H) -> Route
where
    H: Fn(App, String, HeaderMap) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send,
{
    let answers = routing::get(move |State(app): State<App>, request: Request| {
        let handler = handler.clone();
        async move { handler(app, request.uri().path().to_owned(), request.headers().clone()).await }
    });
    Route { method: Method::Get, path, permission: Permission::ReadPublic, answers }
}

/// What is answered to this machine alone, and to everybody else not there: figures for whatever watches over it.
pub(crate) fn near<H, F>(path: &'static str, handler: H) -> Route
where
    H: Fn(App) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send,
{
    let answers = routing::get(move |State(app): State<App>, request: Request| {
        let handler = handler.clone();
        async move {
            let (parts, _) = request.into_parts();
            match crate::visit::client(&app, &parts) {
                Some(from) if from.to_canonical().is_loopback() => handler(app).await,
                _ => layout::bare_problem(StatusCode::NOT_FOUND),
            }
        }
    });
    Route { method: Method::Get, path, permission: Permission::ReadPublic, answers }
}

/// What answers where the table has no row.
pub(crate) async fn nothing_here(State(app): State<App>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    around(&app, &mut parts, Permission::ReadPublic, async |_| Err(Problem::NotFound)).await
}

/// What answers where the table has a row, but not for this method.
pub(crate) async fn not_that_way(State(app): State<App>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    around(&app, &mut parts, Permission::ReadPublic, async |_| Err(Problem::Method)).await
}

/// Finds out who asks, refuses unless they may, answers, and turns whatever went wrong into a page.
async fn around<H>(app: &App, parts: &mut Parts, permission: Permission, handler: H) -> Response
where
    H: AsyncFnOnce(Visit) -> Answer,
{
    let visit = match Visit::of(app, parts).await {
        Ok(visit) => visit,
        Err(problem) => return layout::bare(parts, &problem),
    };
    let answer = async {
        visit.counted()?;
        if !visit.may(permission) {
            return Err(if visit.name().is_none() { Problem::SignedOut } else { Problem::Forbidden });
        }
        tokio::time::timeout(PATIENCE, handler(visit.clone())).await.unwrap_or(Err(Problem::Slow))
    };
    let answer = answer.await;
    if let Err(problem) = &answer {
        edge::note_refusal(&visit, permission, problem);
    }
    let mut response = match answer {
        Ok(response) => response,
        Err(Problem::Forbidden) if visit.must_enrol() && visit.is_reading() && !visit.wants_json() => {
            see_other("/account/second-factor")
        }
        Err(Problem::Town(town::Error::Unconfirmed)) if !visit.wants_json() => to_confirm(&visit),
        Err(Problem::SignedOut) if visit.is_reading() && !visit.wants_json() => to_sign_in(&visit),
        Err(problem) => layout::problem(&visit, &problem),
    };
    finish(&visit, &mut response);
    response
}

fn to_sign_in(visit: &Visit) -> Response {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", &visit.address()).finish();
    see_other(&format!("/sign-in?{query}"))
}

/// To confirm who one is, and back to the page; a form has none, and is of the page of one's own account.
fn to_confirm(visit: &Visit) -> Response {
    let to = if visit.is_reading() { visit.address() } else { "/account".to_owned() };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", &to).finish();
    see_other(&format!("/account/confirm?{query}"))
}

/// Adds the cookies that a page needs and forbids keeping what belongs to a person.
fn finish(visit: &Visit, response: &mut Response) {
    let https = visit.app().options().https;
    let shown = response.status() != StatusCode::SEE_OTHER;
    let said = (shown && visit.notice().is_some()).then(|| Cookie::Notice.clear(https)).flatten();
    for cookie in [visit.door_cookie(), said].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let personal = visit.name().is_some() || response.headers().contains_key(header::SET_COOKIE);
    let keeping = if personal { "no-store" } else { "no-cache" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keeping));
    response.headers_mut().entry(header::VARY).or_insert(HeaderValue::from_static("cookie, accept"));
}
