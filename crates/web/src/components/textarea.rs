//! Textarea.

use maud::{Markup, Render, html};

use super::{Field, filled, with};

/// Several lines of text.
#[derive(Debug, Clone, Default)]
pub struct Textarea {
    /// Its name, label, hint and error.
    pub field: Field,
    /// What is in it.
    pub value: String,
    /// How many lines it shows; 5 when 0.
    pub rows: u32,
    /// More classes.
    pub classes: String,
    /// What a browser may fill in by itself.
    pub autocomplete: String,
    /// Whether spelling is checked.
    pub spellcheck: Option<bool>,
    /// Whether it cannot be changed.
    pub disabled: bool,
}

impl Render for Textarea {
    fn render(&self) -> Markup {
        let error = if self.field.error.is_some() {
            "govuk-textarea govuk-textarea--error"
        } else {
            "govuk-textarea"
        };
        let rows = if self.rows == 0 { 5 } else { self.rows };
        self.field.group(None, |id, by| {
            html! {
                textarea class=(with(error, &self.classes)) id=(id) name=(self.field.name) rows=(rows)
                    spellcheck=[self.spellcheck] disabled[self.disabled] aria-describedby=[filled(by)]
                    autocomplete=[filled(&self.autocomplete)] { (self.value) }
            }
        })
    }
}
