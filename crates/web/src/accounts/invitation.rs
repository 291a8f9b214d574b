//! Choosing a password by the link of an invitation.

use maud::html;
use town::Refusal;
use town::accounts::Attempt;

use super::door;
use crate::components::{Button, Field, PasswordInput};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /invitation/{token}`.
pub(crate) async fn invitation_page(visit: Visit) -> Answer {
    show(&visit, Errors::default()).await
}

/// `POST /invitation/{token}`.
pub(crate) async fn choose_password(visit: Visit, sent: Sent) -> Answer {
    let (password, again) = (sent.text("password"), sent.text("again"));
    if password != again {
        let words = "The two passwords are not the same".to_owned();
        return show(&visit, Errors::of(vec![Refusal { field: "again".into(), words }])).await;
    }
    let token = visit.param("token");
    door::knock(&visit, Attempt::Invitation, token).await?;
    let _turn = visit.app().door().checking().acquire().await;
    match visit.town().accept_invitation(token, password, town::now()).await {
        Ok(()) => Ok(visit.done("/sign-in", Notice::Saved)),
        Err(town::Error::Refused(refusals)) => show(&visit, Errors::of(refusals)).await,
        Err(town::Error::NotFound { .. }) => Err(Problem::NotFound),
        Err(error) => Err(error.into()),
    }
}

async fn show(visit: &Visit, errors: Errors) -> Answer {
    let invited = visit.town().invited(visit.param("token"), town::now()).await?;
    // A link that was used, is old or was never sent looks like any page that is not there.
    let invited = invited.ok_or(Problem::NotFound)?;
    let password = |name: &str, label: &str| PasswordInput {
        field: Field::new(name, label).error(errors.on(name)),
        classes: "govuk-!-width-two-thirds".into(),
        autocomplete: "new-password".into(),
        ..PasswordInput::default()
    };
    let fields = html! {
        (password("password", "Password of at least 12 characters"))
        (password("again", "The same password again"))
        (Button { text: "Save password".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Choose your password" }
        p class="govuk-body" { "For " (invited.name) ", who signs in with " (invited.email) "." }
        p class="govuk-body" { "Three words that have nothing to do with each other make a good password." }
        (visit.form(visit.path(), fields))
    };
    let page = Page::new("Choose your password", body);
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
