//! Text input.

use maud::{Markup, Render, html};

use super::{Content, Field, filled, with};

/// One line of text.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Its name, label, hint and error.
    pub field: Field,
    /// What is in it.
    pub value: String,
    /// `text` when empty; `email`, `tel`, `search`.
    pub kind: String,
    /// `govuk-input--width-2` to `-30`.
    pub classes: String,
    /// `numeric` or `decimal`, for a phone's keyboard.
    pub input_mode: String,
    /// What a browser may fill in by itself: `email`, `name`.
    pub autocomplete: String,
    /// How a phone writes capitals: `none`.
    pub autocapitalize: String,
    /// The pattern that old phones take for a number.
    pub pattern: String,
    /// Whether spelling is checked.
    pub spellcheck: Option<bool>,
    /// Whether it cannot be changed.
    pub disabled: bool,
    /// What stands before it: `£`.
    pub prefix: Option<Affix>,
    /// What stands after it: `%`.
    pub suffix: Option<Affix>,
    /// More classes for what holds it and its prefix and suffix.
    pub wrapper_classes: String,
    /// Markup after it.
    pub after: Markup,
}

/// What stands before or after an input.
#[derive(Debug, Clone, Default)]
pub struct Affix {
    /// What it says.
    pub text: Content,
    /// More classes.
    pub classes: String,
}

impl<T: Into<Content>> From<T> for Affix {
    fn from(text: T) -> Affix {
        Affix { text: text.into(), classes: String::new() }
    }
}

impl Input {
    /// The input in its group, which may need a module of the page's script.
    pub(super) fn group(&self, module: Option<&str>) -> Markup {
        self.field.group(module, |id, by| {
            let element = self.element(id, by);
            let filled = |affix: &Option<Affix>| affix.clone().filter(|affix| !affix.text.is_empty());
            let (prefix, suffix) = (filled(&self.prefix), filled(&self.suffix));
            if prefix.is_none() && suffix.is_none() && self.after.0.is_empty() {
                return element;
            }
            html! {
                div class=(with("govuk-input__wrapper", &self.wrapper_classes)) {
                    @if let Some(prefix) = prefix {
                        div class=(with("govuk-input__prefix", &prefix.classes)) aria-hidden="true" { (prefix.text) }
                    }
                    (element)
                    @if let Some(suffix) = suffix {
                        div class=(with("govuk-input__suffix", &suffix.classes)) aria-hidden="true" { (suffix.text) }
                    }
                    (self.after)
                }
            }
        })
    }

    fn element(&self, id: &str, by: &str) -> Markup {
        let classes = with("govuk-input", &self.classes);
        let classes = with(&classes, if self.field.error.is_some() { "govuk-input--error" } else { "" });
        html! {
            input class=(classes) id=(id) name=(self.field.name) type=(filled(&self.kind).unwrap_or("text"))
                spellcheck=[self.spellcheck] value=[filled(&self.value)] disabled[self.disabled]
                aria-describedby=[filled(by)] autocomplete=[filled(&self.autocomplete)]
                autocapitalize=[filled(&self.autocapitalize)] pattern=[filled(&self.pattern)]
                inputmode=[filled(&self.input_mode)];
        }
    }
}

impl Render for Input {
    fn render(&self) -> Markup {
        self.group(None)
    }
}
