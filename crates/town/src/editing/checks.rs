//! What is wrong with a form, collected so that everything is said at once.

use vocabulary::Date;

use crate::{Error, Refusal, Result};

/// Collects what is wrong with a form.
#[derive(Default)]
pub(crate) struct Checks(Vec<Refusal>);

impl Checks {
    /// Says what is wrong with a field and what to do.
    pub(crate) fn refuse(&mut self, field: &str, words: &str) {
        self.0.push(Refusal { field: field.to_owned(), words: words.to_owned() });
    }

    /// Text that has to be there.
    pub(crate) fn filled(&mut self, field: &str, text: &str, words: &str) -> String {
        if text.trim().is_empty() {
            self.refuse(field, words);
        }
        text.trim().to_owned()
    }

    /// A code, which addresses of pages end with.
    pub(crate) fn code(&mut self, field: &str, text: &str, words: &str) -> String {
        let text = self.filled(field, text, words);
        if text.len() > 60 || !text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
            self.refuse(field, "Use only letters, digits, hyphens, underscores and full stops");
        }
        if text == "new" {
            self.refuse(field, "The code “new” is taken by the page that makes new ones: choose another");
        }
        text
    }

    /// A date; `None` when empty or refused.
    pub(crate) fn date(&mut self, field: &str, text: &str) -> Option<Date> {
        if text.trim().is_empty() {
            return None;
        }
        let date = text.trim().parse().ok().filter(|date: &Date| (1900..=2200).contains(&date.year()));
        if date.is_none() {
            self.refuse(field, "Enter a real date, such as 31 3 2026");
        }
        date
    }

    /// A number; `None` when empty or refused.
    pub(crate) fn number(&mut self, field: &str, text: &str) -> Option<f64> {
        let plain = text.trim().replace(',', "");
        let plain = plain.trim_end_matches('%').trim();
        if plain.is_empty() {
            return None;
        }
        let number = plain.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.refuse(field, "Enter a number, such as 83.4");
        }
        number
    }

    /// What was chosen from a list; `None` when nothing was, or what is not in it, which is refused.
    pub(crate) fn chosen<'l, T>(
        &mut self,
        field: &str,
        listed: &'l [T],
        is: impl Fn(&T) -> bool,
        text: &str,
        words: &str,
    ) -> Option<&'l T> {
        let found = listed.iter().find(|one| is(one));
        if found.is_none() && !text.is_empty() {
            self.refuse(field, words);
        }
        found
    }

    /// # Errors
    /// [`Error::Refused`] with all of it.
    pub(crate) fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Refused(self.0)) }
    }
}
