//! `GET` and `POST /indicators/{code}/targets`.

use maud::{Markup, html};
use town::editing::Editing;
use town::indicators::{TargetForm, TargetsForm};

use crate::components::{Button, DateInput, Field, Input};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

/// How many targets more than there are the form has room for.
const ROOM: usize = 2;

/// The most targets that a form reads.
const MOST: usize = 100;

impl Form for TargetsForm {
    const SECTION: Section = Section::Indicators;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/indicators", "Indicators")];
    const DATES: &'static [&'static str] = &["target-*-due"];

    fn read(sent: &Sent) -> TargetsForm {
        let target = |index: usize| TargetForm {
            value: sent.text(&format!("target-{index}-value")).into(),
            due: sent.date(&format!("target-{index}-due")),
            source: sent.text(&format!("target-{index}-source")).into(),
        };
        let listed = (0..MOST).take_while(|index| sent.has(&format!("target-{index}-value")));
        TargetsForm { targets: listed.map(target).collect() }
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<TargetsForm> {
        visit.town().targets_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_targets(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, code: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let code = code.unwrap_or_default();
        let name = visit.town().indicator_name(visit.actor(), code).await?;
        let mut listed = self.targets.clone();
        let spare = listed.iter().rev().take_while(|target| **target == TargetForm::default()).count();
        listed.resize(listed.len() + ROOM.saturating_sub(spare), TargetForm::default());
        Ok(html! {
            p class="govuk-body-l" { (name) }
            p class="govuk-body" { "Leave a target empty to take it away." }
            @for (index, form) in listed.iter().enumerate() {
                fieldset class="govuk-fieldset het-repeated" {
                    legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Target " (index + 1) }
                    (Input {
                        field: Field::new(format!("target-{index}-value"), "Value to reach")
                            .error(errors.on(&format!("target-{index}-value"))),
                        value: form.value.clone(), classes: "govuk-input--width-10".into(), input_mode: "decimal".into(),
                        ..Input::default()
                    })
                    (DateInput::new(&format!("target-{index}-due"), "By when", &form.due, errors.on(&format!("target-{index}-due"))))
                    (Input {
                        field: Field::new(format!("target-{index}-source"), "Who set it, and where"),
                        value: form.source.clone(), ..Input::default()
                    })
                }
            }
            div class="govuk-button-group" {
                (Button { text: "Save".into(), prevent_double_click: Some(true), ..Button::default() })
                a class="govuk-link" href={ "/indicators/" (code) } { "Cancel" }
            }
        })
    }

    fn title(&self, _: Option<&str>) -> String {
        "Targets".to_owned()
    }

    fn address(code: &str) -> String {
        format!("/indicators/{code}")
    }

    fn edit_address(code: &str) -> String {
        format!("/indicators/{code}/targets")
    }
}
