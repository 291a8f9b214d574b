//! Password input.

use maud::{Markup, Render};

use super::{Button, Field, Input, filled, with};

/// A password, which a script lets people see.
#[derive(Debug, Clone, Default)]
pub struct PasswordInput {
    /// Its name, label, hint and error.
    pub field: Field,
    /// What is in it. Leave it empty: a page never shows a password.
    pub value: String,
    /// `current-password` when empty; `new-password`.
    pub autocomplete: String,
    /// More classes.
    pub classes: String,
    /// Whether it cannot be changed.
    pub disabled: bool,
}

impl Render for PasswordInput {
    fn render(&self) -> Markup {
        let toggle = Button {
            text: "Show".into(),
            kind: "button".into(),
            classes: "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
                .into(),
            controls: filled(&self.field.id).unwrap_or(&self.field.name).to_owned(),
            label: "Show password".into(),
            hidden: true,
            ..Button::default()
        };
        let group_classes = with("govuk-password-input", &self.field.group_classes);
        let input = Input {
            field: Field { group_classes, ..self.field.clone() },
            value: self.value.clone(),
            kind: "password".into(),
            classes: with("govuk-password-input__input govuk-js-password-input-input", &self.classes),
            wrapper_classes: "govuk-password-input__wrapper".into(),
            spellcheck: Some(false),
            autocapitalize: "none".into(),
            autocomplete: filled(&self.autocomplete).unwrap_or("current-password").to_owned(),
            disabled: self.disabled,
            after: toggle.render(),
            ..Input::default()
        };
        input.group(Some("govuk-password-input"))
    }
}
