//! A page, before it is put into its shell.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

use super::{Section, shell};
use crate::components::Crumb;
use crate::{Answer, Visit};

/// A page to be shown.
#[derive(Debug, Clone)]
pub struct Page {
    pub(super) title: String,
    pub(super) section: Option<Section>,
    pub(super) crumbs: Vec<Crumb>,
    pub(super) status: StatusCode,
    pub(super) has_errors: bool,
    pub(super) body: Markup,
}

impl Page {
    /// A page with this title, which is also its heading unless the body has another.
    pub fn new(title: impl Into<String>, body: Markup) -> Page {
        let (section, crumbs, status) = (None, Vec::new(), StatusCode::OK);
        Page { title: title.into(), section, crumbs, status, has_errors: false, body }
    }

    /// In which part of het it is.
    #[must_use]
    pub fn within(self, section: Section) -> Page {
        Page { section: Some(section), ..self }
    }

    /// Under which page it is: where that is and what it is called. Call it from the top down.
    #[must_use]
    pub fn under(mut self, href: impl Into<String>, text: impl Into<String>) -> Page {
        self.crumbs.push(Crumb::new(href, text.into()));
        self
    }

    /// It shows a form again that was not accepted: the title says so and the status is 422.
    #[must_use]
    pub fn with_errors(self) -> Page {
        Page { has_errors: true, status: StatusCode::UNPROCESSABLE_ENTITY, ..self }
    }

    /// With another status than 200.
    #[must_use]
    pub fn status(self, status: StatusCode) -> Page {
        Page { status, ..self }
    }

    /// The answer.
    ///
    /// # Errors
    /// None: it returns an [`Answer`] so that a handler can end with it.
    pub fn show(self, visit: &Visit) -> Answer {
        Ok(self.response(visit))
    }

    /// The answer, where nothing can go wrong any more.
    pub(crate) fn response(self, visit: &Visit) -> Response {
        let status = self.status;
        let html = shell::around(visit, self).into_string();
        let kind = [(axum::http::header::CONTENT_TYPE, "text/html; charset=utf-8")];
        (status, kind, html).into_response()
    }
}
