//! `GET` and `POST /subgroups/new`, `/subgroups/{code}/edit`.

use maud::html;
use town::partnership::SubgroupForm;

use crate::components::{Button, Field, Input, Textarea};
use crate::layout::Section;
use crate::{Answer, Errors, Notice, Page, Sent, Visit};

/// A new subgroup.
pub(crate) async fn new(visit: Visit) -> Answer {
    page(&visit, &SubgroupForm::default(), Errors::default())
}

/// A new subgroup is kept.
pub(crate) async fn create(visit: Visit, sent: Sent) -> Answer {
    keep(visit, sent, None).await
}

/// A subgroup to be edited.
pub(crate) async fn edit(visit: Visit) -> Answer {
    let form = visit.town().subgroup_form(visit.actor(), visit.param("code")).await?;
    page(&visit, &form, Errors::default())
}

/// An edited subgroup is kept.
pub(crate) async fn save(visit: Visit, sent: Sent) -> Answer {
    let code = visit.param("code").to_owned();
    keep(visit, sent, Some(&code)).await
}

async fn keep(visit: Visit, sent: Sent, code: Option<&str>) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form = SubgroupForm { code: text("code"), name: text("name"), purpose: text("purpose") };
    match visit.town().save_subgroup(visit.actor(), code, &form).await {
        Ok(()) => {
            let notice = if code.is_some() { Notice::Saved } else { Notice::Created };
            Ok(visit.done(&format!("/subgroups/{}", code.unwrap_or(&form.code)), notice))
        }
        Err(town::Error::Refused(refusals)) => page(&visit, &form, Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, form: &SubgroupForm, errors: Errors) -> Answer {
    let is_new = visit.param("code").is_empty();
    let title =
        if is_new { "Add a subgroup".to_owned() } else { format!("Edit subgroup {}", visit.param("code")) };
    let fields = html! {
        (Input {
            field: Field::new("name", "What is the subgroup called?").error(errors.on("name")),
            value: form.name.clone(),
            ..Input::default()
        })
        @if is_new {
            (Input {
                field: Field::new("code", "Code")
                    .hint("A short code that stays the same, such as children: the page's address ends with it")
                    .error(errors.on("code")),
                value: form.code.clone(),
                classes: "govuk-input--width-10".into(),
                ..Input::default()
            })
        }
        (Textarea {
            field: Field::new("purpose", "What is it for?").error(errors.on("purpose")),
            value: form.purpose.clone(),
            ..Textarea::default()
        })
        (Button { text: "Save this subgroup".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { (title) }
                (visit.form(visit.path(), fields))
            }
        }
    };
    let page = Page::new(&title, body).within(Section::Subgroups).under("/subgroups", "Subgroups");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
