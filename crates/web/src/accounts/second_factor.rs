//! Turning one's own second factor on and off.

use maud::html;

use crate::components::{Button, Field, Input};
use crate::notice::Notice;
use crate::{Answer, Errors, Page, Problem, Sent, Visit};

/// `GET /account/second-factor`.
pub(crate) async fn second_factor_page(visit: Visit) -> Answer {
    let enrolment = visit.town().new_second_factor(visit.actor()).await?;
    show(&visit, &enrolment, Errors::default())
}

/// `POST /account/second-factor`.
pub(crate) async fn second_factor_on(visit: Visit, sent: Sent) -> Answer {
    let (secret, code) = (sent.text("secret"), sent.text("code"));
    match visit.town().turn_on_second_factor(visit.actor(), secret, code, town::now()).await {
        Ok(codes) => {
            let body = html! {
                h1 class="govuk-heading-l" { "The second factor is on" }
                p class="govuk-body" {
                    "Keep these recovery codes where you keep what matters. Each signs you in once when you do not have your authenticator. "
                    "They are not shown again."
                }
                ul class="govuk-list" { @for code in &codes { li { code { (code) } } } }
                p class="govuk-body" { a class="govuk-link" href="/account" { "Back to your account" } }
            };
            Page::new("The second factor is on", body).under("/account", "Your account").show(&visit)
        }
        Err(town::Error::Refused(refusals)) => {
            let enrolment = visit.town().enrolment(visit.actor(), secret).await;
            show(&visit, &enrolment, Errors::of(refusals))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/second-factor/off`.
pub(crate) async fn second_factor_off(visit: Visit, sent: Sent) -> Answer {
    let _turn = visit.app().door().checking().acquire().await;
    match visit.town().turn_off_second_factor(visit.actor(), sent.text("second-factor-password")).await {
        Ok(()) => Ok(visit.done("/account", Notice::Saved)),
        Err(town::Error::Refused(_)) => {
            Err(Problem::Unreadable("This is not your password; nothing was changed"))
        }
        Err(error) => Err(error.into()),
    }
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
