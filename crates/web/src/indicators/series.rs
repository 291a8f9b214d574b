//! `GET /data/series`, `GET /data/series.csv`: what there is of what was imported.

use maud::{Markup, html};
use town::indicators::SeriesLine;

use super::data::filter;
use super::figures::day_of;
use crate::layout::Section;
use crate::layout::listing::{self, Column, Listing};
use crate::{Answer, Page, Visit, download};

/// The list of series.
pub(crate) async fn list(visit: Visit) -> Answer {
    let list = visit.town().series_list(visit.actor(), &filter(&visit)).await?;
    let sources = list.kinds.iter().map(|kind| (kind.clone(), kind.clone()));
    let fields = html! {
        (listing::filter(&visit, "kind", "Source", "Every source", sources))
        (listing::words_filter(&visit))
    };
    let table = Listing {
        caption: "Series".into(),
        hide_caption: true,
        columns: vec![
            Column::new("Series").sortable(&visit, ""),
            Column::new("Source").sortable(&visit, "source"),
            Column::new("Age"),
            Column::new("Sex"),
            Column::number("Groups"),
            Column::number("Periods").sortable(&visit, "periods"),
            Column::new("From and to").sortable(&visit, "latest"),
        ],
        rows: list.lines.iter().map(row).collect(),
    };
    let body = html! {
        h1 class="govuk-heading-l" { "Series" }
        @if list.total == 0 {
            p class="govuk-body" { "Every series of figures that is imported will have a line here, with the periods there are." }
        } @else {
            (listing::filters(&visit, fields))
            (listing::count(&visit, list.lines.len(), list.total, "series", "/data/series.csv"))
            @if list.lines.is_empty() { p class="govuk-body" { "No series is like that." } } @else { (table) }
        }
    };
    Page::new("Series", body).within(Section::Data).under("/data", "Data").show(&visit)
}

/// The same list as CSV.
pub(crate) async fn csv(visit: Visit) -> Answer {
    download::csv(visit.town().series_csv(visit.actor(), &filter(&visit)).await?, "series.csv")
}

fn row((one, groups): &SeriesLine) -> Vec<Markup> {
    vec![
        html! { (one.indicator) },
        html! { (one.source) },
        html! { (one.age) },
        html! { (one.sex) },
        html! { (groups) },
        html! { (one.periods) },
        html! { (day_of(&one.first)) " to " (day_of(&one.last)) },
    ]
}
