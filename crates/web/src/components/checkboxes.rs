//! Checkboxes.

use maud::{Markup, Render, html};

use super::field::{explained, group_class};
use super::{Content, ErrorMessage, Fieldset, Hint, Label, described, filled, with};

/// Any of a few, all seen at once.
#[derive(Debug, Clone, Default)]
pub struct Checkboxes {
    /// The name that the form sends each of them under.
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
    pub items: Vec<CheckboxItem>,
    /// The values that are chosen.
    pub values: Vec<String>,
    /// `govuk-checkboxes--small`.
    pub classes: String,
    /// More classes for the group.
    pub group_classes: String,
    /// Ids of other elements that describe them.
    pub described_by: String,
}

/// A line of checkboxes.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // a form has a handful of them
pub enum CheckboxItem {
    /// Something to choose.
    Checkbox(Checkbox),
    /// A word between: `or`.
    Divider(String),
}

/// Something to choose.
#[derive(Debug, Clone, Default)]
pub struct Checkbox {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub text: Content,
    /// The name that the form sends it under, when not that of the whole.
    pub name: String,
    /// What helps to choose it.
    pub hint: Option<Hint>,
    /// Whether it is chosen; `None` lets the values of the whole decide.
    pub checked: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// What is shown once it is chosen.
    pub conditional: Markup,
    /// Whether choosing it takes back all others.
    pub exclusive: bool,
    /// Its id, when not made from the prefix.
    pub id: String,
    /// More classes for its label.
    pub label_classes: String,
}

impl CheckboxItem {
    /// A line that sends this value and says this.
    pub fn new(value: impl Into<String>, text: impl Into<Content>) -> CheckboxItem {
        CheckboxItem::Checkbox(Checkbox { value: value.into(), text: text.into(), ..Checkbox::default() })
    }
}

impl Checkboxes {
    fn item(&self, item: &Checkbox, index: usize, by: &str) -> Markup {
        let prefix = filled(&self.id_prefix).unwrap_or(&self.name);
        let id = match (item.id.is_empty(), index) {
            (false, _) => item.id.clone(),
            // The first has no number, so that an error summary can lead to it.
            (true, 0) => prefix.to_owned(),
            (true, _) => format!("{prefix}-{}", index + 1),
        };
        let name = filled(&item.name).unwrap_or(&self.name);
        let checked = item.checked.unwrap_or_else(|| self.values.contains(&item.value));
        let hint = item.hint.as_ref().map(|hint| Hint {
            id: format!("{id}-item-hint"),
            classes: with("govuk-checkboxes__hint", &hint.classes),
            ..hint.clone()
        });
        let by = hint.as_ref().map_or(by.to_owned(), |hint| described(by, &hint.id));
        let conditional = (!item.conditional.0.is_empty()).then(|| format!("conditional-{id}"));
        let hidden = if checked { "" } else { "govuk-checkboxes__conditional--hidden" };
        let label = Label {
            text: item.text.clone(),
            of: id.clone(),
            classes: with("govuk-checkboxes__label", &item.label_classes),
            page_heading: false,
        };
        html! {
            div class="govuk-checkboxes__item" {
                input class="govuk-checkboxes__input" id=(id) name=(name) type="checkbox" value=(item.value)
                    checked[checked] disabled[item.disabled] data-aria-controls=[conditional.as_deref()]
                    data-behaviour=[item.exclusive.then_some("exclusive")] aria-describedby=[filled(&by)];
                (label)
                @if let Some(hint) = &hint { (hint) }
            }
            @if let Some(conditional) = &conditional {
                div class=(with("govuk-checkboxes__conditional", hidden)) id=(conditional) { (item.conditional) }
            }
        }
    }
}

impl Render for Checkboxes {
    fn render(&self) -> Markup {
        let prefix = filled(&self.id_prefix).unwrap_or(&self.name);
        let fieldset_by = self.fieldset.as_ref().and_then(|fieldset| filled(&fieldset.described_by));
        let by = fieldset_by.unwrap_or(&self.described_by);
        let (explained, by) = explained(prefix, by, self.hint.as_ref(), self.error.as_ref());
        let item_by = if self.fieldset.is_some() { "" } else { &by };
        let inside = html! {
            (explained)
            div class=(with("govuk-checkboxes", &self.classes)) data-module="govuk-checkboxes" {
                @for (index, item) in self.items.iter().enumerate() {
                    @match item {
                        CheckboxItem::Checkbox(item) => (self.item(item, index, item_by)),
                        CheckboxItem::Divider(word) => div class="govuk-checkboxes__divider" { (word) },
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
