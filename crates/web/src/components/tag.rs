//! Tag.

use maud::{Markup, Render, html};

use super::{Content, with};

/// A status in a word.
#[derive(Debug, Clone, Default)]
pub struct Tag {
    /// What it says.
    pub text: Content,
    /// `govuk-tag--grey`, `--green`, `--turquoise`, `--blue`, `--purple`, `--pink`, `--red`, `--orange`, `--yellow`.
    pub classes: String,
}

impl Render for Tag {
    fn render(&self) -> Markup {
        html! { strong class=(with("govuk-tag", &self.classes)) { (self.text) } }
    }
}
