//! `GET /indicators/{code}/inequality`: the inequality now and five years ago.

use maud::html;

use super::figures;
use crate::layout::Section;
use crate::{Answer, Page, Visit};

/// One picture and one honest sentence.
pub(crate) async fn inequality(visit: Visit) -> Answer {
    let code = visit.param("code");
    let page = visit.town().inequality_page(visit.actor(), code, visit.as_of()).await?;
    let body = html! {
        span class="govuk-caption-l" { (page.name) }
        h1 class="govuk-heading-l" { "Has the gap closed?" }
        p class="govuk-body-l het-answer" { (page.sentence) }
        @if let Some(drawn) = &page.drawn {
            (figures::drawn(drawn, &format!("/indicators/{code}/then"), ""))
        }
        ul class="govuk-list govuk-list--bullet" { @for method in &page.methods { li { (method) } } }
    };
    Page::new(format!("{}: has the gap closed?", page.name), body)
        .within(Section::Indicators)
        .under("/indicators", "Indicators")
        .under(format!("/indicators/{code}"), page.name.clone())
        .show(&visit)
}
