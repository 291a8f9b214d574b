//! `GET /indicators`: every indicator with its icons.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};
use town::Permission;
use town::indicators::IndicatorLine;

use super::figures::scrolling;
use crate::components::{Button, Choice, Field, Select};
use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// What of the list is shown, and in which order.
pub(super) struct Filter<'a> {
    subgroup: &'a str,
    source: &'a str,
    impact: &'a str,
    order: &'a str,
}

impl<'a> Filter<'a> {
    /// What the query asks for.
    pub(super) fn of(visit: &'a Visit) -> Filter<'a> {
        let asked = |name| visit.query(name).unwrap_or_default();
        Filter {
            subgroup: asked("subgroup"),
            source: asked("source"),
            impact: asked("impact"),
            order: asked("order"),
        }
    }

    /// The lines that are asked for.
    pub(super) fn lines(&self, all: &[IndicatorLine]) -> Vec<IndicatorLine> {
        let wanted = |line: &&IndicatorLine| {
            let subgroup = line.subgroup.as_ref().map_or("none", |subgroup| subgroup.0.as_str());
            (self.subgroup.is_empty() || subgroup == self.subgroup)
                && (self.source.is_empty() || line.source == self.source)
                && (self.impact != "yes" || line.is_impact_measure)
        };
        let mut lines: Vec<IndicatorLine> = all.iter().filter(wanted).cloned().collect();
        match self.order {
            "name" => lines.sort_by_key(|line| line.name.to_lowercase()),
            "subgroup" => lines.sort_by_key(|line| line.subgroup.as_ref().map(|subgroup| subgroup.1.clone())),
            _ => {}
        }
        lines
    }
}

/// The list.
pub(crate) async fn list(visit: Visit) -> Answer {
    let all = visit.town().indicator_list(visit.actor(), visit.as_of()).await?;
    let filter = Filter::of(&visit);
    let lines = filter.lines(&all);
    let concern = lines.iter().filter(|line| line.attention == 0).count();
    let body = html! {
        h1 class="govuk-heading-l" { "Indicators" }
        @if all.is_empty() {
            (nothing(&visit))
        } @else {
            p class="govuk-body-l" { (answer(concern, lines.len())) }
            (choices(&visit, &filter, &all))
            (table(&lines))
            p class="govuk-body" {
                a class="govuk-link" href={ "/indicators.csv" (query(&visit)) } download { "Download this list as CSV" }
            }
        }
        @if visit.may(Permission::EditProgramme) {
            (Button { text: "Add an indicator".into(), href: "/indicators/new".into(), ..Button::default() })
        }
    };
    Page::new("Indicators", body).within(Section::Indicators).show(&visit)
}

fn answer(concern: usize, of: usize) -> String {
    match (concern, of) {
        (_, 0) => "No indicator fits what you chose.".to_owned(),
        (0, _) => format!("Of {of} indicators, none shows special cause of concern."),
        (1, _) => format!("Of {of} indicators, 1 shows special cause of concern; it comes first."),
        _ => format!("Of {of} indicators, {concern} show special cause of concern; they come first."),
    }
}

fn nothing(visit: &Visit) -> Markup {
    html! {
        p class="govuk-body" {
            "Each indicator will have a line here: its latest figure, whether it has changed by more than chance explains, \
             whether it will meet its target, and how unequal it is."
        }
        @if visit.may(Permission::EditProgramme) {
            p class="govuk-body" { "First, import the partnership's workbook, or add an indicator." }
        }
    }
}

fn query(visit: &Visit) -> String {
    let pairs = ["subgroup", "source", "impact", "order"];
    let given: Vec<(&str, &str)> =
        pairs.iter().filter_map(|name| Some((*name, visit.query(name)?))).collect();
    if given.is_empty() {
        return String::new();
    }
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish())
}

fn choices(visit: &Visit, filter: &Filter<'_>, all: &[IndicatorLine]) -> Markup {
    let subgroups: BTreeMap<&str, &str> = all
        .iter()
        .filter_map(|line| line.subgroup.as_ref())
        .map(|(code, name)| (code.as_str(), name.as_str()))
        .collect();
    let sources: BTreeMap<&str, &str> =
        all.iter().map(|line| (line.source.as_str(), line.source.as_str())).collect();
    let select = |name: &str, label: &str, first: &str, rest: Vec<Choice>, value: &str| {
        let mut choices = vec![Choice::new("", first)];
        choices.extend(rest);
        Select { field: Field::new(name, label), choices, value: value.into(), ..Select::default() }
    };
    let of =
        |map: BTreeMap<&str, &str>| map.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    html! {
        form class="het-choose" method="get" action=(visit.path()) {
            (select("subgroup", "Subgroup", "All", of(subgroups), filter.subgroup))
            (select("source", "Source", "All", of(sources), filter.source))
            (select("impact", "Which", "All indicators", vec![Choice::new("yes", "Impact measures only")], filter.impact))
            (select("order", "Order", "What needs attention", vec![
                Choice::new("name", "Name"), Choice::new("subgroup", "Subgroup"),
            ], filter.order))
            (Button { text: "Show".into(), classes: "govuk-button--secondary".into(), ..Button::default() })
        }
    }
}

fn table(lines: &[IndicatorLine]) -> Markup {
    let header = |words: &str| html! { th scope="col" class="govuk-table__header" { (words) } };
    scrolling(
        "Indicators and their icons",
        html! {
            table class="govuk-table het-summary" {
                caption class="govuk-table__caption govuk-visually-hidden" { "Indicators and their icons" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        (header("Indicator")) (header("Latest")) (header("Change")) (header("Target"))
                        (header("Inequality"))
                    }
                }
                tbody class="govuk-table__body" { @for line in lines { (row(line)) } }
            }
        },
    )
}

fn row(line: &IndicatorLine) -> Markup {
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" {
                a class="govuk-link" href={ "/indicators/" (line.code) } { (line.name) }
                div class="het-quiet" {
                    @if let Some((_, name)) = &line.subgroup { (name) }
                    @if line.is_impact_measure { " · impact measure" }
                }
            }
            td class="govuk-table__cell" {
                @match &line.latest {
                    Some((value, period)) => { strong { (value) } div class="het-quiet" { (period) } }
                    None => span class="het-quiet" { "no figure yet" },
                }
            }
            td class="govuk-table__cell" {
                @if let Some(icon) = line.icons.first() { (PreEscaped(&icon.svg)) }
            }
            td class="govuk-table__cell" {
                @match line.icons.get(1) {
                    Some(icon) => {
                        (PreEscaped(&icon.svg))
                        @if let Some(target) = &line.target { div class="het-quiet" { "target " (target) } }
                    }
                    None => span class="het-quiet" { "none set" },
                }
            }
            td class="govuk-table__cell" {
                @match &line.inequality {
                    Some(words) => (words),
                    None => span class="het-quiet" { "not split" },
                }
            }
        }
    }
}
