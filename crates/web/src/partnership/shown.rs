//! How the programme's things look wherever they are shown.

use maud::{Markup, PreEscaped, html};
use town::Chart;
use town::partnership::{ActionLine, ActionStatus, Measure, Named, RecommendationLine, Standing};

use crate::components::Tag;
use crate::layout::listing::{Column, Listing};

/// The status of an action, in a word.
pub(crate) fn status(status: ActionStatus) -> Tag {
    let classes = match status {
        ActionStatus::Late => "govuk-tag--orange",
        ActionStatus::OnTrack => "govuk-tag--blue",
        ActionStatus::NotStarted | ActionStatus::Stopped => "govuk-tag--grey",
        ActionStatus::Done => "govuk-tag--green",
    };
    Tag { text: status.words().into(), classes: classes.into() }
}

/// How a recommendation stands, in a word.
pub(crate) fn standing(standing: Standing) -> Tag {
    let classes = match standing {
        Standing::OffTrack | Standing::NoAction => "govuk-tag--orange",
        Standing::OnTrack => "govuk-tag--blue",
        Standing::NotMeasured => "govuk-tag--grey",
        Standing::Complete => "govuk-tag--green",
    };
    Tag { text: standing.words().into(), classes: classes.into() }
}

/// A person, or that there is nobody.
pub(crate) fn owner(owner: Option<&Named>) -> Markup {
    html! {
        @match owner {
            Some(owner) => (owner.name),
            None => strong class="het-nobody" { "Nobody" },
        }
    }
}

/// A link to a thing under a path.
pub(crate) fn link(path: &str, named: &Named) -> Markup {
    html! { a class="govuk-link" href={ (path) "/" (named.code) } { (named.name) } }
}

/// A date, or a dash.
pub(crate) fn date(date: Option<vocabulary::Date>) -> Markup {
    html! {
        @match date {
            Some(date) => span class="het-nowrap" { (town::long_date(date)) },
            None => span class="het-quiet" { "no date" },
        }
    }
}

/// A drawing, whose words are in it.
pub(crate) fn chart(chart: &Chart) -> Markup {
    PreEscaped(chart.svg.clone())
}

/// How much of something is done.
pub(crate) fn percent(percent: i64) -> Markup {
    html! {
        span class="het-percent" { (percent) "%" }
        progress class="het-progress" max="100" value=(percent) aria-hidden="true" {}
    }
}

/// A list of actions without filters.
pub(crate) fn action_table(caption: &str, lines: &[ActionLine]) -> Listing {
    action_table_at("/actions", caption, lines)
}

/// The same, each action's page under another path.
pub(super) fn action_table_at(path: &str, caption: &str, lines: &[ActionLine]) -> Listing {
    let row = |line: &ActionLine| {
        vec![
            html! {
                a class="govuk-link" href={ (path) "/" (line.code) } { (line.title) }
                span class="het-ref" { (line.code) }
            },
            html! { (status(line.status)) p class="het-why" { (line.why) } },
            owner(line.owner.as_ref()),
            date(line.due),
            percent(line.percent),
        ]
    };
    Listing {
        caption: caption.to_owned(),
        columns: vec![
            Column::new("Action"),
            Column::new("Status"),
            Column::new("Owner"),
            Column::new("Due"),
            Column::number("Done"),
        ],
        rows: lines.iter().map(row).collect(),
        ..Listing::default()
    }
}

/// A list of recommendations without filters.
pub(crate) fn recommendation_table(caption: &str, lines: &[RecommendationLine]) -> Listing {
    let row = |line: &RecommendationLine| {
        vec![
            html! {
                span class="het-number" { (line.number) " " }
                a class="govuk-link" href={ "/recommendations/" (line.number) } { (line.words) }
            },
            html! { (standing(line.standing)) (reasons(&line.reasons)) },
            owner(line.owner.as_ref()),
            html! { (line.actions) },
            html! { (line.indicators) },
        ]
    };
    Listing {
        caption: caption.to_owned(),
        columns: vec![
            Column::new("Recommendation"),
            Column::new("Status and why"),
            Column::new("Owner"),
            Column::number("Actions"),
            Column::number("Indicators"),
        ],
        rows: lines.iter().map(row).collect(),
        ..Listing::default()
    }
}

/// Reasons, the first two in full and the rest counted.
pub(crate) fn reasons(reasons: &[String]) -> Markup {
    html! {
        @for reason in reasons.iter().take(2) { p class="het-why" { (reason) } }
        @if reasons.len() > 2 { p class="het-why" { "and " (reasons.len() - 2) " more" } }
    }
}

/// Indicators with their small charts, beside each other.
pub(crate) fn measures(measures: &[Measure]) -> Markup {
    html! {
        div class="het-measures" {
            @for measure in measures {
                section class="het-measure" {
                    h3 class="govuk-heading-s het-measure__name" { (link("/indicators", &measure.indicator)) }
                    div class="het-measure__icons" { @for icon in &measure.icons { (chart(icon)) } }
                    div class="het-measure__charts" {
                        @for drawn in [&measure.control, &measure.gradient].into_iter().flatten() { (chart(drawn)) }
                    }
                    @for sentence in &measure.sentences { p class="govuk-body-s" { (sentence) } }
                }
            }
        }
    }
}

/// What a list says when there is nothing in it: what it will show, and the one thing to do first.
pub(crate) fn nothing_yet(what: &str, first: Markup) -> Markup {
    html! {
        div class="het-empty" {
            p class="govuk-body" { (what) }
            div class="govuk-body" { (first) }
        }
    }
}
