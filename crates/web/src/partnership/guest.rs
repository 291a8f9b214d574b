//! `GET /shared`, `GET /shared/{code}`: what a guest of an organisation sees.

use maud::{Markup, html};
use town::partnership::ActionPage;

use super::{actions, shown};
use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// The actions that are shared with one's organisation.
pub(crate) async fn list(visit: Visit) -> Answer {
    let shared = visit.town().shared_actions(visit.actor(), visit.as_of()).await?;
    let body = html! {
        h1 class="govuk-heading-l" { "Shared with you" }
        @match &shared.organisation {
            None => p class="govuk-body" {
                "Your account is of no organisation yet. Ask whoever looks after het in your town to place it."
            },
            Some(name) if shared.lines.is_empty() => (shown::nothing_yet(
                &format!("Here the actions that the partnership shares with {name} will stand."),
                html! { "Ask the subgroup that you work with to share one." },
            )),
            Some(name) => {
                p class="govuk-body" { "What the partnership shares with " (name) "." }
                (shown::action_table_at("/shared", "Actions shared with you", &shared.lines))
            }
        }
    };
    Page::new("Shared with you", body).within(Section::Shared).show(&visit)
}

/// One of them.
pub(crate) async fn show(visit: Visit) -> Answer {
    let action = visit.town().shared_action(visit.actor(), visit.param("code"), visit.as_of()).await?;
    let body = html! {
        span class="govuk-caption-l" { "Action " (action.line.code) }
        h1 class="govuk-heading-l" { (action.line.title) }
        (actions::content(&visit, &action))
        (serves(&action))
    };
    Page::new(&action.line.title, body)
        .within(Section::Shared)
        .under("/shared", "Shared with you")
        .show(&visit)
}

fn serves(action: &ActionPage) -> Markup {
    html! {
        @if !action.recommendations.is_empty() {
            h2 class="govuk-heading-m" { "Recommendations it serves" }
            ul class="govuk-list govuk-list--bullet" {
                @for recommendation in &action.recommendations { li { (recommendation.code) " " (recommendation.name) } }
            }
        }
        @if !action.indicators.is_empty() {
            h2 class="govuk-heading-m" { "Indicators that follow it" }
            ul class="govuk-list govuk-list--bullet" {
                @for indicator in &action.indicators { li { (shown::link("/indicators", indicator)) } }
            }
        }
    }
}
