//! Pages that ask again who one is: before something that protects an account is taken away, and before something is added to it in a
//! session that is not fresh any more.

use axum::http::header;
use maud::html;
use town::accounts::Attempt;

use super::door::knock;
use super::sign_in::own_page;
use crate::components::{Button, Field, PasswordInput};
use crate::cookies::Cookie;
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// A page with one question: the password or a code.
pub(super) struct Proof<'a> {
    /// The heading.
    pub(super) title: String,
    /// What happens when the answer is right.
    pub(super) words: String,
    /// Where the answer is sent.
    pub(super) action: &'a str,
    /// What the button says.
    pub(super) button: &'static str,
    /// Where to go on from here, when nothing is taken away by it.
    pub(super) goes_on_to: Option<&'a str>,
}

impl Proof<'_> {
    /// The page.
    pub(super) fn show(self, visit: &Visit, errors: Errors) -> Answer {
        let classes = if self.goes_on_to.is_some() { "" } else { "govuk-button--warning" };
        let fields = html! {
            @if let Some(to) = self.goes_on_to { input type="hidden" name="to" value=(to); }
            (PasswordInput {
                field: Field::new("proof", "Your password")
                    .hint("Or a code of your authenticator, or one of your recovery codes")
                    .error(errors.on("proof")),
                classes: "govuk-!-width-two-thirds".into(),
                ..PasswordInput::default()
            })
            (Button { text: self.button.into(), classes: classes.into(), prevent_double_click: Some(true), ..Button::default() })
        };
        let body = html! {
            (errors)
            h1 class="govuk-heading-l" { (self.title) }
            p class="govuk-body" { (self.words) }
            (visit.form(self.action, fields))
            p class="govuk-body" { a class="govuk-link" href="/account" { "Leave it as it is" } }
        };
        let page = Page::new(self.title, body).under("/account", "Your account");
        if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
    }
}

/// `GET /account/confirm?to=/where`.
pub(crate) async fn confirm_page(visit: Visit) -> Answer {
    ask(&visit, own_page(visit.query("to").unwrap_or("/account")), Errors::default())
}

/// `POST /account/confirm`.
pub(crate) async fn confirm(visit: Visit, sent: Sent) -> Answer {
    let to = own_page(sent.text("to"));
    let proof = proof(&visit, &sent).await?;
    let confirmed = {
        let _turn = visit.app().door().checking().acquire().await;
        visit.town().confirm(visit.actor(), visit.session().unwrap_or_default(), &proof, town::now()).await
    };
    match confirmed {
        Ok(started) => {
            let mut response = visit.done(to, Notice::Confirmed);
            if let Some(cookie) = Cookie::Session.set(&started.token, visit.app().options().https) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(town::Error::Refused(refusals)) => ask(&visit, to, Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

fn ask(visit: &Visit, to: &str, errors: Errors) -> Answer {
    let asked = Proof {
        title: "Confirm that it is you".into(),
        words: "You signed in more than ten minutes ago. If you have no password here, sign out and in again instead.".into(),
        action: "/account/confirm",
        button: "Confirm",
        goes_on_to: Some(to),
    };
    asked.show(visit, errors)
}

/// What was answered. Counted by account, so that whoever finds an open browser cannot try codes for ever.
pub(super) async fn proof(visit: &Visit, sent: &Sent) -> Result<String, Problem> {
    let proof = sent.text("proof");
    knock(visit, Attempt::OwnPassword, visit.actor().name()).await?;
    // The longest password that an account can have, in the widest letters.
    if proof.len() > 128 * 4 {
        return Err(Problem::Unreadable("That is longer than any password"));
    }
    Ok(proof.to_owned())
}
