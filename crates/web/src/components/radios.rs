//! Radios.

use maud::{Markup, Render, html};

use super::field::{explained, group_class};
use super::{Content, ErrorMessage, Fieldset, Hint, Label, filled, with};

/// One of a few, all seen at once.
#[derive(Debug, Clone, Default)]
pub struct Radios {
    /// The name that the form sends it under.
    pub name: String,
    /// What ids begin with; the name when empty.
    pub id_prefix: String,
    /// The fieldset around them: its legend is what they are called.
    pub fieldset: Option<Fieldset>,
    /// What helps to choose.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error: Option<ErrorMessage>,
    /// What can be chosen.
    pub items: Vec<RadioItem>,
    /// The value that is chosen.
    pub value: String,
    /// `govuk-radios--inline`, `govuk-radios--small`.
    pub classes: String,
    /// More classes for the group.
    pub group_classes: String,
}

/// A line of radios.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // a form has a handful of them
pub enum RadioItem {
    /// Something to choose.
    Radio(Radio),
    /// A word between: `or`.
    Divider(String),
}

/// Something to choose.
#[derive(Debug, Clone, Default)]
pub struct Radio {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub text: Content,
    /// What helps to choose it.
    pub hint: Option<Hint>,
    /// Whether it is chosen; `None` lets the value of the whole decide.
    pub checked: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// What is shown once it is chosen.
    pub conditional: Markup,
    /// Its id, when not made from the prefix.
    pub id: String,
    /// More classes for its label.
    pub label_classes: String,
}

impl RadioItem {
    /// A line that sends this value and says this.
    pub fn new(value: impl Into<String>, text: impl Into<Content>) -> RadioItem {
        RadioItem::Radio(Radio { value: value.into(), text: text.into(), ..Radio::default() })
    }
}

impl Radios {
    fn item(&self, radio: &Radio, index: usize) -> Markup {
        let prefix = filled(&self.id_prefix).unwrap_or(&self.name);
        let id = match (radio.id.is_empty(), index) {
            (false, _) => radio.id.clone(),
            // The first has no number, so that an error summary can lead to it.
            (true, 0) => prefix.to_owned(),
            (true, _) => format!("{prefix}-{}", index + 1),
        };
        let checked = radio.checked.unwrap_or(!self.value.is_empty() && radio.value == self.value);
        let hint = radio.hint.as_ref().map(|hint| Hint {
            id: format!("{id}-item-hint"),
            classes: with("govuk-radios__hint", &hint.classes),
            ..hint.clone()
        });
        let conditional = (!radio.conditional.0.is_empty()).then(|| format!("conditional-{id}"));
        let label = Label {
            text: radio.text.clone(),
            of: id.clone(),
            classes: with("govuk-radios__label", &radio.label_classes),
            page_heading: false,
        };
        html! {
            div class="govuk-radios__item" {
                input class="govuk-radios__input" id=(id) name=(self.name) type="radio" value=(radio.value)
                    checked[checked] disabled[radio.disabled] data-aria-controls=[conditional.as_deref()]
                    aria-describedby=[hint.as_ref().map(|hint| &hint.id)];
                (label)
                @if let Some(hint) = &hint { (hint) }
            }
            @if let Some(conditional) = &conditional {
                div class=(with("govuk-radios__conditional", if checked { "" } else { "govuk-radios__conditional--hidden" }))
                    id=(conditional) { (radio.conditional) }
            }
        }
    }
}

impl Render for Radios {
    fn render(&self) -> Markup {
        let prefix = filled(&self.id_prefix).unwrap_or(&self.name);
        let by = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let (explained, by) = explained(prefix, by, self.hint.as_ref(), self.error.as_ref());
        let inside = html! {
            (explained)
            div class=(with("govuk-radios", &self.classes)) data-module="govuk-radios" {
                @for (index, item) in self.items.iter().enumerate() {
                    @match item {
                        RadioItem::Radio(radio) => (self.item(radio, index)),
                        RadioItem::Divider(word) => div class="govuk-radios__divider" { (word) },
                    }
                }
            }
        };
        html! {
            div class=(group_class(self.error.is_some(), &self.group_classes)) {
                @if let Some(fieldset) = &self.fieldset {
                    (Fieldset { inside, described_by: by, ..fieldset.clone() })
                } @else { (inside) }
            }
        }
    }
}
