//! Turning one's own authenticator on and off.

use maud::html;

use super::proof::{Proof, proof};
use crate::components::{Button, Field, Input};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Sent, Visit};

/// `GET /account/second-factor`.
pub(crate) async fn second_factor_page(visit: Visit) -> Answer {
    let enrolment = visit
        .town()
        .new_second_factor(visit.actor(), visit.session().unwrap_or_default(), town::now())
        .await?;
    show(&visit, &enrolment, Errors::default())
}

/// `POST /account/second-factor`.
pub(crate) async fn second_factor_on(visit: Visit, sent: Sent) -> Answer {
    let (secret, code) = (sent.text("secret"), sent.text("code"));
    let session = visit.session().unwrap_or_default();
    match visit.town().turn_on_second_factor(visit.actor(), session, (secret, code), town::now()).await {
        Ok(codes) if codes.is_empty() => Ok(visit.done("/account", Notice::Saved)),
        Ok(codes) => recovery_codes(&visit, "The second factor is on", &codes),
        Err(town::Error::Refused(refusals)) => {
            let enrolment = visit.town().enrolment(visit.actor(), secret).await;
            show(&visit, &enrolment, Errors::of(refusals))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that shows recovery codes, this once.
pub(super) fn recovery_codes(visit: &Visit, title: &str, codes: &[String]) -> Answer {
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" {
            "Keep these recovery codes where you keep what matters. Each signs you in once when you have neither your authenticator nor "
            "a passkey. They are not shown again."
        }
        ul class="govuk-list" { @for code in codes { li { code { (code) } } } }
        p class="govuk-body" {
            @if visit.must_enrol() {
                a class="govuk-link" href="/" { "Go on" }
            } @else {
                a class="govuk-link" href="/account" { "Back to your account" }
            }
        }
    };
    Page::new(title, body).under("/account", "Your account").show(visit)
}

/// `GET /account/second-factor/off`.
pub(crate) async fn second_factor_off_page(visit: Visit) -> Answer {
    ask(&visit, Errors::default())
}

/// `POST /account/second-factor/off`.
pub(crate) async fn second_factor_off(visit: Visit, sent: Sent) -> Answer {
    let proof = proof(&visit, &sent).await?;
    let _turn = visit.app().door().checking().acquire().await;
    match visit.town().turn_off_second_factor(visit.actor(), &proof, town::now()).await {
        Ok(()) => Ok(visit.done("/account", Notice::Saved)),
        Err(town::Error::Refused(refusals)) => ask(&visit, Errors::of(refusals)),
        Err(error) => Err(error.into()),
    }
}

fn ask(visit: &Visit, errors: Errors) -> Answer {
    let asked = Proof {
        title: "Turn off the authenticator".into(),
        words:
            "Its codes are asked for no more. Without a passkey, whoever has your password can then sign in."
                .into(),
        action: "/account/second-factor/off",
        button: "Turn off",
        goes_on_to: None,
    };
    asked.show(visit, errors)
}

fn show(visit: &Visit, enrolment: &town::accounts::Enrolment, errors: Errors) -> Answer {
    let fields = html! {
        input type="hidden" name="secret" value=(enrolment.secret);
        (Input {
            field: Field::new("code", "Code").hint("The six figures that the authenticator shows").error(errors.on("code")),
            autocomplete: "one-time-code".into(),
            input_mode: "numeric".into(),
            spellcheck: Some(false),
            classes: "govuk-input--width-10".into(),
            ..Input::default()
        })
        (Button { text: "Turn on".into(), prevent_double_click: Some(true), ..Button::default() })
    };
    let groups: Vec<String> = enrolment
        .secret
        .as_bytes()
        .chunks(4)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    let body = html! {
        (errors)
        h1 class="govuk-heading-l" { "Turn on the second factor" }
        @if visit.must_enrol() {
            p class="govuk-body" {
                "Your town asks a second factor of everybody in your role, beside the password. Set one up to go on: an authenticator, as "
                "below, or " a class="govuk-link" href="/account/passkeys/new" { "a passkey" } "."
            }
        }
        ol class="govuk-list govuk-list--number" {
            li { "Open an authenticator app on your telephone and add an account by typing a key." }
            li { "Type this key: " code { (groups.join(" ")) } " (time based, six figures)." }
            li { "On this very device you can also " a class="govuk-link" href=(enrolment.address) { "open the authenticator" } "." }
        }
        (visit.form("/account/second-factor", fields))
    };
    let page = Page::new("Turn on the second factor", body).under("/account", "Your account");
    if errors.is_empty() { page.show(visit) } else { page.with_errors().show(visit) }
}
