//! Select.

use maud::{Markup, Render, html};

use super::{Field, filled, with};

/// One of a list that opens.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// Its name, label, hint and error.
    pub field: Field,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The value that is chosen; that of the first when empty.
    pub value: String,
    /// More classes.
    pub classes: String,
    /// Whether it cannot be changed.
    pub disabled: bool,
}

/// One line of a list.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What the form sends; the text when `None`.
    pub value: Option<String>,
    /// What it says.
    pub text: String,
    /// Whether it is chosen; `None` lets the list's value decide.
    pub selected: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
}

impl Choice {
    /// A line that sends this value and says this.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Choice {
        Choice { value: Some(value.into()), text: text.into(), ..Choice::default() }
    }
}

impl Render for Select {
    fn render(&self) -> Markup {
        let error = if self.field.error.is_some() { "govuk-select--error" } else { "" };
        let classes = with(&with("govuk-select", &self.classes), error);
        let selected = |choice: &Choice| {
            let named =
                !self.value.is_empty() && choice.value.as_ref().unwrap_or(&choice.text) == &self.value;
            choice.selected.unwrap_or(named)
        };
        self.field.group(None, |id, by| {
            html! {
                select class=(classes) id=(id) name=(self.field.name) disabled[self.disabled]
                    aria-describedby=[filled(by)] {
                    @for choice in &self.choices {
                        option value=[choice.value.as_deref()] selected[selected(choice)] disabled[choice.disabled] {
                            (choice.text)
                        }
                    }
                }
            }
        })
    }
}
