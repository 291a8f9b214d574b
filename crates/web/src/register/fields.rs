//! Fields that several forms of the register have, and how it shows a detail.

use maud::{Markup, html};
use town::register::{Coded, SearchForm, Shown};

use crate::components::{
    DateInput, ErrorMessage, Field, Fieldset, Input, Legend, RadioItem, Radios, Textarea,
};
use crate::{Errors, Sent};

/// One of a list of codes.
pub(super) fn one_of(name: &str, legend: &str, list: &[Coded], value: &str, errors: &Errors) -> Radios {
    Radios {
        name: name.to_owned(),
        fieldset: Some(Fieldset {
            legend: Legend {
                text: legend.into(),
                classes: "govuk-fieldset__legend--s".into(),
                ..Legend::default()
            },
            ..Fieldset::default()
        }),
        error: errors.on(name).map(ErrorMessage::from),
        items: list.iter().map(|(code, words)| RadioItem::new(*code, *words)).collect(),
        value: value.to_owned(),
        ..Radios::default()
    }
}

/// The reason in words.
pub(super) fn words(label: &str, hint: &str, value: &str, errors: &Errors) -> Textarea {
    Textarea {
        field: Field::new("words", label).hint(hint).error(errors.on("words")),
        value: value.to_owned(),
        rows: 3,
        ..Textarea::default()
    }
}

/// An NHS number.
pub(super) fn nhs_number(name: &str, label: &str, value: &str, errors: &Errors) -> Input {
    Input {
        field: Field::new(name, label).hint("Ten digits, such as 999 000 0018").error(errors.on(name)),
        value: value.to_owned(),
        classes: "govuk-input--width-10".into(),
        input_mode: "numeric".into(),
        autocomplete: "off".into(),
        spellcheck: Some(false),
        ..Input::default()
    }
}

/// A family name with a date of birth.
pub(super) fn name_and_birth(form: &SearchForm, errors: &Errors) -> Markup {
    html! {
        (Input {
            field: Field::new("family_name", "Family name").error(errors.on("family_name")),
            value: form.family_name.clone(),
            classes: "govuk-!-width-two-thirds".into(),
            autocomplete: "off".into(),
            spellcheck: Some(false),
            ..Input::default()
        })
        (DateInput::new("date_of_birth", "Date of birth", &form.date_of_birth, errors.on("date_of_birth"))
            .hint("For example, 31 3 2019"))
    }
}

/// What a form that looks for somebody sent.
pub(super) fn searched(sent: &Sent) -> SearchForm {
    SearchForm {
        nhs_number: sent.text("nhs_number").to_owned(),
        postcode: sent.text("postcode").to_owned(),
        family_name: sent.text("family_name").to_owned(),
        date_of_birth: sent.date("date_of_birth"),
    }
}

/// A detail, or why it is not there.
pub(super) fn shown(detail: &Shown) -> Markup {
    html! {
        @match detail {
            Shown::Is(text) => @for (index, line) in text.reveal().lines().enumerate() {
                @if index > 0 { br; }
                (line)
            },
            Shown::Unknown => span class="govuk-hint govuk-!-margin-bottom-0" { "Not known" },
            Shown::NotForRole => span class="govuk-hint govuk-!-margin-bottom-0" { "Not shown to your role" },
        }
    }
}

/// The moment of an instant in words: `24 November 2026, 10:05 UTC`.
pub(super) fn moment(text: &str) -> String {
    text.parse::<town::Moment>()
        .map_or_else(|_| text.to_owned(), |moment| moment.strftime("%-d %B %Y, %H:%M UTC").to_string())
}
