//! What is wrong with a form, at the top of its page and beside each field.

use maud::{Markup, Render};
use town::Refusal;

use crate::components::{ErrorSummary, SummaryError};

/// What a use case refused of a form; nothing of a form that was not sent yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors {
    refusals: Vec<Refusal>,
    dates: &'static [&'static str],
}

impl Errors {
    /// Those that a use case gave.
    pub fn of(refusals: Vec<Refusal>) -> Errors {
        Errors { refusals, dates: &[] }
    }

    /// Which fields are dates: their errors lead to the first of three fields.
    #[must_use]
    pub fn dates(self, dates: &'static [&'static str]) -> Errors {
        Errors { dates, ..self }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.refusals.is_empty()
    }

    /// What is wrong with a field.
    pub fn on(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.words.as_str())
    }
}

impl Render for Errors {
    /// The error summary; nothing when nothing is wrong.
    fn render(&self) -> Markup {
        if self.is_empty() {
            return Markup::default();
        }
        let href = |field: &str| {
            // `milestone-2-due` is a date when `milestone-*-due` is one.
            let pattern = field.split('-').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part });
            let pattern = pattern.collect::<Vec<_>>().join("-");
            let is_date = self.dates.iter().any(|date| *date == field || *date == pattern);
            if is_date { format!("#{field}-day") } else { format!("#{field}") }
        };
        let error = |one: &Refusal| SummaryError { text: (&one.words).into(), href: href(&one.field) };
        let summary = ErrorSummary {
            title: "There is a problem".into(),
            errors: self.refusals.iter().map(error).collect(),
            ..ErrorSummary::default()
        };
        summary.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_leads_to_its_field() {
        let refusal = |field: &str| Refusal { field: field.into(), words: "Wrong".into() };
        let check = |field: &str, href: &str| {
            let errors = Errors::of(vec![refusal(field)]).dates(&["due", "milestone-*-due"]);
            let html = errors.render().into_string();
            assert!(html.contains(&format!("href=\"{href}\"")), "{html}");
        };
        check("title", "#title");
        check("due", "#due-day");
        check("milestone-2-due", "#milestone-2-due-day");
        check("milestone-2-title", "#milestone-2-title");
        assert!(Errors::default().render().0.is_empty());
    }
}
