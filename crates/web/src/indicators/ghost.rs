//! Leaving a point out of a chart's limits, and taking it in again.

use maud::html;

use crate::components::{Button, Choice, Field, Select, Textarea};
use crate::{Answer, Errors, Notice, Sent, Visit};

use super::change::{back, save_button, shown};

/// `GET /indicators/{code}/ghosts`.
pub(crate) async fn ghosts(visit: Visit) -> Answer {
    ghosts_page(&visit, "", "", Errors::default()).await
}

/// `POST /indicators/{code}/ghosts`.
pub(crate) async fn save_ghost(visit: Visit, sent: Sent) -> Answer {
    let (code, as_of) = (visit.param("code"), visit.as_of());
    if sent.has("take-in") {
        visit.town().take_in(visit.actor(), code, sent.text("take-in"), as_of).await?;
        return back(&visit, Notice::Saved);
    }
    let (point, reason) = (sent.text("point"), sent.text("reason"));
    match visit.town().leave_out(visit.actor(), code, point, reason, as_of).await {
        Ok(()) => back(&visit, Notice::Saved),
        Err(town::Error::Refused(refusals)) => ghosts_page(&visit, point, reason, Errors::of(refusals)).await,
        Err(error) => Err(error.into()),
    }
}

async fn ghosts_page(visit: &Visit, point: &str, reason: &str, errors: Errors) -> Answer {
    let form = visit.town().ghost_form(visit.actor(), visit.param("code"), visit.as_of()).await?;
    let mut choices = vec![Choice::new("", "Choose a point")];
    choices.extend(form.points.iter().map(|(key, words)| Choice::new(key, words)));
    let fields = html! {
        p class="govuk-body" {
            "A point is left out where something happened that will not happen again, such as a strike or a flood. It stays on \
             the chart as a hollow mark, and limits and rules are worked out without it. Your reason and your name are kept."
        }
        (Select {
            field: Field::new("point", "Point to leave out").error(errors.on("point")),
            choices, value: point.into(), ..Select::default()
        })
        (Textarea {
            field: Field::new("reason", "What happened then?").error(errors.on("reason")),
            value: reason.into(), rows: 3, ..Textarea::default()
        })
        (save_button("Leave it out"))
    };
    let inside = html! {
        (visit.form(visit.path(), fields))
        @if !form.ghosts.is_empty() { h2 class="govuk-heading-m" { "Left out already" } }
        @for ghost in &form.ghosts {
            (visit.form(visit.path(), html! {
                p class="govuk-body" { (ghost.period) ": " (ghost.reason) " (" (ghost.by) ")" }
                (Button {
                    text: format!("Take {} in again", ghost.period).into(), name: "take-in".into(),
                    value: ghost.key.clone(), classes: "govuk-button--warning".into(), ..Button::default()
                })
            }))
        }
    };
    shown(visit, "Leave a point out", &form.name, inside, &errors)
}
