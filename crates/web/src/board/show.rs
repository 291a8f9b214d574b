//! `GET /`.

use maud::{Markup, PreEscaped, html};
use town::Permission;
use town::partnership::{Board, BoardMeasure, Named, Unowned};

use crate::layout::Section;
use crate::layout::listing::{Column, Listing};
use crate::partnership::{shown, subgroups};
use crate::{Answer, Page, Visit};

/// The most lines of each list that the board shows; the rest is one click away.
const LINES: usize = 8;

/// The board.
pub(crate) async fn show(visit: Visit) -> Answer {
    let board = visit.town().board(visit.actor(), visit.as_of()).await?;
    let names = visit.may(Permission::ReadProgramme);
    let body = visit.app().board_text(&board, names, || body(&visit, &board).into_string());
    Page::new("Board", PreEscaped(body.as_ref().to_owned())).within(Section::Board).show(&visit)
}

fn body(visit: &Visit, board: &Board) -> Markup {
    let town = &visit.settings().town_name;
    html! {
        @if board.measures.is_empty() && board.recommendations == 0 { (nothing_yet(visit)) } @else {
            div class="het-headline" {
                p class="het-kicker" { "Is the gap closing in " (town) "?" }
                h1 class="govuk-heading-xl" { (board.answer) }
                @for detail in &board.details { p class="govuk-body" { (detail) } }
                p class="govuk-body-s het-quiet" {
                    "As of " (town::long_date(visit.as_of())) ". "
                    "A gap is between the most and the least deprived; it is only said to change when the change is more than "
                    "chance explains."
                }
            }
            (measures(board))
            (subgroups_part(visit, board))
            (off_track(visit, board))
            (unowned(visit, board))
        }
    }
}

fn nothing_yet(visit: &Visit) -> Markup {
    html! {
        h1 class="govuk-heading-xl" { "Is the gap closing in " (visit.settings().town_name) "?" }
        p class="govuk-body-l" {
            "The board will answer in one sentence, as strong as the statistics allow, and show under it each impact measure as a "
            "control chart beside its gradient from the most to the least deprived fifth."
        }
        h2 class="govuk-heading-m" { "There is nothing to answer from yet" }
        p class="govuk-body" { "First, give het the partnership's workbook and the figures that government publishes:" }
        pre class="het-command" {
            code { "het import programme partnership.xlsx\nhet import cover cover/*\nhet import deprivation iod2025_file7_lsoa21.csv" }
        }
        @if !visit.may(Permission::ReadProgramme) {
            p class="govuk-body" {
                a class="govuk-link" href="/sign-in" { "Sign in" } " to see who does what and what is off track."
            }
        }
    }
}

fn measures(board: &Board) -> Markup {
    html! {
        section aria-labelledby="measures" {
            h2 class="govuk-heading-m" id="measures" { "Impact measures" }
            @if board.measures.is_empty() {
                p class="govuk-body" { "No indicator has been chosen yet. Mark those that the partnership reviews each year as impact measures." }
            }
            div class="het-measures" { @for one in &board.measures { (measure(one)) } }
            p class="govuk-body-s" {
                a class="govuk-link" href="/indicators" { "All indicators, with their tables, maps and methods" }
            }
        }
    }
}

fn measure(measure: &BoardMeasure) -> Markup {
    html! {
        article class="het-measure" {
            h3 class="govuk-heading-s het-measure__name" { (shown::link("/indicators", &measure.indicator)) }
            p class="het-measure__level" {
                @match &measure.latest {
                    Some((value, period)) => {
                        strong { (value) } " " span class="het-quiet" { (period) }
                    }
                    None => span class="het-quiet" { "No figure for the town yet" },
                }
                @if let Some(target) = &measure.target { span class="het-quiet" { " · target " (target) } }
            }
            div class="het-measure__icons" { @for icon in &measure.icons { (shown::chart(icon)) } }
            div class="het-measure__charts" {
                @if let Some(control) = &measure.control { figure { (shown::chart(control)) figcaption { "Over time" } } }
                @if let Some(gradient) = &measure.gradient {
                    figure { (shown::chart(gradient)) figcaption { "From most to least deprived" } }
                }
            }
            p class="het-measure__gap" { (measure.gap) }
        }
    }
}

fn subgroups_part(visit: &Visit, board: &Board) -> Markup {
    let links = visit.may(Permission::ReadProgramme);
    html! {
        @if !board.subgroups.is_empty() { (subgroups::table("Subgroups", false, &board.subgroups, links)) }
    }
}

fn off_track(visit: &Visit, board: &Board) -> Markup {
    let names = visit.may(Permission::ReadProgramme);
    let concern = |(indicator, why, subgroup): &(Named, String, Option<Named>)| {
        vec![
            shown::link("/indicators", indicator),
            html! { (capital(why)) "." },
            html! {
                @if let Some(subgroup) = subgroup {
                    @if names { (shown::link("/subgroups", subgroup)) } @else { (subgroup.name) }
                } @else { strong class="het-nobody" { "Nobody" } }
            },
        ]
    };
    let concerns = Listing {
        caption: "Indicators that give concern".into(),
        columns: vec![Column::new("Indicator"), Column::new("Why"), Column::new("Followed by")],
        rows: board.concerns.iter().map(concern).collect(),
        ..Listing::default()
    };
    let first: Vec<_> = board.late.iter().take(LINES).cloned().collect();
    html! {
        section aria-labelledby="off-track" {
            h2 class="govuk-heading-m het-rule" id="off-track" { "What is off track" }
            p class="govuk-body" {
                (board.late_count) " of " (board.actions) " actions are late, and " (board.concerns.len())
                @if board.concerns.len() == 1 { " indicator gives" } @else { " indicators give" } " concern."
            }
            @if !first.is_empty() { (shown::action_table("Late actions and who owns them", &first)) }
            @if board.late.len() > first.len() {
                p class="govuk-body" {
                    a class="govuk-link" href="/actions?status=late" { "All " (board.late.len()) " late actions" }
                }
            }
            @if !concerns.rows.is_empty() { (concerns) }
        }
    }
}

fn unowned(visit: &Visit, board: &Board) -> Markup {
    let row = |one: &Unowned| {
        let (path, kind) = if one.is_recommendation {
            ("/recommendations", "Recommendation ")
        } else {
            ("/actions", "Action ")
        };
        vec![
            html! { (shown::link(path, &one.what)) span class="het-ref" { (kind) (one.what.code) } },
            html! { (one.why) },
            html! { (one.subgroup.name) },
        ]
    };
    let table = Listing {
        caption: "Recommendations and actions that nobody has taken on".into(),
        hide_caption: true,
        columns: vec![Column::new("What"), Column::new("What is missing"), Column::new("Subgroup")],
        rows: board.unowned.iter().take(LINES).map(row).collect(),
    };
    html! {
        section aria-labelledby="unowned" {
            h2 class="govuk-heading-m het-rule" id="unowned" { "What nobody owns" }
            @if board.unowned_count == 0 {
                p class="govuk-body" { "Every recommendation has an owner and an action, and every open action an owner." }
            } @else if visit.may(Permission::ReadProgramme) {
                (table)
                p class="govuk-body" {
                    @if board.unowned.len() > LINES { (board.unowned.len()) " in all. " }
                    a class="govuk-link" href="/gaps" { "The whole gap analysis" }
                }
            } @else {
                p class="govuk-body" {
                    (board.unowned_count) " recommendations and actions have no owner or nothing that moves them. "
                    a class="govuk-link" href="/sign-in" { "Sign in" } " to see which."
                }
            }
        }
    }
}

/// A sentence that follows a name, standing alone.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
