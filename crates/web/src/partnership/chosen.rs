//! Fields of forms that choose from what the programme holds.

use town::partnership::Named;

use crate::components::{Choice, Field, Select};

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
