//! Fields of forms that choose from what the programme holds, and the buttons under them.

use maud::{Markup, html};
use town::partnership::Named;

use crate::components::{Button, Choice, Field, Select};
use crate::editing::Form;

/// The buttons under a form: the one that saves, others, and the way back to what is edited or to `list`.
pub(super) fn kept<F: Form>(code: Option<&str>, words: &str, list: &str, others: Markup) -> Markup {
    let back = code.map_or_else(|| list.to_owned(), F::address);
    html! {
        div class="govuk-button-group" {
            (Button { text: words.into(), prevent_double_click: Some(true), ..Button::default() })
            (others)
            a class="govuk-link" href=(back) { "Cancel" }
        }
    }
}

/// A list to choose one of, or nothing when `none` says what that is called.
pub(super) fn one_of(
    name: &str,
    label: &str,
    hint: Option<&str>,
    none: Option<&str>,
    listed: &[Named],
    value: &str,
    error: Option<&str>,
) -> Select {
    let mut field = Field::new(name, label).error(error);
    if let Some(hint) = hint {
        field = field.hint(hint);
    }
    let none = none.unwrap_or("Choose one");
    let mut choices = vec![Choice::new("", none)];
    choices.extend(listed.iter().map(|named| Choice::new(&named.code, &named.name)));
    Select { field, choices, value: value.to_owned(), ..Select::default() }
}
