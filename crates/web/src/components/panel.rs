//! Panel.

use maud::{Markup, Render, html};

use super::{Content, heading, with};

/// The end of something long: what was done and what happens next. (The interruption kind, with buttons, is not here.)
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// What was done.
    pub title: Content,
    /// More about it.
    pub text: Content,
    /// The level of its heading; 1 when 0.
    pub heading_level: u8,
    /// More classes.
    pub classes: String,
}

impl Render for Panel {
    fn render(&self) -> Markup {
        let level = if self.heading_level == 0 { 1 } else { self.heading_level };
        html! {
            div class=(with("govuk-panel govuk-panel--confirmation", &self.classes)) {
                (heading(level, "govuk-panel__title", None, &self.title.render()))
                @if !self.text.is_empty() { div class="govuk-panel__body" { (self.text) } }
            }
        }
    }
}
