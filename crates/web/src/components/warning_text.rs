//! Warning text.

use maud::{Markup, Render, html};

use super::{Content, filled, with};

/// Something with consequences.
#[derive(Debug, Clone, Default)]
pub struct WarningText {
    /// What it says.
    pub text: Content,
    /// The word for those who do not see the mark; "Warning" when empty.
    pub hidden_word: String,
    /// More classes.
    pub classes: String,
}

impl Render for WarningText {
    fn render(&self) -> Markup {
        html! {
            div class=(with("govuk-warning-text", &self.classes)) {
                span class="govuk-warning-text__icon" aria-hidden="true" { "!" } " "
                strong class="govuk-warning-text__text" {
                    span class="govuk-visually-hidden" { (filled(&self.hidden_word).unwrap_or("Warning")) }
                    " "
                    (self.text)
                }
            }
        }
    }
}
