//! Inset text.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Words set apart from what is around them.
#[derive(Debug, Clone, Default)]
pub struct InsetText {
    /// What it says.
    pub text: Content,
    /// Its id.
    pub id: String,
    /// More classes.
    pub classes: String,
}

impl Render for InsetText {
    fn render(&self) -> Markup {
        html! { div id=[filled(&self.id)] class=(with("govuk-inset-text", &self.classes)) { (self.text) } }
    }
}
