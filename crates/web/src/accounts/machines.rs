//! `GET /machines`, `GET` and `POST /machines/new`, `POST /machines/revoke`: programs that may ask.

use maud::{Markup, html};
use town::accounts::{MachineView, NewMachine};
use town::{Permission, Role};

use super::choices::{role_select, role_words};
use super::invite::secret;
use crate::components::{Button, CheckboxItem, Checkboxes, Field, Fieldset, Input, Tag};
use crate::layout::Section;
use crate::layout::listing::{Column, Listing};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Sent, Visit};

/// Every program.
pub(crate) async fn machines(visit: Visit) -> Answer {
    let machines = visit.town().machines(visit.actor()).await?;
    let row = |machine: &MachineView| {
        vec![
            html! { (machine.name) },
            html! { (role_words(&machine.role)) },
            html! { (machine.scopes.replace(' ', ", ")) },
            html! { (day(&machine.expires_at)) },
            taking_back(&visit, machine),
        ]
    };
    let table = Listing {
        caption: "Machines".into(),
        hide_caption: true,
        columns: ["Name", "Role", "What its token opens", "Until", "Token"].map(Column::new).into(),
        rows: machines.iter().map(row).collect(),
    };
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Machines" }
            (Button { text: "Add a machine".into(), href: "/machines/new".into(), ..Button::default() })
        }
        @if machines.is_empty() {
            div class="het-empty" {
                p class="govuk-body" {
                    "Here the programs that may ask het for data stand, each with a token that opens some of what its role may. No token "
                    "opens records of people."
                }
            }
        } @else { (table) }
    };
    Page::new("Machines", body).within(Section::Accounts).under("/accounts", "Accounts").show(&visit)
}

fn day(moment: &str) -> String {
    moment
        .parse()
        .ok()
        .map_or_else(|| moment.to_owned(), |moment: town::Moment| moment.strftime("%-d %B %Y").to_string())
}

fn taking_back(visit: &Visit, machine: &MachineView) -> Markup {
    html! {
        @if let Some(at) = &machine.revoked_at {
            (Tag { text: format!("Taken back {}", day(at)).into(), classes: "govuk-tag--grey".into() })
        } @else {
            (visit.form("/machines/revoke", html! {
                input type="hidden" name="name" value=(machine.name);
                button class="govuk-button govuk-button--warning govuk-!-margin-bottom-0" type="submit" {
                    "Take back" span class="govuk-visually-hidden" { " the token of " (machine.name) }
                }
            }))
        }
    }
}

/// What the new program is.
pub(crate) async fn machine_page(visit: Visit) -> Answer {
    let form = NewForm { days: "90".into(), role: Role::Reader.code().into(), ..NewForm::default() };
    form.page(&visit, Errors::default())
}

/// It is added, and its token shown once.
pub(crate) async fn add_machine(visit: Visit, sent: Sent) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let form =
        NewForm { name: text("name"), role: text("role"), days: text("days"), scopes: sent.all("scope") };
    let made = match Role::from_code(&form.role) {
        Some(role) => {
            let scopes = form.scopes.iter().filter_map(|code| Permission::from_code(code)).collect();
            // What is no number of days is none that the use case takes.
            let new =
                NewMachine { name: form.name.clone(), role, scopes, days: form.days.parse().unwrap_or(0) };
            visit.town().add_machine(visit.actor(), &new, town::now()).await
        }
        None => Err(town::Error::refused("role", "Choose what it is in the policy")),
    };
    match made {
        Ok(token) => token_page(&visit, &form.name, &token),
        Err(town::Error::Refused(refusals)) => form.page(&visit, Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

/// Its token is taken back.
pub(crate) async fn revoke_machine(visit: Visit, sent: Sent) -> Answer {
    visit.town().revoke_machine(visit.actor(), sent.text("name"), town::now()).await?;
    Ok(visit.done("/machines", Notice::Saved))
}

#[derive(Default)]
struct NewForm {
    name: String,
    role: String,
    days: String,
    scopes: Vec<String>,
}

impl NewForm {
    fn page(&self, visit: &Visit, errors: Errors) -> Answer {
        let scopes = Permission::ALL.iter().filter(|permission| permission.is_for_machines());
        let scopes = scopes.map(|permission| CheckboxItem::new(permission.code(), permission.meaning()));
        let body = html! {
            (errors)
            h1 class="govuk-heading-l" { "Add a machine" }
            (visit.form("/machines/new", html! {
                (Input { field: Field::new("name", "What it is called").error(errors.on("name")), value: self.name.clone(),
                    ..Input::default() })
                (role_select(&self.role, errors.on("role")))
                (Checkboxes {
                    name: "scope".into(),
                    fieldset: Some(Fieldset { legend: "What of that its token opens".into(), ..Fieldset::default() }),
                    error: errors.on("scope").map(Into::into),
                    items: scopes.collect(),
                    values: self.scopes.clone(),
                    classes: "govuk-checkboxes--small".into(),
                    ..Checkboxes::default()
                })
                (Input { field: Field::new("days", "For how many days, at most 366").error(errors.on("days")),
                    value: self.days.clone(), classes: "govuk-input--width-3".into(), input_mode: "numeric".into(),
                    ..Input::default() })
                (Button { text: "Add this machine".into(), prevent_double_click: Some(true), ..Button::default() })
            }))
        };
        let page = Page::new("Add a machine", body)
            .within(Section::Accounts)
            .under("/accounts", "Accounts")
            .under("/machines", "Machines");
        if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
    }
}

fn token_page(visit: &Visit, name: &str, token: &str) -> Answer {
    let body = html! {
        h1 class="govuk-heading-l" { "The token of " (name) }
        p class="govuk-body" { "It is not shown again. The program sends it with each request:" }
        (secret(&format!("Authorization: Bearer {token}")))
        p class="govuk-body" { a class="govuk-link" href="/machines" { "Back to the machines" } }
    };
    Page::new("The token", body)
        .within(Section::Accounts)
        .under("/accounts", "Accounts")
        .under("/machines", "Machines")
        .show(visit)
}
