//! Routes, forms, pages and the JSON interface.
//!
//! # How a page is written
//!
//! 1. **A row in the route table** ([`routes`], in `router.rs`): how it is asked, where, which permission of the policy it
//!    needs, which function answers. There is no other way to be reached, and the permission is checked before the function
//!    is called, so a handler never asks who may.
//!
//!    ```text
//!    get("/actions/{code}", ReadProgramme, partnership::actions::show),
//!    post("/actions/{code}/edit", EditProgramme, partnership::actions::save),
//!    ```
//!
//! 2. **A handler** in the folder of its part of the programme, one file for each page. It takes a [`Visit`], and a [`Sent`]
//!    when a form was sent; it parses, makes one call into `town`, renders, and returns an [`Answer`]. `?` turns every
//!    `town::Error` into the right page with the right status ([`Problem`] decides it, once).
//!
//!    ```ignore
//!    pub(crate) async fn show(visit: Visit) -> Answer {
//!        let action = visit.town().action(visit.actor(), visit.param("code"), visit.as_of()).await?;
//!        let body = html! {
//!            h1 class="govuk-heading-l" { (action.title) }
//!            (SummaryList { rows: vec![SummaryRow::new("Owner", &action.owner)], ..SummaryList::default() })
//!        };
//!        Page::new(&action.title, body).within(Section::Actions).under("/actions", "Actions").show(&visit)
//!    }
//!    ```
//!
//!    What a visit knows: [`Visit::town`], [`Visit::actor`] (pass it to every use case), [`Visit::as_of`] (the day on which
//!    status is judged: never ask a clock), [`Visit::settings`] (the town's name, area, colour), [`Visit::param`] (a part of the
//!    path), [`Visit::query`] (`?name=value`), [`Visit::may`] (to leave out a link that would be refused).
//!
//! 3. **A form** of a thing of the programme is an `editing::Form`: how it is read from what was sent, loaded, kept and shown.
//!    The handlers of `editing` do the rest (errors beside their fields, what somebody else saved meanwhile, the same for
//!    programs), so a row of the table names only the form:
//!
//!    ```text
//!    get("/actions/{code}/edit", EditProgramme, editing::edit::<ActionForm>),
//!    post("/actions/{code}/edit", EditProgramme, editing::save::<ActionForm>),
//!    ```
//!
//!    Any other form is made by [`Visit::form`], which puts the session's token into it, and works without a script. A refusal
//!    shows it again with what was typed; success sends the browser on ([`Visit::done`]), so that reloading sends nothing twice.
//!    A field's name is also its id and the name that `town::Refusal` gives it, so [`Errors`] leads to it.
//!
//!    ```ignore
//!    pub(crate) async fn save_figure(visit: Visit, sent: Sent) -> Answer {
//!        let form = FigureForm { period: sent.text("period").into(), ..FigureForm::default() };
//!        match visit.town().save_figure(visit.actor(), visit.param("code"), &form).await {
//!            Ok(()) => Ok(visit.done(&format!("/indicators/{}", visit.param("code")), Notice::Saved)),
//!            Err(town::Error::Refused(refusals)) => figure_page(&visit, &form, Errors::of(refusals)).await,
//!            Err(error) => Err(error.into()),
//!        }
//!    }
//!    ```
//!
//! 4. **A part of the navigation** also gets a row in `layout/sections.rs`.
//!
//! 5. **Its tests**: `tests/it/` walks every row as every role, and opens every page in a browser with axe-core. A row with a
//!    variable part gets an example in `tests/it/pages.rs`; look at the page at both widths.
//!
//! # What is not here
//!
//! No SQL and no statistics; no clock; no inline style, script or event handler (the content policy refuses them, `style`
//! attributes in SVG too); no colour that alone says something; no text that is not in plain English.
//!
//! # Choices
//!
//! Sessions are ours (`town::Town::sign_in`, about a hundred lines with their tables) rather than axum-login with tower-sessions:
//! those keep a session of any content in a store behind a trait, and what het needs is one row with two hashes, found by
//! one query, ended by another. Handlers take a [`Visit`] rather than axum's extractors, so that a row of the table cannot
//! forget the policy or the form token: the types do not let it.

mod accounts;
mod api;
mod app;
mod assets;
mod audit;
mod board;
pub mod components;
mod cookies;
mod counts;
mod download;
mod edge;
mod editing;
mod errors;
mod form_token;
mod indicators;
pub mod layout;
mod notice;
mod partnership;
mod problem;
mod reference;
mod register;
mod reports;
mod route;
mod router;
mod see_other;
mod sent;
mod server;
mod tls;
mod traces;
mod visit;

use axum::response::Response;

pub use app::Options;
pub use errors::Errors;
pub use layout::{Page, Section};
pub use notice::Notice;
pub use problem::Problem;
pub use route::{Method, Route};
pub use router::routes;
pub use sent::{Sent, SentFile};
pub use server::{Error, Server, stopped};
pub use tls::TlsFiles;
pub use traces::TracesTo;
pub use visit::Visit;

/// What a handler returns: a page, or why there is none.
pub type Answer = Result<Response, Problem>;
