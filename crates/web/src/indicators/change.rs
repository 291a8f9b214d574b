//! Figures of the town's own, and limits that begin again.

use maud::{Markup, html};
use town::indicators::FigureForm;

use super::figures::day_of;
use crate::components::{Button, Choice, Field, Input, Select, Textarea};
use crate::layout::Section;
use crate::{Answer, Errors, Notice, Page, Sent, Visit};

pub(super) fn shown(visit: &Visit, title: &str, name: &str, inside: Markup, errors: &Errors) -> Answer {
    let body = html! {
        (errors)
        span class="govuk-caption-l" { (name) }
        h1 class="govuk-heading-l" { (title) }
        (inside)
    };
    let page = Page::new(title, body)
        .within(Section::Indicators)
        .under("/indicators", "Indicators")
        .under(format!("/indicators/{}", visit.param("code")), name);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

pub(super) fn back(visit: &Visit, notice: Notice) -> Answer {
    Ok(visit.done(&format!("/indicators/{}", visit.param("code")), notice))
}

pub(super) fn save_button(words: &str) -> Button {
    Button { text: words.into(), ..Button::default() }
}

/// `GET /indicators/{code}/figures`.
pub(crate) async fn figure(visit: Visit) -> Answer {
    figure_page(&visit, &FigureForm::default(), Errors::default()).await
}

/// `POST /indicators/{code}/figures`.
pub(crate) async fn save_figure(visit: Visit, sent: Sent) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form = FigureForm {
        area: text("area"),
        fifth: text("fifth"),
        period: text("period"),
        numerator: text("numerator"),
        denominator: text("denominator"),
        value: text("value"),
        withheld: text("withheld"),
        note: text("note"),
    };
    match visit.town().save_figure(visit.actor(), visit.param("code"), &form).await {
        Ok(()) => back(&visit, Notice::Saved),
        Err(town::Error::Refused(refusals)) => figure_page(&visit, &form, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn figure_page(visit: &Visit, form: &FigureForm, errors: Errors) -> Answer {
    let name = visit.town().indicator_name(visit.actor(), visit.param("code")).await?;
    let input = |name: &str, label: &str, hint: &str, value: &str| {
        let field = Field::new(name, label).error(errors.on(name));
        let field = if hint.is_empty() { field } else { field.hint(hint) };
        Input { field, value: value.into(), classes: "govuk-input--width-20".into(), ..Input::default() }
    };
    let select = |name: &str, label: &str, choices: &[(&str, &str)], value: &str| Select {
        field: Field::new(name, label).error(errors.on(name)),
        choices: choices.iter().map(|(value, text)| Choice::new(*value, *text)).collect(),
        value: value.into(),
        ..Select::default()
    };
    let fifths = [
        ("", "Everyone"),
        ("1", "1, most deprived"),
        ("2", "2"),
        ("3", "3"),
        ("4", "4"),
        ("5", "5, least deprived"),
    ];
    let reasons = [
        ("", "There is a figure"),
        ("suppressed", "Suppressed: it could identify someone"),
        ("missing", "Missing: it was not sent"),
        ("not-applicable", "Not applicable"),
    ];
    let fields = html! {
        (input("period", "Period", "Such as March 2026, January to March 2026, 2025 or 2025/26", &form.period))
        (select("fifth", "Of whom", &fifths, &form.fifth))
        (input("area", "Area", "The code of an area, such as E01015693; leave empty for the whole town", &form.area))
        (input("numerator", "Numerator", "", &form.numerator))
        (input("denominator", "Denominator", "", &form.denominator))
        (input("value", "Value", "Leave empty to have it worked out of the two", &form.value))
        (select("withheld", "If there is none, why", &reasons, &form.withheld))
        (input("note", "Remark", "", &form.note))
        p class="govuk-body" {
            "A figure that is there already is revised: the older version is kept. Counts of 1 to 4 people are withheld on every page."
        }
        (save_button("Save"))
    };
    shown(visit, "Add a figure", &name, visit.form(visit.path(), fields), &errors)
}

/// `GET /indicators/{code}/rebase`.
pub(crate) async fn rebase(visit: Visit) -> Answer {
    rebase_page(&visit, "", "", Errors::default()).await
}

/// `POST /indicators/{code}/rebase`.
pub(crate) async fn save_rebase(visit: Visit, sent: Sent) -> Answer {
    let (code, as_of) = (visit.param("code"), visit.as_of());
    if sent.has("take-back") {
        visit.town().take_back_rebase(visit.actor(), code, sent.text("take-back"), as_of).await?;
        return back(&visit, Notice::Saved);
    }
    let (period, reason) = (sent.text("period"), sent.text("reason"));
    match visit.town().rebase(visit.actor(), code, period, reason, as_of).await {
        Ok(()) => back(&visit, Notice::Saved),
        Err(town::Error::Refused(refusals)) => {
            rebase_page(&visit, period, reason, Errors::of(refusals)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn rebase_page(visit: &Visit, period: &str, reason: &str, errors: Errors) -> Answer {
    let form = visit.town().rebase_form(visit.actor(), visit.param("code"), visit.as_of()).await?;
    let mut choices = vec![Choice::new("", "Choose a period")];
    choices.extend(form.periods.iter().map(|(day, words)| Choice::new(day.to_string(), words)));
    let fields = html! {
        p class="govuk-body" {
            "Limits are only recalculated where somebody knows that the way of working changed. The chart shows a line there \
             with your reason."
        }
        (Select {
            field: Field::new("period", "Limits begin again from").error(errors.on("period")),
            choices, value: period.into(), ..Select::default()
        })
        (Textarea {
            field: Field::new("reason", "What changed in how things are done?").error(errors.on("reason")),
            value: reason.into(), rows: 3, ..Textarea::default()
        })
        (save_button("Recalculate limits"))
    };
    let inside = html! {
        (visit.form(visit.path(), fields))
        @if !form.rebases.is_empty() { h2 class="govuk-heading-m" { "Limits begin again already" } }
        @for (day, reason, by) in &form.rebases {
            (visit.form(visit.path(), html! {
                p class="govuk-body" { (day_of(&day.to_string())) ": " (reason) " (" (by) ")" }
                (Button {
                    text: format!("Take back {}", day_of(&day.to_string())).into(), name: "take-back".into(),
                    value: day.to_string(), classes: "govuk-button--warning".into(), ..Button::default()
                })
            }))
        }
    };
    shown(visit, "Recalculate limits", &form.name, inside, &errors)
}
