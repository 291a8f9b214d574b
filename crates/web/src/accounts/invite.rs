//! `GET` and `POST /accounts/new`, `POST /accounts/{number}/reset`: a link with which somebody chooses their password, shown once.

use maud::{Markup, html};
use town::accounts::Reset;

use super::choices::role_select;
use crate::components::{Button, Field, Input};
use crate::layout::Section;
use crate::{Answer, Errors, Page, Sent, Visit};

/// Who is to be invited.
pub(crate) async fn invite_page(visit: Visit) -> Answer {
    form(&visit, ["", "", ""], Errors::default())
}

/// They are invited.
pub(crate) async fn invite(visit: Visit, sent: Sent) -> Answer {
    let [email, name, role] = ["email", "name", "role"].map(|field| sent.text(field));
    let made = match town::Role::from_code(role) {
        Some(role) => visit.town().invite_user(visit.actor(), email, name, role, town::now()).await,
        None => Err(town::Error::refused("role", "Choose what they are")),
    };
    match made {
        Ok(token) => link(&visit, &token, email),
        Err(town::Error::Refused(refusals)) => form(&visit, [email, name, role], Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

/// Their password is taken away, and they choose a new one.
pub(crate) async fn reset_user(visit: Visit, sent: Sent) -> Answer {
    let what = if sent.has("lost") { Reset::PasswordAndFactors } else { Reset::Password };
    let user = visit.town().user(visit.actor(), visit.param("number")).await?;
    let token = visit.town().reset_user(visit.actor(), &user.email, what, town::now()).await?;
    link(&visit, &token, &user.email)
}

fn form(visit: &Visit, [email, name, role]: [&str; 3], errors: Errors) -> Answer {
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Invite somebody" }
        (visit.form("/accounts/new", html! {
            (Input { field: Field::new("name", "Their name").error(errors.on("name")), value: name.into(), ..Input::default() })
            (Input { field: Field::new("email", "Their email address").error(errors.on("email")), value: email.into(),
                kind: "email".into(), ..Input::default() })
            (role_select(role, errors.on("role")))
            (Button { text: "Make a link".into(), prevent_double_click: Some(true), ..Button::default() })
        }))
    };
    let page = Page::new("Invite somebody", body).within(Section::Accounts).under("/accounts", "Accounts");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

fn link(visit: &Visit, token: &str, email: &str) -> Answer {
    let path = format!("/invitation/{token}");
    // Never from what the request says of the address that it was sent to: that can be anybody's.
    let site = visit.app().site();
    let body = html! {
        h1 class="govuk-heading-l" { "Give them this link" }
        p class="govuk-body" { "With it " (email) " chooses a password. It opens once, for three days, and is not shown again." }
        (secret(&site.as_ref().map_or_else(|| path.clone(), |site| site.address_of(&path))))
        @if site.is_none() {
            p class="govuk-body" {
                "Put the address under which people reach het in front of it. " code { "het serve --site" } " does that by itself."
            }
        }
        p class="govuk-body" { a class="govuk-link" href="/accounts" { "Back to the accounts" } }
    };
    Page::new("Give them this link", body)
        .within(Section::Accounts)
        .under("/accounts", "Accounts")
        .show(visit)
}

/// Something to copy, which is shown once.
pub(super) fn secret(text: &str) -> Markup {
    html! {
        div class="govuk-inset-text" { code class="het-secret" { (text) } }
    }
}
