//! Creating and editing the things of the programme by form: one way for all of them.
//!
//! Each form is a [`Form`]: how it is read from what was sent, loaded, kept and shown. The four handlers here do the rest,
//! so that a route is `get("/actions/{code}/edit", EditProgramme, editing::edit::<ActionForm>)`.
//!
//! A form carries what was seen when it was begun. When somebody else saved the thing meanwhile, nothing is kept: the form
//! is shown again with what they saved, who and when, and what one wrote ([`conflict`]). A program asks for the form with
//! `Accept: application/json`, gets its fields with an `ETag`, and sends them back with `If-Match`: 412 when they are others
//! by then, 428 without it.

mod conflict;
mod programs;

use std::future::Future;

use maud::{Markup, html};
use town::editing::{Changed, Editing, Fields, Seen};

use crate::layout::Section;
use crate::{Answer, Errors, Notice, Page, Problem, Sent, Visit};

/// The hidden field that carries what was seen.
const SEEN_FIELD: &str = "seen";

/// A thing of the programme that is made and edited by form.
pub(crate) trait Form: town::editing::Form {
    /// The part of het that it is in.
    const SECTION: Section;
    /// The pages that it is under: where they are and what they are called.
    const UNDER: &'static [(&'static str, &'static str)];
    /// The part of the address that its code is.
    const PARAM: &'static str = "code";
    /// Which fields are dates.
    const DATES: &'static [&'static str] = &[];

    /// What a new one begins with.
    fn begun(_visit: &Visit) -> Self {
        Self::default()
    }

    /// The form as it was sent.
    fn read(sent: &Sent) -> Self;

    /// Whether a button was pressed that only makes room in the form; then there is.
    fn makes_room(&mut self, _sent: &Sent) -> bool {
        false
    }

    /// The thing with this code.
    fn load(visit: &Visit, code: &str) -> impl Future<Output = town::Result<Self>> + Send;

    /// Keeps it and gives its code.
    fn keep(
        &self,
        visit: &Visit,
        editing: Option<Editing<'_>>,
    ) -> impl Future<Output = town::Result<String>> + Send;

    /// Its fields and buttons; of a new one without a code.
    fn inputs(
        &self,
        visit: &Visit,
        code: Option<&str>,
        errors: &Errors,
    ) -> impl Future<Output = Result<Markup, Problem>> + Send;

    /// What its page is called; of a new one without a code.
    fn title(&self, code: Option<&str>) -> String;

    /// Where it is seen once it was kept.
    fn address(code: &str) -> String;

    /// Where its form is.
    fn edit_address(code: &str) -> String {
        format!("{}/edit", Self::address(code))
    }

    /// The pages under [`Form::UNDER`] that one with this code is under.
    fn under(code: &str) -> Option<(String, String)> {
        Some((Self::address(code), code.to_owned()))
    }
}

/// The form of something new.
pub(crate) async fn new<F: Form>(visit: Visit) -> Answer {
    Begun { form: F::begun(&visit), code: None, seen: None }.page(&visit, Errors::default(), None).await
}

/// Something new is kept.
pub(crate) async fn create<F: Form>(visit: Visit, sent: Sent) -> Answer {
    Begun { form: F::read(&sent), code: None, seen: None }.keep(&visit, &sent).await
}

/// The form of what is there.
pub(crate) async fn edit<F: Form>(visit: Visit) -> Answer {
    let code = visit.param(F::PARAM);
    let form = F::load(&visit, code).await?;
    let seen = visit.town().seen(&form).await?;
    if visit.wants_json() {
        return programs::fields(&form, &seen);
    }
    let code = Some(code.to_owned());
    Begun { form, code, seen: Some(seen) }.page(&visit, Errors::default(), None).await
}

/// What is there is kept as it was edited.
pub(crate) async fn save<F: Form>(visit: Visit, sent: Sent) -> Answer {
    let seen = match programs::if_match(&visit) {
        Some(seen) => seen,
        None if sent.has(SEEN_FIELD) => serde_json::from_str(sent.text(SEEN_FIELD))
            .map_err(|_| Problem::Unreadable("The form does not say what was seen when it was begun"))?,
        None => return Err(Problem::Unseen),
    };
    let code = Some(visit.param(F::PARAM).to_owned());
    Begun { form: F::read(&sent), code, seen: Some(seen) }.keep(&visit, &sent).await
}

/// A form that somebody has begun: of what, and what they saw of it.
struct Begun<F> {
    form: F,
    code: Option<String>,
    seen: Option<Seen>,
}

impl<F: Form> Begun<F> {
    async fn keep(mut self, visit: &Visit, sent: &Sent) -> Answer {
        if self.form.makes_room(sent) {
            return self.page(visit, Errors::default(), None).await;
        }
        let editing = self.code.as_deref().zip(self.seen.as_ref());
        let editing = editing.map(|(code, seen)| Editing { code, seen });
        match self.form.keep(visit, editing).await {
            Ok(code) => {
                let notice = if self.code.is_some() { Notice::Saved } else { Notice::Created };
                Ok(visit.done(&F::address(&code), notice))
            }
            Err(error) if visit.wants_json() => Err(error.into()),
            Err(town::Error::Refused(refusals)) => {
                self.page(visit, Errors::of(refusals).dates(F::DATES), None).await
            }
            Err(town::Error::Changed(changed)) => self.begin_anew(visit, &changed).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Shows the form again after somebody else changed what is edited.
    async fn begin_anew(self, visit: &Visit, changed: &Changed) -> Answer {
        let mut form = self.form;
        put(&mut form, &changed.merged);
        let (code, seen) = (Some(changed.code.clone()), Some(changed.now.clone()));
        Begun { form, code, seen }.page(visit, Errors::default(), Some(changed)).await
    }

    async fn page(&self, visit: &Visit, errors: Errors, changed: Option<&Changed>) -> Answer {
        let title = self.form.title(self.code.as_deref());
        let seen = self.seen.as_ref().map(serde_json::to_string).transpose();
        let seen = seen.map_err(|error| Problem::broken("writing what was seen", error))?;
        let fields = self.form.inputs(visit, self.code.as_deref(), &errors).await?;
        // A thing that was given another code meanwhile is kept under that one.
        let action = self.code.as_deref().map_or_else(|| visit.path().to_owned(), F::edit_address);
        let body = html! {
            (errors)
            @if let Some(changed) = changed { (conflict::told(changed, &action)) }
            h1 class="govuk-heading-l" { (title) }
            div class="govuk-grid-row" {
                div class="govuk-grid-column-two-thirds" {
                    (visit.form(&action, html! {
                        @if let Some(seen) = seen { input type="hidden" name=(SEEN_FIELD) value=(seen); }
                        (fields)
                    }))
                }
            }
        };
        let mut page = Page::new(&title, body).within(F::SECTION);
        for (address, words) in F::UNDER {
            page = page.under(*address, *words);
        }
        if let Some((address, words)) = self.code.as_deref().and_then(F::under) {
            page = page.under(address, words);
        }
        match (errors.is_empty(), changed) {
            (false, _) => page.with_errors().show(visit),
            (true, Some(_)) => page.with_errors().status(axum::http::StatusCode::CONFLICT).show(visit),
            (true, None) => page.show(visit),
        }
    }
}

fn put<F: Form>(form: &mut F, fields: &Fields) {
    for (name, text) in fields {
        form.put(name, text);
    }
}
