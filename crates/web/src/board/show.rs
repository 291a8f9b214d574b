//! `GET /`.

use maud::html;
use town::Permission;

use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// The board.
pub(crate) async fn show(visit: Visit) -> Answer {
    let town = &visit.settings().town_name;
    let body = html! {
        h1 class="govuk-heading-xl" { "Is the gap closing in " (town) "?" }
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
    };
    Page::new("Board", body).within(Section::Board).show(&visit)
}
