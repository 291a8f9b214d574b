//! What every field of a form has: a name, a label, a hint, an error, and the group that holds them together.

use maud::{Markup, html};

use super::{ErrorMessage, Hint, Label, described, with};

/// What every field of a form has.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The name that the form sends it under.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// What helps to fill it.
    pub hint: Option<Hint>,
    /// What is wrong with it.
    pub error: Option<ErrorMessage>,
    /// Ids of other elements that describe it.
    pub described_by: String,
    /// More classes for the group.
    pub group_classes: String,
}

impl Field {
    /// A field with this name, called this.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Field {
        Field { name: name.into(), label: label.into(), ..Field::default() }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<Hint>) -> Field {
        Field { hint: Some(hint.into()), ..self }
    }

    /// With an error, if there is one.
    #[must_use]
    pub fn error(self, error: Option<&str>) -> Field {
        Field { error: error.map(ErrorMessage::from), ..self }
    }

    /// Its id.
    pub(super) fn id(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }

    /// The group: label, hint, error and then the control, which is told its id and the ids of what describes it.
    pub(super) fn group(&self, module: Option<&str>, control: impl FnOnce(&str, &str) -> Markup) -> Markup {
        let id = self.id();
        let (inside, by) = explained(id, &self.described_by, self.hint.as_ref(), self.error.as_ref());
        let label = Label { of: id.to_owned(), ..self.label.clone() };
        html! {
            div class=(group_class(self.error.is_some(), &self.group_classes)) data-module=[module] {
                (label) (inside) (control(id, &by))
            }
        }
    }
}

/// The class of a form group.
pub(super) fn group_class(has_error: bool, more: &str) -> String {
    with(if has_error { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }, more)
}

/// A hint and an error under the ids that a field gives them, and the ids of all that describes the field.
pub(super) fn explained(
    id: &str,
    described_by: &str,
    hint: Option<&Hint>,
    error: Option<&ErrorMessage>,
) -> (Markup, String) {
    let mut by = described_by.to_owned();
    let hint = hint.map(|hint| Hint { id: format!("{id}-hint"), ..hint.clone() });
    let error = error.map(|error| ErrorMessage { id: format!("{id}-error"), ..error.clone() });
    for id in
        [hint.as_ref().map(|hint| &hint.id), error.as_ref().map(|error| &error.id)].into_iter().flatten()
    {
        by = described(&by, id);
    }
    let inside = html! {
        @if let Some(hint) = hint { (hint) }
        @if let Some(error) = error { (error) }
    };
    (inside, by)
}
