//! Fieldset.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Fields that belong together, under one legend.
#[derive(Debug, Clone, Default)]
pub struct Fieldset {
    /// What they are called together.
    pub legend: Legend,
    /// The fields.
    pub inside: Markup,
    /// Ids of elements that describe them.
    pub described_by: String,
    /// A role, where the element's own is not enough.
    pub role: String,
    /// More classes.
    pub classes: String,
}

/// What fields are called together.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// What it says; no legend when empty.
    pub text: Content,
    /// `govuk-fieldset__legend--s`, `--m`, `--l`, `--xl`.
    pub classes: String,
    /// Whether it is the heading of the page.
    pub page_heading: bool,
}

impl<T: Into<Content>> From<T> for Legend {
    fn from(text: T) -> Legend {
        Legend { text: text.into(), ..Legend::default() }
    }
}

impl Render for Fieldset {
    fn render(&self) -> Markup {
        html! {
            fieldset class=(with("govuk-fieldset", &self.classes)) role=[filled(&self.role)]
                aria-describedby=[filled(&self.described_by)] {
                @if !self.legend.text.is_empty() {
                    legend class=(with("govuk-fieldset__legend", &self.legend.classes)) {
                        @if self.legend.page_heading {
                            h1 class="govuk-fieldset__heading" { (self.legend.text) }
                        } @else { (self.legend.text) }
                    }
                }
                (self.inside)
            }
        }
    }
}
