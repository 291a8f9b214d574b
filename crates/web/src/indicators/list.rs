//! `GET /indicators`: every indicator with its icons.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use town::Permission;
use town::indicators::IndicatorLine;

use crate::components::Button;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit};

/// What of the list is shown, and in which order.
pub(super) struct Filter<'a> {
    subgroup: &'a str,
    source: &'a str,
    impact: &'a str,
    words: &'a str,
    sort: &'a str,
}

impl<'a> Filter<'a> {
    /// What the query asks for.
    pub(super) fn of(visit: &'a Visit) -> Filter<'a> {
        let asked = |name| visit.query(name).unwrap_or_default();
        Filter {
            subgroup: asked("subgroup"),
            source: asked("source"),
            impact: asked("impact"),
            words: asked("words"),
            sort: asked("sort"),
        }
    }

    /// The lines that are asked for, those that need attention first unless another order is.
    pub(super) fn lines(&self, all: &[IndicatorLine]) -> Vec<IndicatorLine> {
        let words = self.words.trim().to_lowercase();
        let wanted = |line: &&IndicatorLine| {
            let subgroup = line.subgroup.as_ref().map_or("none", |subgroup| subgroup.0.as_str());
            (self.subgroup.is_empty() || subgroup == self.subgroup)
                && (self.source.is_empty() || line.source == self.source)
                && (self.impact != "yes" || line.is_impact_measure)
                && [&line.name, &line.code].iter().any(|text| text.to_lowercase().contains(&words))
        };
        let mut lines: Vec<IndicatorLine> = all.iter().filter(wanted).cloned().collect();
        match self.sort {
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
        div class="het-title" {
            h1 class="govuk-heading-l" { "Indicators" }
            @if visit.may(Permission::EditIndicators) {
                (Button { text: "Add an indicator".into(), href: "/indicators/new".into(), ..Button::default() })
            }
        }
        @if all.is_empty() {
            (nothing(&visit))
        } @else {
            p class="govuk-body-l" { (answer(concern, lines.len())) }
            (listing::filters(&visit, choices(&visit, &all)))
            (listing::count(&visit, lines.len(), all.len(), "indicators", "/indicators.csv"))
            @if !lines.is_empty() { (table(&visit, &lines)) }
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
        @if visit.may(Permission::EditIndicators) {
            p class="govuk-body" { "First, import the partnership's workbook, or add an indicator." }
        }
    }
}

fn choices(visit: &Visit, all: &[IndicatorLine]) -> Markup {
    let subgroups: BTreeMap<&String, &String> =
        all.iter().filter_map(|line| line.subgroup.as_ref()).map(|(code, name)| (code, name)).collect();
    let subgroups = subgroups.into_iter().map(|(code, name)| (code.clone(), name.clone()));
    let sources: BTreeSet<&String> = all.iter().map(|line| &line.source).collect();
    let sources = sources.into_iter().map(|source| (source.clone(), source.clone()));
    let impact = [("yes".to_owned(), "Impact measures only".to_owned())];
    html! {
        (listing::filter(visit, "subgroup", "Subgroup", "All subgroups", subgroups))
        (listing::filter(visit, "source", "Source", "Every source", sources))
        (listing::filter(visit, "impact", "Which", "All indicators", impact.into_iter()))
        (listing::words_filter(visit))
    }
}

fn table(visit: &Visit, lines: &[IndicatorLine]) -> Listing {
    Listing {
        caption: "Indicators and their icons".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Indicator").sortable(visit, "name"),
            Column::new("Subgroup").sortable(visit, "subgroup"),
            Column::new("Latest"),
            Column::new("Change").sortable(visit, ""),
            Column::new("Target"),
            Column::new("Inequality"),
        ],
        rows: lines.iter().map(row).collect(),
    }
}

fn row(line: &IndicatorLine) -> Vec<Markup> {
    let quiet = |words: &str| html! { span class="het-quiet" { (words) } };
    vec![
        html! {
            a class="govuk-link" href={ "/indicators/" (line.code) } { (line.name) }
            @if line.is_impact_measure { div class="het-quiet" { "impact measure" } }
        },
        html! { @if let Some((_, name)) = &line.subgroup { (name) } @else { (quiet("none")) } },
        html! {
            @match &line.latest {
                Some((value, period)) => { strong { (value) } div class="het-quiet" { (period) } }
                None => (quiet("no figure yet")),
            }
        },
        html! { @if let Some(icon) = line.icons.first() { (PreEscaped(&icon.svg)) } },
        html! {
            @match line.icons.get(1) {
                Some(icon) => {
                    (PreEscaped(&icon.svg))
                    @if let Some(target) = &line.target { div class="het-quiet" { "target " (target) } }
                }
                None => (quiet("none set")),
            }
        },
        html! { @match &line.inequality { Some(words) => (words), None => (quiet("not split")) } },
    ]
}
