//! Date input.

use maud::{Markup, Render, html};

use super::field::{explained, group_class};
use super::{ErrorMessage, Field, Fieldset, Hint, Input, Label, Legend, filled, with};

/// A date that people know, in three fields.
#[derive(Debug, Clone, Default)]
pub struct DateInput {
    /// The id of the whole, which the ids of the fields begin with.
    pub id: String,
    /// What the fields' names begin with; nothing when empty.
    pub name_prefix: String,
    /// The fieldset around them: its legend is what the date is called.
    pub fieldset: Option<Fieldset>,
    /// What helps to fill it.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error: Option<ErrorMessage>,
    /// The fields: day, month and year unless others are given.
    pub parts: Vec<DatePart>,
    /// More classes.
    pub classes: String,
    /// More classes for the group.
    pub group_classes: String,
}

/// One field of a date.
#[derive(Debug, Clone, Default)]
pub struct DatePart {
    /// `day`, `month` or `year`.
    pub name: String,
    /// What it is called; its name when empty.
    pub label: String,
    /// What is in it.
    pub value: String,
    /// Its id, when not made from the whole's.
    pub id: String,
    /// Classes; they give its width unless they leave that out.
    pub classes: String,
    /// Whether it is the part that is wrong: `None` marks it when no other part is.
    pub error: Option<bool>,
    /// What a browser may fill in by itself.
    pub autocomplete: String,
    /// The pattern that old phones take for a number.
    pub pattern: String,
    /// `numeric` when empty.
    pub input_mode: String,
}

impl DatePart {
    /// Day, month and year, filled like this.
    pub fn all(day: &str, month: &str, year: &str) -> Vec<DatePart> {
        let part = |name: &str, value: &str| DatePart {
            name: name.into(),
            value: value.into(),
            ..DatePart::default()
        };
        vec![part("day", day), part("month", month), part("year", year)]
    }
}

impl DateInput {
    /// The date called `legend` that a form sends as `name-day`, `name-month` and `name-year` ([`crate::Sent::date`] puts it
    /// together again), filled with a date as ISO text or whatever was typed instead.
    pub fn new(name: &str, legend: impl Into<Legend>, value: &str, error: Option<&str>) -> DateInput {
        let mut typed = value.splitn(3, '-').map(|part| part.trim_start_matches('0'));
        let mut next = || typed.next().unwrap_or_default();
        let (year, month, day) = (next(), next(), next());
        DateInput {
            id: name.to_owned(),
            name_prefix: name.to_owned(),
            fieldset: Some(Fieldset { legend: legend.into(), ..Fieldset::default() }),
            error: error.map(ErrorMessage::from),
            parts: DatePart::all(day, month, year),
            ..DateInput::default()
        }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<Hint>) -> DateInput {
        DateInput { hint: Some(hint.into()), ..self }
    }

    fn part(&self, part: &DatePart, another_is_wrong: bool) -> Markup {
        let wrong = part.error.unwrap_or(self.error.is_some() && !another_is_wrong);
        let mut classes = "govuk-date-input__input".to_owned();
        if wrong && !part.classes.contains("govuk-input--error") {
            classes = with(&classes, "govuk-input--error");
        }
        if !part.classes.contains("govuk-input--width-") {
            classes = with(
                &classes,
                if part.name == "year" { "govuk-input--width-4" } else { "govuk-input--width-2" },
            );
        }
        let mut letters = part.name.chars();
        let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
        let label = filled(&part.label).map(str::to_owned).or(capital).unwrap_or_default();
        let field = Field {
            name: if self.name_prefix.is_empty() {
                part.name.clone()
            } else {
                format!("{}-{}", self.name_prefix, part.name)
            },
            id: filled(&part.id).map_or_else(|| format!("{}-{}", self.id, part.name), str::to_owned),
            label: Label {
                text: label.into(),
                classes: "govuk-date-input__label".into(),
                ..Label::default()
            },
            ..Field::default()
        };
        let input = Input {
            field,
            value: part.value.clone(),
            classes: with(&classes, &part.classes),
            input_mode: filled(&part.input_mode).unwrap_or("numeric").to_owned(),
            autocomplete: part.autocomplete.clone(),
            pattern: part.pattern.clone(),
            ..Input::default()
        };
        html! { div class="govuk-date-input__item" { (input) } }
    }
}

impl Render for DateInput {
    fn render(&self) -> Markup {
        let by = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let (explained, by) = explained(&self.id, by, self.hint.as_ref(), self.error.as_ref());
        let marked =
            |part: &DatePart| part.error == Some(true) || part.classes.contains("govuk-input--error");
        let another = self.parts.iter().any(marked);
        let inside = html! {
            (explained)
            div class=(with("govuk-date-input", &self.classes)) id=[filled(&self.id)] {
                @for part in &self.parts { (self.part(part, another)) }
            }
        };
        html! {
            div class=(group_class(self.error.is_some(), &self.group_classes)) {
                @if let Some(fieldset) = &self.fieldset {
                    (Fieldset { inside, described_by: by, role: "group".into(), ..fieldset.clone() })
                } @else { (inside) }
            }
        }
    }
}
