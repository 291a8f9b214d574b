//! Adding and removing one's own passkeys.

use maud::{Markup, html};

use super::proof::{Proof, proof};
use super::second_factor::recovery_codes;
use crate::components::{Button, Field, Input};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /account/passkeys/new`.
pub(crate) async fn new_passkey(visit: Visit) -> Answer {
    show(&visit, "", Errors::default()).await
}

/// `POST /account/passkeys/new`.
pub(crate) async fn add_passkey(visit: Visit, sent: Sent) -> Answer {
    let (name, answer) = (sent.text("name"), sent.text("answer"));
    let Some(site) = visit.app().passkey_site() else { return show(&visit, name, Errors::default()).await };
    let session = visit.session().unwrap_or_default();
    let added = visit.town().add_passkey(visit.actor(), (session, &site), (name, answer), town::now()).await;
    match added {
        Ok(codes) if codes.is_empty() => Ok(visit.done("/account", Notice::Saved)),
        Ok(codes) => recovery_codes(&visit, "Your passkey has been added", &codes),
        Err(town::Error::Refused(refusals)) => show(&visit, name, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /account/passkeys/{passkey}/remove`.
pub(crate) async fn remove_passkey_page(visit: Visit) -> Answer {
    ask_removal(&visit, Errors::default()).await
}

/// `POST /account/passkeys/{passkey}/remove`.
pub(crate) async fn remove_passkey(visit: Visit, sent: Sent) -> Answer {
    let id = number(&visit)?;
    let proof = proof(&visit, &sent).await?;
    let _turn = visit.app().door().checking().acquire().await;
    match visit.town().remove_passkey(visit.actor(), id, &proof, town::now()).await {
        Ok(()) => Ok(visit.done("/account", Notice::Saved)),
        Err(town::Error::Refused(refusals)) => ask_removal(&visit, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn ask_removal(visit: &Visit, errors: Errors) -> Answer {
    let id = number(visit)?;
    let own = visit.town().own_passkeys(visit.actor(), town::now()).await?;
    let passkey = own.into_iter().find(|passkey| passkey.id == id).ok_or(Problem::NotFound)?;
    let asked = Proof {
        title: format!("Remove the passkey {}", passkey.name),
        words:
            "It signs you in no more. The browser or key that holds it keeps it until you delete it there."
                .into(),
        action: visit.path(),
        button: "Remove",
        goes_on_to: None,
    };
    asked.show(visit, errors)
}

fn number(visit: &Visit) -> Result<i64, Problem> {
    visit.param("passkey").parse().map_err(|_| Problem::NotFound)
}

async fn show(visit: &Visit, name: &str, errors: Errors) -> Answer {
    let site = visit.app().passkey_site();
    let form = match &site {
        Some(site) => {
            let session = visit.session().unwrap_or_default();
            let options = visit.town().new_passkey(visit.actor(), session, site, town::now()).await?;
            let fields = html! {
                (Input {
                    field: Field::new("name", "What to call it")
                        .hint("To know it by among others: Work computer, Key on my key ring")
                        .error(errors.on("name")),
                    value: name.into(),
                    classes: "govuk-!-width-two-thirds".into(),
                    ..Input::default()
                })
                (Button { text: "Add a passkey".into(), ..Button::default() })
            };
            let trouble = format!(
                "Nothing was added: the passkey did not answer, or it was added before. Passkeys work only at {}.",
                site.address_of("/")
            );
            asking_form(visit, "/account/passkeys/new", ("add", &options), fields, &trouble)
        }
        None => html! {
            p class="govuk-body" { "Passkeys cannot be added yet: whoever looks after the machine has to tell het its address (" code { "--site" } ")." }
        },
    };
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Add a passkey" }
        p class="govuk-body" {
            "A passkey is kept by your telephone, your computer or a key on your key ring, and opens with what opens that. After your "
            "password het asks for it; nobody can be tricked into giving it to another site."
        }
        div class="het-scripted" { (form) }
        p class="govuk-body het-unscripted" {
            "A passkey needs a browser that runs scripts. Without them, use "
            a class="govuk-link" href="/account/second-factor" { "an authenticator" } "."
        }
    };
    let page = Page::new("Add a passkey", body).under("/account", "Your account");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}

/// A form before which the browser asks a passkey, by the script `passkey.js`; `kind` is add or sign.
pub(super) fn asking_form(
    visit: &Visit,
    action: &str,
    (kind, options): (&str, &str),
    fields: Markup,
    trouble: &str,
) -> Markup {
    html! {
        form method="post" action=(action) novalidate data-passkey=(kind) data-options=(options) {
            input type="hidden" name="form-token" value=(visit.form_token());
            input type="hidden" name="answer";
            (fields)
            p class="govuk-error-message het-trouble" role="alert" data-passkey-trouble hidden { (trouble) }
        }
    }
}
