//! Skip link.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Past the header, for those who use the keyboard.
#[derive(Debug, Clone, Default)]
pub struct SkipLink {
    /// What it says.
    pub text: Content,
    /// Where it leads; `#content` when empty.
    pub href: String,
    /// More classes.
    pub classes: String,
}

impl Render for SkipLink {
    fn render(&self) -> Markup {
        html! {
            a href=(filled(&self.href).unwrap_or("#content")) class=(with("govuk-skip-link", &self.classes))
                data-module="govuk-skip-link" { (self.text) }
        }
    }
}
