//! `GET` and `POST /members/new`, `/members/{code}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::{MemberForm, Named};

use super::chosen::{kept, one_of};
use crate::components::{Field, Input};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for MemberForm {
    const SECTION: Section = Section::Subgroups;
    const UNDER: &'static [(&'static str, &'static str)] =
        &[("/subgroups", "Subgroups"), ("/members", "Members")];

    fn read(sent: &Sent) -> MemberForm {
        let text = |name: &str| sent.text(name).trim().to_owned();
        MemberForm {
            code: text("code"),
            name: text("name"),
            role: text("role"),
            organisation: text("organisation"),
            subgroup: text("subgroup"),
        }
    }

    async fn load(visit: &Visit, code: &str) -> town::Result<MemberForm> {
        visit.town().member_form(visit.actor(), code).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_member(visit.actor(), editing, self).await
    }

    async fn inputs(&self, visit: &Visit, code: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        let choices = visit.town().choices(visit.actor()).await?;
        let organisations: Vec<Named> = choices
            .organisations
            .iter()
            .map(|name| Named { code: name.clone(), name: name.clone() })
            .collect();
        let is_new = code.is_none();
        Ok(html! {
            (Input {
                field: Field::new("name", "Name").error(errors.on("name")),
                value: self.name.clone(),
                ..Input::default()
            })
            @if is_new {
                (Input {
                    field: Field::new("code", "Code")
                        .hint("A short code that stays the same, such as M-12")
                        .error(errors.on("code")),
                    value: self.code.clone(),
                    classes: "govuk-input--width-10".into(),
                    ..Input::default()
                })
            }
            (Input {
                field: Field::new("role", "Role").hint("For example, Director of Public Health").error(errors.on("role")),
                value: self.role.clone(),
                ..Input::default()
            })
            (one_of("organisation", "Organisation", None, Some("None"), &organisations, &self.organisation,
                errors.on("organisation")))
            (one_of("subgroup", "Subgroup", None, Some("None"), &choices.subgroups, &self.subgroup, errors.on("subgroup")))
            (kept::<MemberForm>(code, "Save this member", "/members", html! {}))
        })
    }

    fn title(&self, code: Option<&str>) -> String {
        code.map_or_else(|| "Add a member".to_owned(), |code| format!("Edit member {code}"))
    }

    /// A member has no page of their own.
    fn address(_: &str) -> String {
        "/members".to_owned()
    }

    fn edit_address(code: &str) -> String {
        format!("/members/{code}/edit")
    }

    fn under(_: &str) -> Option<(String, String)> {
        None
    }
}
