//! `GET /actions`, `GET /actions.csv`, `GET /actions/{code}`.

use maud::{Markup, html};
use town::Permission;
use town::partnership::{ActionFilter, ActionPage, ActionStatus, MilestoneLine, MilestoneStatus};

use super::shown;
use crate::components::{Button, SummaryList, SummaryRow};
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// Every action.
pub(crate) async fn list(visit: Visit) -> Answer {
    let list = visit.town().action_list(visit.actor(), &filter(&visit), visit.as_of()).await?;
    let named = |list: &[town::partnership::Named]| {
        list.iter().map(|named| (named.code.clone(), named.name.clone())).collect::<Vec<_>>()
    };
    let statuses = ActionStatus::ALL.map(|status| (status.code().to_owned(), status.words().to_owned()));
    let mut owners = vec![("nobody".to_owned(), "Nobody".to_owned())];
    owners.extend(named(&list.owners));
    let fields = html! {
        (listing::filter(&visit, "subgroup", "Subgroup", "All subgroups", named(&list.subgroups).into_iter()))
        (listing::filter(&visit, "status", "Status", "Any status", statuses.into_iter()))
        (listing::filter(&visit, "owner", "Owner", "Anybody", owners.into_iter()))
        (listing::words_filter(&visit))
    };
    let mut table = shown::action_table("Actions", &list.lines);
    table.hide_caption = true;
    table.columns = vec![
        Column::new("Action").sortable(&visit, "code"),
        Column::new("Status").sortable(&visit, ""),
        Column::new("Owner").sortable(&visit, "owner"),
        Column::new("Due").sortable(&visit, "due"),
        Column::number("Done").sortable(&visit, "done"),
    ];
    let body = html! {
        div class="het-title" {
            h1 class="govuk-heading-l" { "Actions" }
            @if visit.may(Permission::ManageActions) {
                (Button { text: "Add an action".into(), href: "/actions/new".into(), ..Button::default() })
            }
        }
        @if list.total == 0 {
            (shown::nothing_yet("Here each action will stand with its owner, its dates and whether it is late.", html! {
                "Begin with the recommendations that the actions serve: "
                a class="govuk-link" href="/recommendations" { "recommendations" } "."
            }))
        } @else {
            (listing::filters(&visit, fields))
            (listing::count(&visit, list.lines.len(), list.total, "actions", "/actions.csv"))
            @if list.lines.is_empty() { p class="govuk-body" { "No action is like that." } } @else { (table) }
        }
    };
    Page::new("Actions", body).within(Section::Actions).show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let content = visit.town().action_csv(visit.actor(), &filter(&visit), visit.as_of()).await?;
    download::csv(content, "actions.csv")
}

fn filter(visit: &Visit) -> ActionFilter {
    let query = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    ActionFilter {
        subgroup: query("subgroup"),
        status: query("status"),
        owner: query("owner"),
        words: query("words"),
        sort: query("sort"),
    }
}

/// One action.
pub(crate) async fn show(visit: Visit) -> Answer {
    let action = visit.town().action_page(visit.actor(), visit.param("code"), visit.as_of()).await?;
    let line = &action.line;
    let body = html! {
        div class="het-title" {
            div {
                span class="govuk-caption-l" { "Action " (line.code) }
                h1 class="govuk-heading-l" { (line.title) }
            }
            @if action.may_edit {
                (Button {
                    text: "Edit this action".into(),
                    href: format!("/actions/{}/edit", line.code),
                    classes: "govuk-button--secondary".into(),
                    ..Button::default()
                })
            }
        }
        (content(&visit, &action))
        (serves(&action))
        (sharing(&action))
    };
    Page::new(&line.title, body).within(Section::Actions).under("/actions", "Actions").show(&visit)
}

/// How an action stands and what it is made of.
pub(super) fn content(visit: &Visit, action: &ActionPage) -> Markup {
    let line = &action.line;
    html! {
        p class="govuk-body-l" { (shown::status(line.status)) " " (line.why) "." }
        @if !action.description.is_empty() {
            @for paragraph in action.description.split("\n\n") { p class="govuk-body" { (paragraph) } }
        }
        (facts(visit, action))
        (milestones(action))
    }
}

fn sharing(action: &ActionPage) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Who else sees it" }
        p class="govuk-body" {
            @if action.shared_with.is_empty() { "It is shared with no organisation." }
            @else { "Guests of " (action.shared_with.join(", ")) "." }
            @if action.may_share {
                " " a class="govuk-link" href={ "/actions/" (action.line.code) "/sharing" } { "Change who sees it" }
            }
        }
    }
}

fn facts(visit: &Visit, action: &ActionPage) -> SummaryList {
    let line = &action.line;
    let subgroup = match visit.may(Permission::ReadProgramme) {
        true => shown::link("/subgroups", &line.subgroup),
        false => html! { (line.subgroup.name) },
    };
    let mut rows = vec![
        SummaryRow::new("Owner", shown::owner(line.owner.as_ref())),
        SummaryRow::new("Sponsor", shown::owner(line.sponsor.as_ref())),
        SummaryRow::new("Subgroup", subgroup),
        SummaryRow::new("Starts", shown::date(action.starts)),
        SummaryRow::new("Due", shown::date(line.due)),
        SummaryRow::new("Done", shown::percent(line.percent)),
    ];
    if action.finished.is_some() {
        rows.push(SummaryRow::new("Finished", shown::date(action.finished)));
    }
    if action.stopped.is_some() {
        rows.push(SummaryRow::new("Stopped", shown::date(action.stopped)));
    }
    SummaryList { rows, classes: "het-facts".into(), ..SummaryList::default() }
}

fn milestones(action: &ActionPage) -> Markup {
    let row = |milestone: &MilestoneLine| {
        let state = match milestone.status {
            MilestoneStatus::Late => html! { strong class="govuk-tag govuk-tag--orange" { "Late" } },
            MilestoneStatus::Ahead => html! { strong class="govuk-tag govuk-tag--grey" { "Ahead" } },
            MilestoneStatus::Done => html! {
                strong class="govuk-tag govuk-tag--green" { "Done" } " " (shown::date(milestone.done))
            },
        };
        vec![html! { (milestone.title) }, shown::date(Some(milestone.due)), state]
    };
    let table = Listing {
        caption: "Milestones".into(),
        columns: vec![Column::new("Milestone"), Column::new("Due"), Column::new("Status")],
        rows: action.milestones.iter().map(row).collect(),
        ..Listing::default()
    };
    html! {
        @if action.milestones.is_empty() {
            h2 class="govuk-heading-m" { "Milestones" }
            p class="govuk-body" { "It has no milestones, so nobody can tell before its date whether it is on time." }
        } @else { (table) }
    }
}

fn serves(action: &ActionPage) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Recommendations it serves" }
        @if action.recommendations.is_empty() {
            p class="govuk-body" { "None. An action that serves no recommendation is listed in the gap analysis." }
        } @else {
            ul class="govuk-list" {
                @for recommendation in &action.recommendations {
                    li {
                        span class="het-number" { (recommendation.code) " " }
                        (shown::link("/recommendations", recommendation))
                    }
                }
            }
        }
        h2 class="govuk-heading-m" { "Indicators that follow it" }
        @if action.indicators.is_empty() {
            p class="govuk-body" { "None, so its effect cannot be seen." }
        } @else {
            ul class="govuk-list" {
                @for indicator in &action.indicators { li { (shown::link("/indicators", indicator)) } }
            }
        }
    }
}
