//! Error summary.

use maud::{Markup, Render, html};

use super::{Content, with};

/// Everything that is wrong with a form, at the top of its page, each leading to its field.
#[derive(Debug, Clone, Default)]
pub struct ErrorSummary {
    /// Its heading: "There is a problem".
    pub title: Content,
    /// More about it.
    pub description: Content,
    /// What is wrong.
    pub errors: Vec<SummaryError>,
    /// Whether a script leaves the focus where it is.
    pub disable_auto_focus: Option<bool>,
    /// More classes.
    pub classes: String,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Default)]
pub struct SummaryError {
    /// What it says.
    pub text: Content,
    /// Where it leads: `#title`.
    pub href: String,
}

impl Render for ErrorSummary {
    fn render(&self) -> Markup {
        html! {
            div class=(with("govuk-error-summary", &self.classes)) data-disable-auto-focus=[self.disable_auto_focus]
                data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { (self.title) }
                    div class="govuk-error-summary__body" {
                        @if !self.description.is_empty() { p { (self.description) } }
                        @if !self.errors.is_empty() {
                            ul class="govuk-list govuk-error-summary__list" {
                                @for error in &self.errors {
                                    li {
                                        @if error.href.is_empty() { (error.text) }
                                        @else { a href=(error.href) { (error.text) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
