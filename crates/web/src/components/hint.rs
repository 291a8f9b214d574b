//! Hint.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// What helps to fill a field.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// What it says.
    pub text: Content,
    /// Its id; the field fills it.
    pub id: String,
    /// More classes.
    pub classes: String,
}

impl<T: Into<Content>> From<T> for Hint {
    fn from(text: T) -> Hint {
        Hint { text: text.into(), ..Hint::default() }
    }
}

impl Render for Hint {
    fn render(&self) -> Markup {
        html! { div id=[filled(&self.id)] class=(with("govuk-hint", &self.classes)) { (self.text) } }
    }
}
