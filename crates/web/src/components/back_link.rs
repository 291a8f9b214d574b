//! Back link.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// The page before, in something with several pages.
#[derive(Debug, Clone, Default)]
pub struct BackLink {
    /// What it says; "Back" when empty.
    pub text: Content,
    /// Where it leads.
    pub href: String,
    /// More classes.
    pub classes: String,
}

impl Render for BackLink {
    fn render(&self) -> Markup {
        html! {
            a href=(filled(&self.href).unwrap_or("#")) class=(with("govuk-back-link", &self.classes)) {
                @if self.text.is_empty() { "Back" } @else { (self.text) }
            }
        }
    }
}
