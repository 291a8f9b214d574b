//! `GET` and `POST /organisations/new`, `/organisations/{number}/edit`.

use maud::{Markup, html};
use town::editing::Editing;
use town::partnership::OrganisationForm;

use super::chosen::kept;
use crate::components::{Field, Input};
use crate::editing::Form;
use crate::layout::Section;
use crate::{Errors, Problem, Sent, Visit};

impl Form for OrganisationForm {
    const SECTION: Section = Section::Subgroups;
    const UNDER: &'static [(&'static str, &'static str)] =
        &[("/subgroups", "Subgroups"), ("/members", "Members"), ("/organisations", "Organisations")];
    const PARAM: &'static str = "number";

    fn read(sent: &Sent) -> OrganisationForm {
        let text = |name: &str| sent.text(name).trim().to_owned();
        OrganisationForm { name: text("name"), kind: text("kind") }
    }

    async fn load(visit: &Visit, number: &str) -> town::Result<OrganisationForm> {
        visit.town().organisation_form(visit.actor(), number).await
    }

    async fn keep(&self, visit: &Visit, editing: Option<Editing<'_>>) -> town::Result<String> {
        visit.town().save_organisation(visit.actor(), editing, self).await
    }

    async fn inputs(&self, _: &Visit, number: Option<&str>, errors: &Errors) -> Result<Markup, Problem> {
        Ok(html! {
            (Input {
                field: Field::new("name", "Name")
                    .error(errors.on("name")),
                value: self.name.clone(),
                ..Input::default()
            })
            (Input {
                field: Field::new("kind", "Kind").hint("For example, council, NHS, voluntary sector").error(errors.on("kind")),
                value: self.kind.clone(),
                ..Input::default()
            })
            (kept::<OrganisationForm>(number, "Save this organisation", "/organisations", html! {}))
        })
    }

    fn title(&self, number: Option<&str>) -> String {
        if number.is_some() { "Edit the organisation".to_owned() } else { "Add an organisation".to_owned() }
    }

    /// An organisation has no page of its own.
    fn address(_: &str) -> String {
        "/organisations".to_owned()
    }

    fn edit_address(number: &str) -> String {
        format!("/organisations/{number}/edit")
    }

    fn under(_: &str) -> Option<(String, String)> {
        None
    }
}
