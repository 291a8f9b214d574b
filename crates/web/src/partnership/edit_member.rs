//! `GET` and `POST /members/new`, `/members/{code}/edit`, `/organisations/new`.

use maud::{Markup, html};
use town::partnership::{MemberForm, Named, OrganisationForm};

use super::chosen::one_of;
use crate::components::{Button, Field, Input};
use crate::layout::Section;
use crate::{Answer, Errors, Notice, Page, Sent, Visit};

/// A new member.
pub(crate) async fn new(visit: Visit) -> Answer {
    page(&visit, &MemberForm::default(), Errors::default()).await
}

/// A new member is kept.
pub(crate) async fn create(visit: Visit, sent: Sent) -> Answer {
    keep(visit, sent, None).await
}

/// A member to be edited.
pub(crate) async fn edit(visit: Visit) -> Answer {
    let form = visit.town().member_form(visit.actor(), visit.param("code")).await?;
    page(&visit, &form, Errors::default()).await
}

/// An edited member is kept.
pub(crate) async fn save(visit: Visit, sent: Sent) -> Answer {
    let code = visit.param("code").to_owned();
    keep(visit, sent, Some(&code)).await
}

async fn keep(visit: Visit, sent: Sent, code: Option<&str>) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form = MemberForm {
        code: text("code"),
        name: text("name"),
        role: text("role"),
        organisation: text("organisation"),
        subgroup: text("subgroup"),
    };
    match visit.town().save_member(visit.actor(), code, &form).await {
        Ok(()) => {
            let notice = if code.is_some() { Notice::Saved } else { Notice::Created };
            Ok(visit.done("/members", notice))
        }
        Err(town::Error::Refused(refusals)) => page(&visit, &form, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn page(visit: &Visit, form: &MemberForm, errors: Errors) -> Answer {
    let choices = visit.town().choices(visit.actor()).await?;
    let organisations: Vec<Named> =
        choices.organisations.iter().map(|name| Named { code: name.clone(), name: name.clone() }).collect();
    let is_new = visit.param("code").is_empty();
    let title =
        if is_new { "Add a member".to_owned() } else { format!("Edit member {}", visit.param("code")) };
    let fields = html! {
        (Input {
            field: Field::new("name", "Name").error(errors.on("name")),
            value: form.name.clone(),
            ..Input::default()
        })
        @if is_new {
            (Input {
                field: Field::new("code", "Code")
                    .hint("A short code that stays the same, such as M-12")
                    .error(errors.on("code")),
                value: form.code.clone(),
                classes: "govuk-input--width-10".into(),
                ..Input::default()
            })
        }
        (Input {
            field: Field::new("role", "Role").hint("For example, Director of Public Health").error(errors.on("role")),
            value: form.role.clone(),
            ..Input::default()
        })
        (one_of("organisation", "Organisation", None, Some("None"), &organisations, &form.organisation,
            errors.on("organisation")))
        (one_of("subgroup", "Subgroup", None, Some("None"), &choices.subgroups, &form.subgroup, errors.on("subgroup")))
        (Button { text: "Save this member".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    framed(visit, &title, fields, errors)
}

/// A new organisation.
pub(crate) async fn new_organisation(visit: Visit) -> Answer {
    organisation_page(&visit, &OrganisationForm::default(), Errors::default())
}

/// A new organisation is kept.
pub(crate) async fn create_organisation(visit: Visit, sent: Sent) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form = OrganisationForm { name: text("name"), kind: text("kind") };
    match visit.town().save_organisation(visit.actor(), &form).await {
        Ok(()) => Ok(visit.done("/members", Notice::Created)),
        Err(town::Error::Refused(refusals)) => organisation_page(&visit, &form, Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

fn organisation_page(visit: &Visit, form: &OrganisationForm, errors: Errors) -> Answer {
    let fields = html! {
        (Input {
            field: Field::new("name", "Name")
                .hint("An organisation with this name that is there already gets the new kind")
                .error(errors.on("name")),
            value: form.name.clone(),
            ..Input::default()
        })
        (Input {
            field: Field::new("kind", "Kind").hint("For example, council, NHS, voluntary sector").error(errors.on("kind")),
            value: form.kind.clone(),
            ..Input::default()
        })
        (Button { text: "Save this organisation".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    framed(visit, "Add an organisation", fields, errors)
}

fn framed(visit: &Visit, title: &str, fields: Markup, errors: Errors) -> Answer {
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { (title) }
                (visit.form(visit.path(), fields))
            }
        }
    };
    let page = Page::new(title, body)
        .within(Section::Subgroups)
        .under("/subgroups", "Subgroups")
        .under("/members", "Members and organisations");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
