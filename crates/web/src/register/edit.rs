//! `GET` and `POST /register/new` and `/register/people/{person}/correct`.

use maud::{Markup, html};
use town::Permission;
use town::register::{CORRECTION_REASONS, GUARDIANS, Given, Opened, PersonForm, SEXES, SHARING};

use super::fields::{nhs_number, one_of};
use super::page;
use super::person::closed;
use crate::components::{
    Button, CheckboxItem, Checkboxes, Choice, DateInput, ErrorMessage, Field, Fieldset, Input, Legend,
    Select, Textarea,
};
use crate::{Answer, Errors, Notice, Sent, Visit};

/// Somebody new.
pub(crate) async fn new(visit: Visit) -> Answer {
    form_page(&visit, "Add somebody", &PersonForm::default(), None, Errors::default())
}

/// Somebody new is kept.
pub(crate) async fn add(visit: Visit, sent: Sent) -> Answer {
    let form = filled(&sent);
    match visit.town().add_person(visit.actor(), &form, visit.as_of(), town::now()).await {
        Ok(id) => Ok(visit.done(&format!("/register/people/{id}"), Notice::Saved)),
        Err(town::Error::Refused(refusals)) => {
            form_page(&visit, "Add somebody", &form, None, Errors::of(refusals).dates(&["date_of_birth"]))
        }
        Err(error) => Err(error.into()),
    }
}

/// A record to be corrected.
pub(crate) async fn correct_page(visit: Visit) -> Answer {
    let (id, now) = (visit.param("person"), town::now());
    let opened = visit.town().record(visit.actor(), id, now).await?;
    if !matches!(opened, Opened::Shown(_)) {
        return closed(&visit, &opened, &Given::default(), Errors::default());
    }
    let form = visit.town().person_form(visit.actor(), id, now).await?;
    form_page(&visit, "Correct this record", &form, Some(""), Errors::default())
}

/// A corrected record is kept.
pub(crate) async fn correct(visit: Visit, sent: Sent) -> Answer {
    let (id, now) = (visit.param("person").to_owned(), town::now());
    let (form, reason) = (filled(&sent), sent.text("reason"));
    let kept = visit.town().correct_person(visit.actor(), &id, &form, reason, (visit.as_of(), now)).await;
    match kept {
        Ok(()) => Ok(visit.done(&format!("/register/people/{id}"), Notice::Saved)),
        Err(town::Error::Refused(refusals)) => {
            let errors = Errors::of(refusals).dates(&["date_of_birth"]);
            form_page(&visit, "Correct this record", &form, Some(reason), errors)
        }
        Err(error) => Err(error.into()),
    }
}

fn filled(sent: &Sent) -> PersonForm {
    let text = |name: &str| sent.text(name).to_owned();
    PersonForm {
        family_name: text("family_name"),
        given_name: text("given_name"),
        date_of_birth: sent.date("date_of_birth"),
        sex: text("sex"),
        nhs_number: text("nhs_number"),
        address: text("address"),
        postcode: text("postcode"),
        lsoa: text("lsoa"),
        telephone: text("telephone"),
        language: text("language"),
        guardian_nhs_number: text("guardian_nhs_number"),
        guardian_is: text("guardian_is"),
        notes: text("notes"),
        sharing: sent.all("sharing"),
    }
}

fn form_page(visit: &Visit, title: &str, form: &PersonForm, reason: Option<&str>, errors: Errors) -> Answer {
    let id = visit.param("person");
    let fields = html! {
        (who(visit, form, &errors))
        @if visit.may(Permission::SeeContact) { (where_from(form, &errors)) }
        @if visit.may(Permission::SeeFamily) && visit.may(Permission::SeeNhsNumber) { (family(form, &errors)) }
        (line("language", "Language they read best (optional)", &form.language, "govuk-input--width-20", &errors))
        @if visit.may(Permission::SeeNotes) {
            (Textarea {
                field: Field::new("notes", "Notes (optional)")
                    .hint("Only what those who look after the person need")
                    .error(errors.on("notes")),
                value: form.notes.clone(),
                ..Textarea::default()
            })
        }
        (sharing(form, &errors))
        @if let Some(reason) = reason {
            (one_of("reason", "Why is it corrected?", CORRECTION_REASONS, reason, &errors))
        }
        (Button { text: "Save this record".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (errors)
                h1 class="govuk-heading-l" { (title) }
                @if reason.is_some() {
                    p class="govuk-body" { "What the record said before is kept, and shown to the person if they ask." }
                }
                (visit.form(visit.path(), fields))
            }
        }
    };
    let mut page = page(title, body);
    if !id.is_empty() {
        page = page.under(format!("/register/people/{id}"), "Record");
    }
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

/// One line of text that no browser remembers.
fn line(name: &str, label: &str, value: &str, classes: &str, errors: &Errors) -> Input {
    Input {
        field: Field::new(name, label).error(errors.on(name)),
        value: value.to_owned(),
        classes: classes.to_owned(),
        autocomplete: "off".into(),
        spellcheck: Some(false),
        ..Input::default()
    }
}

fn who(visit: &Visit, form: &PersonForm, errors: &Errors) -> Markup {
    html! {
        (line("given_name", "Given names", &form.given_name, "", errors))
        (line("family_name", "Family name", &form.family_name, "", errors))
        (DateInput::new("date_of_birth", "Date of birth", &form.date_of_birth, errors.on("date_of_birth"))
            .hint("For example, 31 3 2019"))
        (one_of("sex", "Sex", SEXES, &form.sex, errors))
        @if visit.may(Permission::SeeNhsNumber) {
            (nhs_number("nhs_number", "NHS number (optional)", &form.nhs_number, errors))
        }
    }
}

fn where_from(form: &PersonForm, errors: &Errors) -> Markup {
    html! {
        (Textarea {
            field: Field::new("address", "Address (optional)").hint("Without the postcode").error(errors.on("address")),
            value: form.address.clone(),
            rows: 3,
            ..Textarea::default()
        })
        (line("postcode", "Postcode (optional)", &form.postcode, "govuk-input--width-10", errors))
        input type="hidden" name="lsoa" value=(form.lsoa);
        (line("telephone", "Telephone (optional)", &form.telephone, "govuk-input--width-20", errors))
    }
}

fn family(form: &PersonForm, errors: &Errors) -> Markup {
    let mut choices = vec![Choice::new("", "Nobody is named")];
    choices.extend(GUARDIANS.iter().map(|(code, words)| Choice::new(*code, *words)));
    html! {
        (nhs_number("guardian_nhs_number", "NHS number of whoever looks after this child (optional)", &form.guardian_nhs_number,
            errors))
        (Select {
            field: Field::new("guardian_is", "What are they to the child?").error(errors.on("guardian_is")),
            choices,
            value: form.guardian_is.clone(),
            ..Select::default()
        })
    }
}

fn sharing(form: &PersonForm, errors: &Errors) -> Checkboxes {
    Checkboxes {
        name: "sharing".into(),
        fieldset: Some(Fieldset { legend: Legend::from("May be shared with"), ..Fieldset::default() }),
        error: errors.on("sharing").map(ErrorMessage::from),
        items: SHARING.iter().map(|(code, words)| CheckboxItem::new(*code, *words)).collect(),
        values: form.sharing.clone(),
        classes: "govuk-checkboxes--small".into(),
        ..Checkboxes::default()
    }
}
