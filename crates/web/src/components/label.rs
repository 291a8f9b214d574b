//! Label.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// What a field is called.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// What it says; no label when empty.
    pub text: Content,
    /// The id of the field; the field fills it.
    pub of: String,
    /// `govuk-label--s`, `--m`, `--l`, `--xl`, or `govuk-visually-hidden`.
    pub classes: String,
    /// Whether it is the heading of the page.
    pub page_heading: bool,
}

impl<T: Into<Content>> From<T> for Label {
    fn from(text: T) -> Label {
        Label { text: text.into(), ..Label::default() }
    }
}

impl Render for Label {
    fn render(&self) -> Markup {
        if self.text.is_empty() {
            return Markup::default();
        }
        let label = html! {
            label class=(with("govuk-label", &self.classes)) for=[filled(&self.of)] { (self.text) }
        };
        if self.page_heading {
            html! { h1 class="govuk-label-wrapper" { (label) } }
        } else {
            label
        }
    }
}
