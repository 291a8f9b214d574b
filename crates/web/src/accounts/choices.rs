//! What the forms of accounts let one choose from.

use town::accounts::UserPlaces;

use crate::components::{Choice, Field, Select};

/// The roles that an account can have.
pub(super) fn role_select(chosen: &str, error: Option<&str>) -> Select {
    let mut choices = vec![Choice::new("", "Choose one")];
    choices.extend(town::Role::OF_ACCOUNTS.iter().map(|role| Choice::new(role.code(), role.words())));
    Select {
        field: Field::new("role", "What they are").error(error),
        choices,
        value: chosen.to_owned(),
        ..Select::default()
    }
}

/// The members that an account can be.
pub(super) fn member_choices(places: &UserPlaces) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "No member")];
    choices.extend(places.members.iter().map(|(code, name)| Choice::new(code, format!("{name} ({code})"))));
    choices
}

/// The organisations that an account can be a guest of.
pub(super) fn organisation_choices(places: &UserPlaces) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "No organisation")];
    choices.extend(places.organisations.iter().map(|name| Choice::new(name, name)));
    choices
}

/// What a role is called on screen.
pub(super) fn role_words(code: &str) -> &str {
    match town::Role::from_code(code) {
        Some(role) => role.words(),
        None => code,
    }
}
