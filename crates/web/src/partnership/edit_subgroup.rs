//! `GET` and `POST /subgroups/new`, `/subgroups/{code}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::SubgroupForm;

use super::chosen::kept;
use crate::components::{Field, Input, Textarea};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for SubgroupForm {
    const SECTION: Section = Section::Subgroups;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/subgroups", "Subgroups")];

    fn read(sent: &Sent) -> SubgroupForm {
        let text = |name: &str| sent.text(name).trim().to_owned();
        SubgroupForm { code: text("code"), name: text("name"), purpose: text("purpose") }
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<SubgroupForm> {
        visit.town().subgroup_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_subgroup(visit.actor(), editing, self).await
    }

    async fn inputs(&self, _: &Visit, code: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let is_new = code.is_none();
        Ok(html! {
            (Input {
                field: Field::new("name", "What is the subgroup called?").error(errors.on("name")),
                value: self.name.clone(),
                ..Input::default()
            })
            @if is_new {
                (Input {
                    field: Field::new("code", "Code")
                        .hint("A short code that stays the same, such as children: the page's address ends with it")
                        .error(errors.on("code")),
                    value: self.code.clone(),
                    classes: "govuk-input--width-10".into(),
                    ..Input::default()
                })
            }
            (Textarea {
                field: Field::new("purpose", "What is it for?").error(errors.on("purpose")),
                value: self.purpose.clone(),
                ..Textarea::default()
            })
            (kept::<SubgroupForm>(code, "Save this subgroup", "/subgroups", html! {}))
        })
    }

    fn title(&self, code: Option<&str>) -> String {
        code.map_or_else(|| "Add a subgroup".to_owned(), |code| format!("Edit subgroup {code}"))
    }

    fn address(code: &str) -> String {
        format!("/subgroups/{code}")
    }
}
