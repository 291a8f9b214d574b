//! Error message.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// What is wrong with a field and what to do.
#[derive(Debug, Clone)]
pub struct ErrorMessage {
    /// What it says.
    pub text: Content,
    /// The word before it for those who do not see the red; none when empty.
    pub hidden_word: String,
    /// Its id; the field fills it.
    pub id: String,
    /// More classes.
    pub classes: String,
}

impl Default for ErrorMessage {
    fn default() -> ErrorMessage {
        let (id, classes) = (String::new(), String::new());
        ErrorMessage { text: Content::default(), hidden_word: "Error".to_owned(), id, classes }
    }
}

impl<T: Into<Content>> From<T> for ErrorMessage {
    fn from(text: T) -> ErrorMessage {
        ErrorMessage { text: text.into(), ..ErrorMessage::default() }
    }
}

impl Render for ErrorMessage {
    fn render(&self) -> Markup {
        html! {
            p id=[filled(&self.id)] class=(with("govuk-error-message", &self.classes)) {
                @if !self.hidden_word.is_empty() {
                    span class="govuk-visually-hidden" { (self.hidden_word) ":" } " "
                }
                (self.text)
            }
        }
    }
}
