//! `GET` and `POST /actions/{code}/sharing`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::SharingForm;

use super::chosen::kept;
use crate::components::{CheckboxItem, Checkboxes, Fieldset, Hint};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for SharingForm {
    const SECTION: Section = Section::Actions;
    const UNDER: &'static [(&'static str, &'static str)] = &[("/actions", "Actions")];

    fn read(sent: &Sent) -> SharingForm {
        SharingForm { organisations: sent.all("organisations") }
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<SharingForm> {
        visit.town().sharing_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_sharing(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, code: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let organisations = visit.town().sharing_options(visit.actor()).await?;
        Ok(html! {
            @if organisations.is_empty() {
                p class="govuk-body" {
                    "There is no organisation yet: " a class="govuk-link" href="/organisations" { "add one" } " first."
                }
            } @else {
                (Checkboxes {
                    name: "organisations".into(),
                    fieldset: Some(Fieldset { legend: "Organisations that see it".into(), ..Fieldset::default() }),
                    hint: Some(Hint::from(
                        "People whose account is a guest of one of these see this action: how it stands, its dates and milestones, who \
                         owns it, and what it serves. They see nothing else of the programme.",
                    )),
                    error: errors.on("organisations").map(Into::into),
                    items: organisations.iter().map(|name| CheckboxItem::new(name, name.as_str())).collect(),
                    values: self.organisations.clone(),
                    ..Checkboxes::default()
                })
            }
            (kept::<SharingForm>(code, "Save who sees it", "/actions", html! {}))
        })
    }

    fn title(&self, code: Option<&str>) -> String {
        format!("Who else sees action {}", code.unwrap_or_default())
    }

    fn address(code: &str) -> String {
        format!("/actions/{code}")
    }

    fn edit_address(code: &str) -> String {
        format!("/actions/{code}/sharing")
    }
}
