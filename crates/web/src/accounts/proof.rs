//! Pages that ask again who one is before something that protects an account is taken away.

use maud::html;
use town::accounts::Attempt;

use super::door::knock;
use crate::components::{Button, Field, PasswordInput};
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
}

impl Proof<'_> {
    /// The page.
    pub(super) fn show(self, visit: &Visit, errors: Errors) -> Answer {
        let fields = html! {
            (PasswordInput {
                field: Field::new("proof", "Your password")
                    .hint("Or a code of your authenticator, or one of your recovery codes")
                    .error(errors.on("proof")),
                classes: "govuk-!-width-two-thirds".into(),
                ..PasswordInput::default()
            })
            (Button { text: self.button.into(), classes: "govuk-button--warning".into(), prevent_double_click: Some(true), ..Button::default() })
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
