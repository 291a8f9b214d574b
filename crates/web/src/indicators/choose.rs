//! What may be chosen on an indicator's page.

use maud::{Markup, html};
use town::indicators::{Choice, IndicatorPage, Inequality};

use crate::components::{self, Button, Field, Select};
use crate::{Problem, Visit};

/// The choice that the query makes.
pub(super) fn read(visit: &Visit) -> Result<Choice, Problem> {
    Ok(Choice::read(visit.query("chart"), visit.query("profile"), visit.query("measure"))?)
}

/// The choice as a query, with its question mark; empty for the default.
pub(super) fn query(choice: &Choice) -> String {
    if choice.is_default() {
        return String::new();
    }
    let pairs = [
        ("chart", choice.kind.name()),
        ("profile", choice.profile.name()),
        ("measure", choice.measure.name()),
    ];
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The form that chooses, which needs no script.
pub(super) fn form(page: &IndicatorPage) -> Markup {
    let one = |value: &str, text: &str| components::Choice::new(value, text);
    let kinds = page.kinds.iter().map(|kind| one(kind.name(), kind.title())).collect();
    let profiles = spc::profiles().iter().map(|profile| one(profile.name(), profile.title())).collect();
    let measures: Vec<components::Choice> =
        Inequality::ALL.iter().map(|measure| one(measure.name(), measure.title())).collect();
    let select = |name: &str, label: &str, choices: Vec<components::Choice>, value: &str| Select {
        field: Field::new(name, label),
        choices,
        value: value.into(),
        ..Select::default()
    };
    html! {
        form class="het-choose" method="get" action={ "/indicators/" (page.indicator.code) } {
            (select("chart", "Chart", kinds, page.choice.kind.name()))
            (select("profile", "Rules", profiles, page.choice.profile.name()))
            @if page.gap.is_some() {
                (select("measure", "Measure of inequality", measures, page.choice.measure.name()))
            }
            (Button { text: "Show".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
        }
        p class="govuk-body-s het-quiet" {
            (page.choice.kind.title()) ": " (page.choice.kind.entry().summary) ". "
            "Rules: " (page.choice.profile.title()) ", " (page.choice.profile.source()) "."
        }
    }
}
