//! Headings as they are compared, whatever their spaces, signs and notes.

/// The lower-case letters, the digits and the percent signs of a text, without bracketed note numbers.
pub(super) fn squash(text: &str) -> String {
    let mut squashed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        push(&mut squashed, &rest[..at]);
        rest = rest[at..].find(']').map_or("", |end| &rest[at + end + 1..]);
    }
    push(&mut squashed, rest);
    squashed
}

fn push(squashed: &mut String, text: &str) {
    squashed.extend(text.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase));
}
